"""That the applicant may be asked for what is missing (`[supplement]`, 一次性告知)."""

from django.utils.translation import gettext

from zhongshu.base.http.refusals import Invalid
from zhongshu.channels.desk.studio.presenters import controls
from zhongshu.channels.desk.studio.presenters.controls import Control, Inputs
from zhongshu.channels.desk.studio.presenters.tasks import limits
from zhongshu.channels.desk.studio.presenters.tasks.around import Around, table
from zhongshu.channels.desk.studio.presenters.tasks.around import words as listed
from zhongshu.engine.studio.rules.editing import pages

KEY = "supplement"
TITLE = "补正告知"
_LAPSED = {"goes_on": "照常往下办", "withdrawn": "可以视为撤回申请"}
USUAL = "5 working_days"
LONGEST_LAW = 200


def summary(around: Around) -> str:
    """In one line."""
    tasks = [around.name(task) for task in listed(table(around.known, KEY).get("tasks"))]
    return gettext("办“{tasks}”时可以").format(tasks=controls.joined(tasks)) if tasks else gettext("不用")


def inputs(around: Around) -> Inputs:
    """What is set, as the inputs hold it."""
    known = table(around.known, KEY)
    return {
        "supplement-tasks": listed(known.get("tasks")),
        **limits.span_inputs(str(known.get("days", USUAL)), "supplement-days"),
        **limits.span_inputs(str(known.get("within", USUAL)), "supplement-within"),
        "supplement-law": [str(known.get("law", ""))],
        "supplement-lapsed": [str(known.get("lapsed", "goes_on"))],
    }


def form(around: Around, typed: Inputs) -> list[Control]:
    """Its inputs."""
    lapsed = [(code, gettext(name)) for code, name in _LAPSED.items()]
    return [
        controls.checks(
            typed, "supplement-tasks", gettext("办哪些环节时可以要求补正"),
            [(id, around.name(id)) for id in around.tasks],
            gettext("都不勾，就不用补正告知。"),
        ),
        limits.span(typed, "supplement-days", gettext("申请人有多长时间补正")),
        limits.span(typed, "supplement-within", gettext("收件后多长时间内可以告知")),
        controls.text(
            typed, "supplement-law", gettext("可以再次告知的依据"),
            gettext("依法应当一次性告知；法律、法规允许再次告知的，写明哪一条。不填就只能告知一次。"),
        ),
        controls.select(typed, "supplement-lapsed", gettext("到期没有补正"), lapsed),
    ]  # fmt: skip


def changed(around: Around, typed: Inputs) -> str:
    """The page of settings with what was typed."""
    tasks = controls.some_of(typed, "supplement-tasks", around.tasks, inputs(around)["supplement-tasks"])
    if not tasks:
        return pages.only(around.text, (KEY,), {})
    known = table(around.known, KEY)
    days = limits.span_written(typed, "supplement-days", str(known.get("days", "")))
    if not days:
        raise Invalid("请写明申请人有多长时间补正。", field="supplement-days-amount")
    within = limits.span_written(typed, "supplement-within", str(known.get("within", ""))) or USUAL
    law = controls.value(typed, "supplement-law").strip()
    if len(law) > LONGEST_LAW:
        raise Invalid("依据最多 {most} 个字。", field="supplement-law", most=LONGEST_LAW)
    lapsed = controls.one_of(typed, "supplement-lapsed", _LAPSED)
    return pages.said(
        around.text, (KEY,),
        {
            "tasks": tasks, "days": days, "within": within if "within" in known or within != USUAL else "", "law": law,
            "lapsed": "" if lapsed == "goes_on" else lapsed,
        },
    )  # fmt: skip
