"""A decision model, read once: what it holds, what each part needs, and how each is worked out.

model = models.read(xml)
model.evaluate("资格", {"申请人": {"年龄": 71}})        # Result(value=…, notes=[…])
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from zhongshu.engine.decisions.rules.closures import Closure
from zhongshu.engine.decisions.rules.dmn import boxed, source, tabling
from zhongshu.engine.decisions.rules.dmn.box import Box, Refused
from zhongshu.engine.decisions.rules.dmn.items import Items
from zhongshu.engine.decisions.rules.dmn.source import Element, Unreadable
from zhongshu.engine.decisions.rules.dmn.tables import Table
from zhongshu.engine.decisions.rules.surroundings import Surroundings
from zhongshu.engine.decisions.rules.types import FunctionOf, Type

__all__ = ["Model", "Part", "Unreadable", "read"]

READERS = (boxed, tabling)  # each declares the expressions it reads
PARTS = ("inputData", "decision", "businessKnowledgeModel", "decisionService")
REQUIREMENTS = ("requiredInput", "requiredDecision", "requiredKnowledge")


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A decision, an input, a piece of business knowledge or a service; `needs` are other parts by (namespace, id).

    `refused` names the foreign kind of function that keeps it from being worked out.
    """

    sort: str
    id: str
    name: str
    namespace: str
    type: Type
    needs: tuple[tuple[str, str], ...] = ()
    closure: Closure | None = None
    parameters: tuple[str, ...] = ()
    shape: FunctionOf | None = None
    outputs: tuple[tuple[str, str], ...] = ()
    inputs: tuple[tuple[str, str], ...] = ()
    refused: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A model and those it imports, by the names it gives them; `tables` are its decision tables."""

    namespace: str
    parts: Mapping[str, Part]
    imports: Mapping[str, "Model"]
    types: Mapping[str, Type]
    names: frozenset[str]
    problems: Sequence[Unreadable] = field(default_factory=list)
    tables: Sequence[Table] = ()

    def named(self, name: str, *sorts: str) -> Part | None:
        """The part of that name, of one of these sorts if any are given."""
        return next((p for p in self.parts.values() if p.name == name and (not sorts or p.sort in sorts)), None)

    def at(self, reference: tuple[str, str]) -> Part | None:
        """The part a reference points at, here or in an imported model."""
        namespace, key = reference
        if namespace in ("", self.namespace):
            return self.parts.get(key)
        owner = self.owner(namespace)
        return owner.parts.get(key) if owner else None

    def owner(self, namespace: str) -> "Model | None":
        """The model of a namespace: this one, or one imported at any depth."""
        if namespace in ("", self.namespace):
            return self
        return next((found for model in self.imports.values() if (found := model.owner(namespace))), None)


def read(xml: bytes, others: Sequence[bytes] = ()) -> Model:
    """The model of a file; `others` are the files it may import. Raises Unreadable."""
    return Library([source.parse(other) for other in others]).model(source.parse(xml))


class Library:
    """Files by their namespaces, each read when it is imported."""

    def __init__(self, roots: Sequence[Element]) -> None:
        self.roots = {root.get("namespace", ""): root for root in roots}

    def model(self, root: Element, above: tuple[str, ...] = ()) -> Model:
        """The model of a file with those it imports; one that is not here is among its problems. Raises Unreadable."""
        namespace = root.get("namespace", "")
        if namespace in above:
            raise Unreadable("第 {line} 行：两个决策文件互相引用。", source.line(root))
        wanted = list(source.children(root, "import"))
        imports = {
            one.get("name", ""): self.model(self.roots[one.get("namespace", "")], (*above, namespace))
            for one in wanted
            if one.get("namespace", "") in self.roots
        }
        problems = [_absent(one) for one in wanted if one.get("namespace", "") not in self.roots]
        return _Reading(root, namespace, imports, problems).model()


def _absent(wanted: Element) -> Unreadable:
    told = "第 {line} 行：这里没有要引用的决策文件“{namespace}”，请把它也放进来。"
    return Unreadable(told, source.line(wanted), namespace=wanted.get("namespace", ""))


class _Reading:
    """One model being put together."""

    def __init__(self, root: Element, namespace: str, imports: Mapping[str, Model], problems: list[Unreadable]) -> None:
        self.root, self.namespace, self.imports = root, namespace, imports
        inherited = {f"{name}.{key}" if name else key: t for name, m in imports.items() for key, t in m.types.items()}
        self.items = Items(root, inherited)
        self.names = frozenset().union(_names(root), imports, *(model.names for model in imports.values())) - {""}
        self.problems = problems
        self.box = Box(Surroundings(self.names, self.items.all()), self.items, self.problems)

    def model(self) -> Model:
        parts = [self._part(element) for element in source.children(self.root, *PARTS)]
        by_id = {part.id: part for part in parts}
        return Model(self.namespace, by_id, self.imports, self.items.all(), self.names, self.problems, self.box.tables)

    def _part(self, element: Element) -> Part:
        sort, name = source.name(element), " ".join(element.get("name", "").split())
        variable = source.child(element, "variable")
        wanted = self.items.named(None if variable is None else variable.get("typeRef"))
        needs = tuple(
            self._reference(target)
            for requirement in source.children(element, "informationRequirement", "knowledgeRequirement")
            for target in source.children(requirement, *REQUIREMENTS)
        )
        part = Part(sort, element.get("id", name), name, self.namespace, wanted, needs, line=source.line(element))
        try:
            return self._made(part, element)
        except Refused as refused:
            return replace(part, refused=str(refused))

    def _made(self, part: Part, element: Element) -> Part:
        match part.sort:
            case "decision":
                return replace(part, closure=self.box.inside(element))
            case "businessKnowledgeModel":
                return self._knowledge(part, source.child(element, "encapsulatedLogic"))
            case "decisionService":
                outputs = self._references(element, "outputDecision")
                inputs = (*self._references(element, "inputData"), *self._references(element, "inputDecision"))
                return replace(part, outputs=outputs, inputs=inputs)
        return part

    def _knowledge(self, part: Part, logic: Element | None) -> Part:
        if logic is None:
            return part
        if (kind := logic.get("kind", "FEEL")) != "FEEL":
            raise Refused(kind)
        names, shape = self.box.parameters(logic)
        return replace(part, closure=self.box.inside(logic), parameters=names, shape=shape)

    def _references(self, element: Element, name: str) -> tuple[tuple[str, str], ...]:
        return tuple(self._reference(target) for target in source.children(element, name))

    def _reference(self, target: Element) -> tuple[str, str]:
        namespace, _, key = target.get("href", "").partition("#")
        return namespace or self.namespace, key


def _names(root: Element) -> set[str]:
    found = {str(each.get("name")) for each in root.iter(source.etree.Element) if each.get("name")}
    iterators = {
        str(each.get("iteratorVariable")) for each in root.iter(source.etree.Element) if each.get("iteratorVariable")
    }
    return found | iterators
