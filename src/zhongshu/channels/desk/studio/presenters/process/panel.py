"""What one can do to the open row: a small form each."""

from collections.abc import Iterator

from django.utils.translation import gettext

from zhongshu.channels.desk.studio.presenters.process import choices
from zhongshu.channels.desk.studio.presenters.process.choices import Around
from zhongshu.channels.desk.studio.presenters.process.fields import Form, Group, Maker, Options
from zhongshu.channels.desk.studio.presenters.process.rows import Shown
from zhongshu.engine.processes.rules.editing import parts
from zhongshu.engine.studio.rules.editing import answers

_MOVABLE = ("task", "manual", "service", "rule", "script", "send", "receive", "call", "scope", "wait", "tell")


def groups(one: Shown, around: Around) -> list[Group]:
    """The forms of a row: for what it says, for what can be added after it, for moving and removing it."""
    found = (
        Group(gettext("改这一行"), tuple(_about(one, around))),
        Group(gettext("加内容"), tuple(_adding(one, around))),
        Group(gettext("移动和去掉"), tuple(_placing(one, around))),
    )
    return [group for group in found if group.forms]


def _about(one: Shown, around: Around) -> Iterator[Form]:
    row = one.row
    yield _rename(one, around)
    if row.parts and row.kind in (*parts.CHOICES, "parallel"):
        yield from (_way(one, number, around) for number in range(len(one.ways)))
    if row.parts and row.kind in parts.CHOICES:
        yield _default(one, around)
    if row.event and row.event.what == "timer":
        make = Maker("set_wait", around.typed)
        yield make.form(
            gettext("改等待的时间"), *choices.wait(make, around, row.event.text), buttons=_one("set_wait", "保存")
        )
    if row.kind in parts.ACTIVITIES:
        yield _each(one, around)
        yield _timer(one, around)


def _adding(one: Shown, around: Around) -> Iterator[Form]:
    row = one.row
    if row.parts and row.kind in parts.CHOICES:
        yield _add_way(around)
    if row.parts and row.kind == "parallel":
        yield _add_branch(one, around)
    if row.kind in ("end", "race", "other"):
        return
    yield _add_task(one, around)
    yield _add_auto(one, around)
    yield _add_wait(one, around)
    if row.ways:
        yield _add_decision(one, around)
        yield _add_parallel(one, around)
        yield _back(one, around)
    else:
        make = Maker("end", around.typed)
        name = make.field("name", gettext("结束的名称"), "已办结", required=True)
        yield make.form(gettext("在这里结束"), name, buttons=_one("end", "加结束"))


def _placing(one: Shown, around: Around) -> Iterator[Form]:
    row = one.row
    if row.kind in _MOVABLE and len(row.ways) == 1 and row.after:
        make = Maker("move", around.typed)
        to = make.field("after", gettext("移到哪里之后"), kind="select", options=choices.places(around, row.id))
        yield make.form(gettext("移到别处"), to, buttons=_one("move", "移动"))
    if row.kind != "start":
        make = Maker("remove", around.typed)
        ways = tuple((way.flow, choices.onward(way.name, way.to)) for way in one.ways)
        usual = next((way.flow for way in one.ways if way.default), "")
        keep = (make.field("keep", gettext("留下哪一条路"), usual, kind="select", options=ways),) if row.parts else ()
        yield make.form(gettext("去掉"), *keep, buttons=_one("remove", "去掉这一行"))


def _rename(one: Shown, around: Around) -> Form:
    make, row = Maker("rename", around.typed), one.row
    fields = [make.field("name", gettext("名称"), row.name, required=True)]
    if row.kind in parts.WORK:
        fields.append(make.field("name_en", gettext("英文名称"), around.english.get(row.id, "")))
    return make.form(gettext("改名"), *fields, buttons=_one("rename", "保存"))


def _way(one: Shown, number: int, around: Around) -> Form:
    way, choice = one.ways[number], one.row.kind in parts.CHOICES
    make = Maker(f"way-{number + 1}", around.typed)
    fields = [make.field("name", gettext("这条路的名称"), way.name)]
    if choice and not way.default:
        fields += choices.condition(make, around, one.row.ways[number].condition)
    fields.append(make.field("to", gettext("走到"), way.to.id, kind="select", options=choices.targets(around)))
    title = gettext("第 {n} 条路：{way}").format(n=number + 1, way=choices.onward(way.name, way.to))
    buttons = (*_one("way", "保存"), *_one("remove_way", "去掉这条路"))
    return make.form(title, *fields, buttons=buttons, hidden=(("flow", way.flow),))


def _default(one: Shown, around: Around) -> Form:
    make = Maker("default", around.typed)
    now = next((way for way in one.ways if way.default), None)
    options = tuple((way.flow, choices.onward(way.name, way.to)) for way in one.ways)
    fields = [
        make.field("flow", gettext("都不满足时走哪条路"), now.flow if now else "", kind="select", options=options)
    ]
    if now:
        said = gettext("原来默认的那条路改为在什么条件下走")
        fields += choices.condition(make, around, "", said)
    return make.form(gettext("默认走的路"), *fields, buttons=_one("default", "保存"))


