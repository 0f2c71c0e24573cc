"""Working a model out: each part once, those it needs before it.

model = models.read(xml)
running.evaluate(model, "资格", {"申请人": {"年龄": 71}})        # Result(value=…, notes=[…])
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhongshu.engine.decisions.rules.closures import Closure, Exhausted, Met, Note, Scope
from zhongshu.engine.decisions.rules.closures.calling import Defined
from zhongshu.engine.decisions.rules.dmn.models import Model, Part
from zhongshu.engine.decisions.rules.types import ANY, FunctionOf, coerced
from zhongshu.engine.decisions.rules.values import Function, clean

MOST_WORK = 500_000
FOREIGN = "“{name}”是 {kind} 函数，平台不运行；请改用 FEEL。"


@dataclass(frozen=True, slots=True)
class Result:
    """A value, why it or parts of it are null, and which rules the tables on the way to it met."""

    value: Any
    notes: list[Note]
    met: Sequence[Met] = ()


def evaluate(model: Model, name: str, inputs: Mapping[str, Any], at: datetime | None = None) -> Result:
    """What a decision or a service answers for these inputs, with the notes of all that was worked out."""
    part = model.named(name, "decision", "decisionService", "businessKnowledgeModel")
    if part is None:
        return Result(None, [Note("模型里没有名为“{name}”的决策。", (("name", name),))])
    return work_out(model, part, inputs, at)


def work_out(model: Model, part: Part, inputs: Mapping[str, Any], at: datetime | None = None) -> Result:
    """What one part of a model answers for these inputs."""
    notes: list[Note] = []
    met: list[Met] = []
    scope = Scope({})
    scope.at, scope.notes, scope.met, scope.work = at, notes, met, MOST_WORK
    run = Run(model, inputs, scope)
    try:
        return Result(run.answer(part), notes, met)
    except (Exhausted, RecursionError, ArithmeticError):
        return Result(None, [*notes, Note("决策要做的事太多，没有算完。")], met)


@dataclass(frozen=True, slots=True, eq=False)
class Service(Function):
    """A decision service as a function of its inputs."""

    run: "Run"
    part: Part
    parameters: tuple[str, ...]
    shape: FunctionOf

    def call(self, scope: Any, arguments: Sequence[Any]) -> Any:
        """What the service answers; null for the wrong number of arguments."""
        if len(arguments) != len(self.parameters):
            scope.note("函数的参数个数不对。")
            return None
        return self.run.serve(self.part, dict(zip(self.parameters, arguments, strict=True)))


class Run:
    """One evaluation of a model: what is known already, and what is being worked out."""

    def __init__(
        self, model: Model, inputs: Mapping[str, Any], scope: Scope, given: frozenset[Part] = frozenset()
    ) -> None:
        self.model, self.inputs, self.scope, self.given = model, inputs, scope, given
        self.known: dict[Part, Any] = {}
        self.open: set[Part] = set()

    def answer(self, part: Part) -> Any:
        """The value of a decision or an input, or what a service makes of the inputs at hand."""
        if part.sort == "decisionService":
            return self.serve(part, {each.name: self._given(each) for each in self._parts(part.inputs)})
        return self.value(part)

    def value(self, part: Part) -> Any:
        """The value of a part, worked out once; null for one that needs itself."""
        if part not in self.known:
            if part in self.open:
                self.scope.note("“{name}”要用到它自己的结果。", name=part.name)
                return None
            self.open.add(part)
            self.known[part] = self._worked_out(part)
            self.open.discard(part)
        return self.known[part]

    def _worked_out(self, part: Part) -> Any:
        if part.refused:
            self.scope.note(FOREIGN, name=part.name, kind=part.refused)
            return None
        if part.sort == "inputData" or part in self.given:
            return self._typed(part, self._given(part))
        if part.sort == "decisionService":
            return self._service(part)
        if part.closure is None:
            return None
        if part.sort == "businessKnowledgeModel":
            return self._knowledge(part, part.closure)
        with self.scope.elsewhere(self._data(part), {}):
            return self._typed(part, part.closure(self.scope))

    def _knowledge(self, part: Part, body: Closure) -> Any:
        """The function a piece of business knowledge is; it may call itself."""
        shape = part.shape or FunctionOf((), ANY)
        data: dict[str, Any] = {}
        self.known[part] = Defined(part.parameters, shape.parameters, shape, body, data, {})
        data.update({part.name: self.known[part], **self._data(part)})
        return self.known[part]

    def _typed(self, part: Part, value: Any) -> Any:
        found = coerced(part.type, value, self.scope.spend)
        if found is None and value is not None:
            self.scope.note("“{name}”的值不是它要的类型。", name=part.name)
        return found

    def _given(self, part: Part) -> Any:
        qualified = f"{part.namespace}#{part.name}"
        return clean(self.inputs[qualified] if qualified in self.inputs else self.inputs.get(part.name))

    def _data(self, part: Part) -> dict[str, Any]:
        """The values of what a part needs, by name; those of imported models inside the import's name."""
        data: dict[str, Any] = {}
        owner = self.model.owner(part.namespace) or self.model
        for need in self._parts(part.needs):
            data_of = data
            if need.namespace != part.namespace:
                label = next((name for name, other in owner.imports.items() if other.namespace == need.namespace), "")
                data_of = data.setdefault(label, {}) if label else data
            data_of[need.name] = self.value(need)
        return data

    def _parts(self, references: Sequence[tuple[str, str]]) -> list[Part]:
        return [part for reference in references if (part := self.model.at(reference)) is not None]

    def _service(self, part: Part) -> Service:
        inputs = self._parts(part.inputs)
        shape = FunctionOf(tuple(each.type for each in inputs), self._result_type(part))
        return Service(self, part, tuple(each.name for each in inputs), shape)

    def _result_type(self, part: Part) -> Any:
        if isinstance(part.type, FunctionOf):
            return part.type.result
        outputs = self._parts(part.outputs)
        return outputs[0].type if len(outputs) == 1 and part.type == ANY else part.type

    def serve(self, part: Part, inputs: Mapping[str, Any]) -> Any:
        """What a service answers for its own inputs: its one output, or a context of all of them."""
        outputs = self._parts(part.outputs)
        self.scope.spend(20)
        run = Run(self.model, inputs, self.scope, frozenset(self._parts(part.inputs)))
        values = {each.name: run.value(each) for each in outputs}
        answer = next(iter(values.values())) if len(values) == 1 else values
        return coerced(part.type.result if isinstance(part.type, FunctionOf) else part.type, answer)
