"""Verbs that add to a process."""

from collections.abc import Sequence
from typing import Literal

from lxml import etree

from zhongshu.base.calendar.rules import Term
from zhongshu.engine.processes.rules.bpmn import durations
from zhongshu.engine.processes.rules.editing import parts
from zhongshu.engine.processes.rules.editing.refused import Refused
from zhongshu.engine.processes.rules.editing.sheet import Sheet, checked
from zhongshu.engine.processes.rules.editing.verb import verb

MOST_WAYS = 20


@verb
def add_task(
    sheet: Sheet,
    after: str,
    name: str,
    *,
    kind: Literal["task", "manual", "service", "send", "rule"] = "task",
    does: str = "",
    id: str = "",
) -> str:
    """A step after a place: of a person, or of the platform (`does`: the handler, or the decision of a `rule`)."""
    beside = _beside(sheet, after)
    made = sheet.add(kind, checked(name), beside, id, **({} if kind in parts.WORK else {"implementation": does}))
    sheet.splice(after, made, made)
    return made


@verb
def add_wait(sheet: Sheet, after: str, name: str, wait: str, *, id: str = "") -> str:
    """A wait after a place: `P3D`, `5 working_days`, a day, or FEEL for a length, a day or a moment."""
    made = sheet.add("wait", name, _beside(sheet, after), id)
    write_timer(sheet, sheet.node(made), wait)
    sheet.splice(after, made, made)
    return made


@verb
def add_decision(
    sheet: Sheet, after: str, name: str, condition: str, *, yes: str = "是", no: str = "否", id: str = ""
) -> str:
    """A decision point after a place, with a way taken when the condition (FEEL) is true, and another one otherwise.

    Both lead to what came after the place; steps are added on them by the ids of the flows.
    """
    made = _choice(sheet, after, checked(name), id, no)
    sheet.connect(made, sheet.out(made)[0].get("targetRef", ""), yes, condition or _missing(name))
    return made


@verb
def add_parallel(sheet: Sheet, after: str, names: Sequence[str] = ("", ""), *, id: str = "") -> str:
    """Branches that go on beside each other after a place, and come together again; a task in each that has a name."""
    if not 2 <= len(names) <= MOST_WAYS:
        raise Refused("并行的分支应当有 2 至 {most} 条。", most=MOST_WAYS)
    fork = sheet.add("parallel", "", _beside(sheet, after), id)
    join = sheet.add("parallel", "", fork, f"{id}_join" if id else "")
    sheet.splice(after, fork, join)
    for name in names:
        if name:
            task = sheet.add("task", checked(name), fork)
            sheet.connect(fork, task)
            sheet.connect(task, join)
        else:
            sheet.connect(fork, join)
    return fork


@verb
def add_ending(sheet: Sheet, after: str, name: str, condition: str = "", *, id: str = "") -> str:
    """An end: of what nothing comes after, or as one more way from a decision point, taken under a condition."""
    way, made = sheet.out(after), sheet.add("end", checked(name), after, id)
    if way and parts.kind(sheet.node(after)) not in parts.GATEWAYS:
        sentence = "“{element}”后面还有“{next}”，要在这里结束，请先加判断点。"
        raise Refused(sentence, element=sheet.called(after), next=sheet.called(way[0].get("targetRef", "")))
    sheet.connect(after, made, name if condition else "", condition)
    return made


@verb
def end_way(sheet: Sheet, flow: str, name: str, *, id: str = "") -> str:
    """Let a way end here; where it led must have another way to it."""
    way = sheet.flow(flow)
    made = sheet.add("end", checked(name), way.get("sourceRef", ""), id)
    sheet.aim(way, made)
    return made


@verb
def add_timer(
    sheet: Sheet, on: str, name: str, wait: str, *, interrupts: bool = True, then: str = "", id: str = ""
) -> str:
    """What happens when a step takes longer than `wait`: it is ended, or goes on beside (`interrupts` false).

    `then`: where that leads; empty: to what comes after the step or, if it goes on, to an end of its own.
    """
    host = sheet.node(on)
    if parts.kind(host) not in parts.ACTIVITIES:
        raise Refused("“{element}”上不能设超时，只有环节和子流程可以。", element=sheet.called(on))
    how = {} if interrupts else {"cancelActivity": "false"}
    made = sheet.add("edge", name, on, id, attachedToRef=on, **how)
    write_timer(sheet, sheet.node(made), wait)
    way = sheet.way(on) if interrupts and not then else None
    goal = then or (way.get("targetRef", "") if way is not None else sheet.add("end", "", made))
    sheet.node(goal)
    sheet.connect(made, goal)
    return made


@verb
def add_way(sheet: Sheet, at: str, to: str, name: str = "", condition: str = "") -> str:
    """One more way out of a decision point or a fork, to an element there is; its flow."""
    found = parts.kind(sheet.node(at))
    if found not in parts.GATEWAYS:
        raise Refused("“{element}”不是判断点，也不是并行分支，请先加一个。", element=sheet.called(at))
    sheet.node(to)
    if found in parts.CHOICES and not condition.strip():
        _missing(name or sheet.called(to))
    if len(sheet.out(at)) >= MOST_WAYS:
        raise Refused("“{element}”的路已有 {most} 条，请再分一个判断点。", element=sheet.called(at), most=MOST_WAYS)
    return sheet.connect(at, to, name, condition).get("id", "")


@verb
def connect_back(sheet: Sheet, after: str, to: str, name: str, condition: str, *, id: str = "") -> str:
    """Go back to an element (or on to another) when a condition is true, from a new decision point after a place."""
    sheet.node(to)
    made = _choice(sheet, after, checked(name), id, "")
    sheet.connect(made, to, name, condition or _missing(name))
    return made


def _choice(sheet: Sheet, after: str, name: str, id: str, otherwise: str) -> str:
    """A decision point in the way after a place, which goes on by default."""
    if sheet.way(after) is None:
        raise Refused("“{element}”后面还没有环节，请先接上，再加判断点。", element=sheet.called(after))
    made = sheet.add("decision", name, _beside(sheet, after), id)
    sheet.splice(after, made, made)
    default = sheet.out(made)[0]
    sheet.node(made).set("default", default.get("id", ""))
    if otherwise:
        default.set("name", checked(otherwise))
    return made


def _missing(name: str) -> str:
    raise Refused("“{name}”这条路要写条件，例如 approve.passed = false。", field="condition", name=name)


def _beside(sheet: Sheet, after: str) -> str:
    """The element after which something new stands in the file."""
    way = sheet.way(after)
    return after if way is None else way.get("sourceRef", "")


def write_timer(sheet: Sheet, event: etree._Element, wait: str) -> None:
    """Let an event wait for the time: what is a length is written as one, all else as a moment."""
    told = parts.definition(event)
    if told is None:
        told = sheet.inside(event, "timerEventDefinition")
    for old in list(parts.named(told, "timeDuration", "timeDate", "timeCycle")):
        told.remove(old)
    text = wait.strip()
    kind = "timeCycle" if text.startswith("R") and "/" in text else "timeDuration" if _is_length(text) else "timeDate"
    sheet.inside(told, kind, text)


def _is_length(text: str) -> bool:
    try:
        return durations.parse(text) is not None or bool(Term.parse(text))
    except ValueError:
        return False
