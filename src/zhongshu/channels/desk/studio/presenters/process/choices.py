"""What the forms of a row offer to choose from: conditions, waits, places, rows."""

from dataclasses import dataclass

from django.utils.translation import gettext

from zhongshu.channels.desk.studio.presenters.controls import Control
from zhongshu.channels.desk.studio.presenters.process import words
from zhongshu.channels.desk.studio.presenters.process.fields import Maker, Options, Typed
from zhongshu.channels.desk.studio.presenters.process.rows import Known, Link, Shown
from zhongshu.channels.desk.studio.presenters.process.typed import NEW_END
from zhongshu.engine.studio.rules.editing import waits


@dataclass(frozen=True, slots=True)
class Around:
    """What the forms of a row offer to choose from: all rows, names of tasks in English, what the platform does."""

    rows: list[Shown]
    know: Known
    english: dict[str, str]
    does: Options
    typed: Typed


def named(make: Maker, label: str) -> tuple[Control, Control]:
    """The Chinese name of a new step, and its English one."""
    said = gettext("表达式里也用它来称呼这一步，例如 Collect answers 就是 collect_answers。")
    return make.field("name", label, required=True), make.field("name_en", gettext("英文名称"), help=said)


def condition(make: Maker, around: Around, now: str, label: str = "") -> list[Control]:
    """What is chosen among the answers there are, or written; `{name}-was` tells which of the two was changed."""
    ready = now if now in around.know.conditions else ""
    options = (("", gettext("请选择，或者在下面自己写")), *around.know.conditions.items())
    said = gettext("例如 answers.amount > 10000、approve.passed = true、count(answers.photos) >= 2。")
    return [
        make.field("condition-ready", label or gettext("什么条件下走"), ready, kind="select", options=options),
        make.field(
            "condition", gettext("自己写的条件（表达式）"), "" if ready else now, kind="feel", help=said, most=2_000
        ),
        make.field("condition-was", "", "" if ready else now, kind="hidden"),
    ]


def wait(make: Maker, around: Around, now: str) -> tuple[Control, ...]:
    """How long to wait: one of three ways to say it."""
    told = waits.read(now) if now else waits.Wait()
    how = "feel" if told.feel else "until" if told.until else "amount"
    hows = (
        ("amount", gettext("一段时间")),
        ("until", gettext("到问卷里填的日期，当天 18:00")),
        ("feel", gettext("自己写表达式")),
    )
    units = tuple((unit, gettext(name)) for unit, name in words.UNITS.items())
    days = (("", gettext("请选择")), *around.know.days.items())
    said = gettext('例如 date and time(date(answers.by), time("12:00:00"))，或 R3/PT1H（每小时一次，共三次）。')
    return (
        make.field("how", gettext("等多久"), how, kind="radio", options=hows),
        make.field("amount", gettext("多长时间（选“一段时间”时填）"), told.amount, kind="number"),
        make.field("unit", gettext("单位"), told.unit, kind="select", options=units),
        make.field("until", gettext("等到哪一天（选“日期”时选）"), told.until, kind="select", options=days),
        make.field("feel", gettext("表达式（选“自己写”时填）"), told.feel, kind="feel", help=said, most=2_000),
    )


def after(make: Maker, one: Shown) -> tuple[Control, ...]:
    """On which way something new stands; nothing to ask where there is one way at most."""
    if not one.row.parts:
        return ()
    ways = tuple((way.flow, onward(way.name, way.to)) for way in one.ways)
    return (make.field("after", gettext("加在哪一条路上"), kind="select", options=ways),)


def places(around: Around, but: str) -> Options:
    """Every place in the flow: after a row with one way onward at most, or on one of several ways."""
    found: list[tuple[str, str]] = []
    for each in around.rows:
        if each.row.parts:
            found += [(way.flow, f"{numbered(each)} · {onward(way.name, way.to)}") for way in each.ways]
        elif each.row.kind != "end" and each.row.id != but:
            found.append((each.row.id, numbered(each)))
    return tuple(found)


def targets(around: Around, *, new: bool = True) -> Options:
    """Every row a way can lead to."""
    found = tuple((each.row.id, numbered(each)) for each in around.rows if each.row.kind not in ("start", "edge"))
    return (*found, (NEW_END, gettext("新的结束"))) if new else found


def numbered(each: Shown) -> str:
    """A row by its number and name."""
    return f"{each.number} {each.called}"


def onward(name: str, to: Link) -> str:
    """A way by its name and where it leads."""
    return f"{name} → {to.number} {to.called}" if name else f"→ {to.number} {to.called}"
