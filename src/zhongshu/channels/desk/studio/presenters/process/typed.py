"""From what was typed into the form of a row to an edit of the drawing."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.processes.rules import editing
from zhongshu.engine.processes.rules.bpmn.document import Document
from zhongshu.engine.processes.rules.editing import parts
from zhongshu.engine.studio.rules.editing import answers, drawings, waits

Typed = Mapping[str, str]
NEW_END = "+end"
"""Instead of an element: an end that is not there yet."""
_COUNT = re.compile("[1-9][0-9]{0,2}")


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it: the drawing, the element or flow that was made, and English names said along the way."""

    document: Document
    made: str = ""
    english: dict[str, str] = field(default_factory=dict)


def done(drawn: Document, typed: Typed, taken: Collection[str], moments: Collection[str]) -> Done:
    """Do what the button said; Invalid, with the field, when something typed will not do.

    `taken`: ids that are in use; `moments`: the answers that are a moment rather than a day.
    """
    if typed.get("verb", "") not in _VERBS or not typed.get("at"):
        raise Invalid("请从页面上的按钮里选一个。")
    return _VERBS[typed["verb"]](drawn, typed, _Around(taken, moments))


@dataclass(frozen=True, slots=True)
class _Around:
    taken: Collection[str]
    moments: Collection[str]


def chosen(typed: Typed, name: str) -> str:
    """What was written if that was changed, else what was chosen from the list, else what was written before."""
    text, ready = typed.get(name, "").strip(), typed.get(f"{name}-ready", "")
    return text if text and text != typed.get(f"{name}-was", "").strip() else ready or text


def _wait(typed: Typed, around: _Around) -> str:
    how, amount = typed.get("how", "amount"), typed.get("amount", "").strip()
    if how == "until":
        until = typed.get("until", "")
        if not until:
            raise Invalid("请选择等到哪一天：从问卷的日期题里选。", field="until")
        return waits.written(waits.Wait(until=until), moment=until in around.moments)
    if how == "feel":
        if not typed.get("feel", "").strip():
            raise Invalid("请写表达式，例如 date(answers.by)。", field="feel")
        return waits.written(waits.Wait(feel=typed["feel"]))
    return waits.written(waits.Wait(amount, typed.get("unit", "")))


def _of(edited: editing.Edited, english: dict[str, str] | None = None) -> Done:
    return Done(edited.document, edited.made, english or {})


def _rename(drawn: Document, typed: Typed, around: _Around) -> Done:
    edited = editing.rename(drawn, typed["at"], typed.get("name", ""))
    return _of(edited, {typed["at"]: typed["name_en"]} if "name_en" in typed else {})


def _add_task(drawn: Document, typed: Typed, around: _Around) -> Done:
    english = typed.get("name_en", "").strip()
    id = drawings.id_for(english, around.taken)
    edited = editing.add_task(drawn, typed.get("after", ""), typed.get("name", ""), id=id)
    return _of(edited, {edited.made: english} if english else {})


def _add_auto(drawn: Document, typed: Typed, around: _Around) -> Done:
    kind, _, does = typed.get("does", "").partition(":")
    if kind not in ("service", "rule") or not does:
        raise Invalid("请选择由平台做什么。", field="does")
    id = drawings.id_for(typed.get("name_en", ""), around.taken)
    made = editing.add_task(
        drawn, typed.get("after", ""), typed.get("name", ""), kind="rule" if kind == "rule" else "service", does=does,
        id=id,
    )  # fmt: skip
    return _of(made)


def _add_wait(drawn: Document, typed: Typed, around: _Around) -> Done:
    return _of(editing.add_wait(drawn, typed.get("after", ""), typed.get("name", ""), _wait(typed, around)))


def _add_decision(drawn: Document, typed: Typed, around: _Around) -> Done:
    yes, no = typed.get("yes", "").strip() or "是", typed.get("no", "").strip() or "否"
    condition = chosen(typed, "condition")
    return _of(
        editing.add_decision(drawn, typed.get("after", ""), typed.get("name", ""), condition, yes=yes, no=no)
    )  # fmt: skip


def _add_parallel(drawn: Document, typed: Typed, around: _Around) -> Done:
    names = [line.strip() for line in typed.get("names", "").splitlines() if line.strip()]
    try:
        return _of(editing.add_parallel(drawn, typed.get("after", ""), names))
    except Invalid as problem:
        problem.field = "names"
        raise


