"""Verbs that change what is said about an element or a way."""

from zhongshu.engine.processes.rules.bpmn import document, source
from zhongshu.engine.processes.rules.editing import parts
from zhongshu.engine.processes.rules.editing.adding import write_timer
from zhongshu.engine.processes.rules.editing.refused import Refused
from zhongshu.engine.processes.rules.editing.sheet import Sheet, checked
from zhongshu.engine.processes.rules.editing.verb import verb

ROUNDS = ("multiInstanceLoopCharacteristics", "standardLoopCharacteristics")
BEFORE_ROUNDS = (
    "documentation", "extensionElements", "auditing", "monitoring", "categoryValueRef", "incoming", "outgoing",
    "ioSpecification", "property", "dataInputAssociation", "dataOutputAssociation", "resourceRole", "performer",
    "humanPerformer", "potentialOwner",
)  # fmt: skip
"""What the schema wants in an activity before its rounds."""


@verb
def rename(sheet: Sheet, id: str, name: str) -> str:
    """Another name for an element."""
    sheet.node(id).set("name", checked(name))
    return id


@verb
def name_way(sheet: Sheet, flow: str, name: str) -> str:
    """What a way is called; empty: nothing."""
    way = sheet.flow(flow)
    if name.strip():
        way.set("name", checked(name))
    elif "name" in way.attrib:
        del way.attrib["name"]
    return flow


@verb
def set_condition(sheet: Sheet, flow: str, condition: str) -> str:
    """When a way is taken (FEEL); a way that was the default is so no more."""
    way = sheet.flow(flow)
    start = sheet.node(way.get("sourceRef", ""))
    if start.get("default") == flow and condition.strip():
        del start.attrib["default"]
    sheet.say_if(way, condition)
    return flow


@verb
def set_default(sheet: Sheet, flow: str, otherwise: str = "") -> str:
    """The way taken when no condition is true; `otherwise`: the condition of the one that was."""
    way = sheet.flow(flow)
    start = sheet.node(way.get("sourceRef", ""))
    former = sheet.ids.get(start.get("default", ""))
    if former is not None and former is not way and otherwise.strip():
        sheet.say_if(former, otherwise)
    start.set("default", flow)
    sheet.say_if(way, "")
    return flow


@verb
def set_wait(sheet: Sheet, event: str, wait: str) -> str:
    """How long a wait or a timer is, written as in `add_wait`."""
    tag = sheet.node(event)
    told = parts.definition(tag)
    if told is None or source.name(told) != "timerEventDefinition":
        raise Refused("“{element}”等的不是时间。", element=sheet.called(event))
    write_timer(sheet, tag, wait)
    return event


@verb
def do_for_each(sheet: Sheet, id: str, items: str, item: str, *, in_turn: bool = False, until: str = "") -> str:
    """One instance of a step for each item of a list (FEEL), at once or in turn, until a condition over them holds.

    `item`: the name its items go by in that condition.
    """
    tag = sheet.node(id)
    if parts.kind(tag) not in parts.ACTIVITIES:
        raise Refused("“{element}”不能逐个办理，只有环节和子流程可以。", element=sheet.called(id))
    _once(sheet, id)
    rounds = sheet.inside(tag, ROUNDS[0], **({"isSequential": "true"} if in_turn else {}))
    sheet.inside(rounds, "loopDataInputRef", items)
    sheet.inside(rounds, "inputDataItem", name=item)
    if until.strip():
        sheet.inside(rounds, "completionCondition", until)
    tag.insert(sum(1 for _ in parts.named(tag, *BEFORE_ROUNDS)), rounds)
    return id


@verb
def do_once(sheet: Sheet, id: str) -> str:
    """A step is done once, for nobody in particular."""
    _once(sheet, id)
    return id


def _once(sheet: Sheet, id: str) -> None:
    for part in list(parts.named(sheet.node(id), *ROUNDS)):
        document.remove(part)