def _each(one: Shown, around: Around) -> Form:
    make, told = Maker("each", around.typed), one.row.repeat
    over, until = (told.over, told.until) if told and told.how == "each" else ("", "")
    count = answers.count_of(until)
    example = gettext("例如 {example}：有一家答复不同意就继续。").format(example=f"{one.row.id}.agree = false")
    turns = (("at_once", gettext("同时")), ("in_turn", gettext("依次，前一个办完才到下一个")))
    listed = over if over in around.know.lists else ""
    fields = (
        make.field("list-ready", gettext("对哪个清单里的每一项"), listed, kind="select",
                   options=(("", gettext("请选择，或者在下面自己写")), *around.know.lists.items())),
        make.field("list", gettext("自己写的清单（表达式）"), "" if listed else over, kind="feel",
                   help=gettext("例如 answers.bodies，得出一串单位或一串内容。"), most=2_000),
        make.field("order", gettext("怎么办"), "in_turn" if told and told.in_turn else "at_once", kind="radio",
                   options=turns),
        make.field("enough", gettext("办完几份就继续（留空：等全部办完）"), count, kind="number"),
        make.field("until", gettext("自己写的继续条件（表达式，写了就以它为准）"), "" if count else until, kind="feel",
                   help=example, most=2_000),
    )  # fmt: skip
    hidden = (("list-was", "" if listed else over), ("item", told.item if told else ""))
    buttons = (*_one("each", "保存"), *(_one("once", "改回只办一次") if told else ()))
    return make.form(gettext("给清单里的每一项各办一次"), *fields, buttons=buttons, hidden=hidden)


def _timer(one: Shown, around: Around) -> Form:
    make = Maker("add_timer", around.typed)
    usual = (("", gettext("这个环节的下一步；继续办的，另走的路到此结束")),)
    ends = (("yes", gettext("不再等，直接往下走")), ("no", gettext("继续办，同时另走一条路")))
    fields = (
        make.field("name", gettext("叫什么"), f"{one.called[:90]}超时", required=True),
        *choices.wait(make, around, ""),
        make.field("interrupts", gettext("到时这个环节"), "yes", kind="radio", options=ends),
        make.field("then", gettext("到时走到"), kind="select",
                   options=(*usual, *choices.targets(around, new=False))),
    )  # fmt: skip
    return make.form(gettext("设超时：到时还没办完怎么办"), *fields, buttons=_one("add_timer", "加超时"))


def _add_way(around: Around) -> Form:
    make = Maker("add_way", around.typed)
    to = make.field("to", gettext("走到"), kind="select", options=choices.targets(around))
    name = make.field("name", gettext("这条路的名称"), required=True)
    return make.form(
        gettext("再加一条路"), name, *choices.condition(make, around, ""), to, buttons=_one("add_way", "加一条路")
    )


def _add_branch(one: Shown, around: Around) -> Form:
    make = Maker("add_branch", around.typed)
    joins = [each for each in around.rows if each.row.kind == "parallel" and each.row.meets]
    usual = next((each.row.id for each in joins if each.number > one.number), "")
    to = make.field("to", gettext("汇合到"), usual, kind="select", options=choices.targets(around, new=False))
    fields = (*choices.named(make, gettext("这条分支上的环节")), to)
    return make.form(gettext("再加一条分支"), *fields, buttons=_one("add_branch", "加分支"))


def _add_task(one: Shown, around: Around) -> Form:
    make = Maker("add_task", around.typed)
    fields = (*choices.named(make, gettext("环节名称")), *choices.after(make, one))
    return make.form(gettext("在后面加环节（由人办理）"), *fields, **_kept(one, "add_task", "加环节"))


def _add_auto(one: Shown, around: Around) -> Form:
    make = Maker("add_auto", around.typed)
    does = make.field("does", gettext("由平台做什么"), kind="select", options=around.does)
    fields = (*choices.named(make, gettext("名称")), does, *choices.after(make, one))
    return make.form(gettext("在后面加自动步骤（由平台办理）"), *fields, **_kept(one, "add_auto", "加自动步骤"))


def _add_wait(one: Shown, around: Around) -> Form:
    make = Maker("add_wait", around.typed)
    fields = (
        make.field("name", gettext("名称")),
        *choices.wait(make, around, ""),
        *choices.after(make, one),
    )
    return make.form(gettext("在后面加等待"), *fields, **_kept(one, "add_wait", "加等待"))


def _add_decision(one: Shown, around: Around) -> Form:
    make = Maker("add_decision", around.typed)
    fields = (
        make.field("name", gettext("要判断什么"), help=gettext("写成一个问题，例如：同意吗"), required=True),
        *choices.condition(make, around, ""),
        make.field("yes", gettext("条件满足时这条路叫"), "是"),
        make.field("no", gettext("不满足时（默认）这条路叫"), "否"),
        *choices.after(make, one),
    )
    return make.form(gettext("在后面加判断点（分两条路）"), *fields, **_kept(one, "add_decision", "加判断点"))


def _add_parallel(one: Shown, around: Around) -> Form:
    make = Maker("add_parallel", around.typed)
    names = make.field("names", gettext("同时办的环节，每行一个"), kind="area", required=True, most=2_000)
    fields = (names, *choices.after(make, one))
    return make.form(gettext("在后面加并行分支（同时办几件事）"), *fields, **_kept(one, "add_parallel", "加并行分支"))


def _back(one: Shown, around: Around) -> Form:
    make = Maker("back", around.typed)
    above = tuple(
        each for each in choices.targets(around, new=False) if each[0] != one.row.id or one.row.kind != "start"
    )
    fields = (
        make.field("name", gettext("判断什么"), "要退回吗", required=True),
        *choices.condition(make, around, ""),
        make.field("to", gettext("满足时退回到"), kind="select", options=above),
        *choices.after(make, one),
    )
    return make.form(gettext("在后面加退回"), *fields, **_kept(one, "back", "加退回"))


def _kept(one: Shown, verb: str, label: str) -> dict[str, Options]:
    """The button, and the place where there is no choice of it."""
    return {"buttons": _one(verb, label), "hidden": () if one.row.parts else (("after", one.row.id),)}


def _one(verb: str, label: str) -> Options:
    return ((verb, gettext(label)),)