def _add_branch(drawn: Document, typed: Typed, around: _Around) -> Done:
    """One more branch, with a task on it."""
    way = editing.add_way(drawn, typed["at"], typed.get("to", ""))
    english = typed.get("name_en", "").strip()
    id = drawings.id_for(english, around.taken)
    made = editing.add_task(way.document, way.made, typed.get("name", ""), id=id)
    return _of(made, {made.made: english} if english else {})


def _add_way(drawn: Document, typed: Typed, around: _Around) -> Done:
    name, condition = typed.get("name", ""), chosen(typed, "condition")
    if typed.get("to") == NEW_END:
        return _of(editing.add_ending(drawn, typed["at"], name, condition))
    return _of(editing.add_way(drawn, typed["at"], typed.get("to", ""), name, condition))


def _end(drawn: Document, typed: Typed, around: _Around) -> Done:
    return _of(editing.add_ending(drawn, typed["at"], typed.get("name", "")))


def _way(drawn: Document, typed: Typed, around: _Around) -> Done:
    """What a way is called, when it is taken, where it leads; only what is otherwise than before is changed."""
    flow, name = typed.get("flow", ""), typed.get("name", "")
    row = editing.table(drawn).row(typed["at"])
    way = next((each for each in row.ways if each.flow == flow), None) if row else None
    if row is None or way is None:
        return _of(editing.name_way(drawn, flow, name))  # refused, and says so
    if name.strip() != way.name:
        drawn = editing.name_way(drawn, flow, name).document
    condition, to = chosen(typed, "condition"), typed.get("to", way.to)
    if row.kind in parts.CHOICES and not way.default and condition != way.condition:
        if not condition:
            raise Invalid("请选择或写上走这条路的条件。", field="condition")
        drawn = editing.set_condition(drawn, flow, condition).document
    if to == NEW_END:
        return _of(editing.end_way(drawn, flow, name.strip() or "结束"))
    return _of(editing.lead(drawn, flow, to)) if to != way.to else Done(drawn)


def _default(drawn: Document, typed: Typed, around: _Around) -> Done:
    return _of(editing.set_default(drawn, typed.get("flow", ""), chosen(typed, "condition")))


def _remove_way(drawn: Document, typed: Typed, around: _Around) -> Done:
    return _of(editing.remove_way(drawn, typed.get("flow", "")))


def _add_timer(drawn: Document, typed: Typed, around: _Around) -> Done:
    ends, then = typed.get("interrupts", "yes") == "yes", typed.get("then", "")
    wait = _wait(typed, around)
    return _of(editing.add_timer(drawn, typed["at"], typed.get("name", ""), wait, interrupts=ends, then=then))


def _set_wait(drawn: Document, typed: Typed, around: _Around) -> Done:
    return _of(editing.set_wait(drawn, typed["at"], _wait(typed, around)))


def _each(drawn: Document, typed: Typed, around: _Around) -> Done:
    items = chosen(typed, "list")
    if not items:
        raise Invalid("请选择对哪个清单里的每一项各办一次。", field="list")
    count = typed.get("enough", "").strip()
    if count and not _COUNT.fullmatch(count):
        raise Invalid("请写收到几份就继续：1 至 999 的整数；要等全部就留空。", field="enough")
    until = typed.get("until", "").strip() or (answers.enough(int(count)) if count else "")
    turn = typed.get("order") == "in_turn"
    return _of(editing.do_for_each(drawn, typed["at"], items, typed.get("item") or "body", in_turn=turn, until=until))


def _once(drawn: Document, typed: Typed, around: _Around) -> Done:
    return _of(editing.do_once(drawn, typed["at"]))


def _back(drawn: Document, typed: Typed, around: _Around) -> Done:
    name, condition = typed.get("name", ""), chosen(typed, "condition")
    return _of(editing.connect_back(drawn, typed.get("after", ""), typed.get("to", ""), name, condition))


def _move(drawn: Document, typed: Typed, around: _Around) -> Done:
    return _of(editing.move(drawn, typed["at"], typed.get("after", "")))


def _remove(drawn: Document, typed: Typed, around: _Around) -> Done:
    return _of(editing.remove(drawn, typed["at"], typed.get("keep", "")))


_VERBS: Mapping[str, Callable[[Document, Typed, _Around], Done]] = {
    "rename": _rename, "add_task": _add_task, "add_auto": _add_auto, "add_wait": _add_wait,
    "add_decision": _add_decision, "add_parallel": _add_parallel, "add_branch": _add_branch, "add_way": _add_way,
    "end": _end, "way": _way, "default": _default, "remove_way": _remove_way, "add_timer": _add_timer,
    "set_wait": _set_wait, "each": _each, "once": _once, "back": _back, "move": _move, "remove": _remove,
}  # fmt: skip
