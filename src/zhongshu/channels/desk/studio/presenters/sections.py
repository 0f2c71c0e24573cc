"""The parts of a draft as pages, and where to go with what is said of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from zhongshu.engine.cases.rules.examining import PAGE, Finding
from zhongshu.engine.studio.rules.comparing import Compared

SECTIONS: Mapping[str, str] = {
    "studio_draft": "概览",
    "studio_settings": "基本设置",
    "studio_process": "流程",
    "studio_forms": "问卷",
    "studio_tasks": "环节和期限",
    "studio_decisions": "决策表",
    "studio_letters": "文书",
    "studio_trial": "试办",
    "studio_history": "历史与比较",
    "studio_publish": "发布",
}
"""Address → what its page is called, in the order of work."""


@dataclass(frozen=True, slots=True)
class Section:
    """A page of a draft in the row of its pages; `wrong` counts what has to be changed there."""

    name: str
    address: str
    here: bool
    wrong: int


@dataclass(frozen=True, slots=True)
class Said:
    """Something to change or to look at: in words, with its file, its place, and the page on which it is changed."""

    error: bool
    sentence: str
    file: str = ""
    place: str = ""
    address: str = ""


def sections(draft: UUID, here: str, findings: Iterable[Finding]) -> list[Section]:
    """The pages of a draft, each with how many errors lie on it."""
    wrong = [page_of(finding) for finding in findings if finding.severity == "error"]
    return [
        Section(gettext(name), reverse(f"desk:{address}", args=[draft]), address == here, wrong.count(address))
        for address, name in SECTIONS.items()
    ]


def said(draft: UUID, findings: Iterable[Finding]) -> list[Said]:
    """What is said of a draft, errors first, each leading to its page."""
    return [replace(told(each), address=_address(draft, each)) for each in findings]


def told(each: Finding) -> Said:
    """A finding in words; it leads nowhere, as one about a folder that is no draft yet."""
    place = each.place or (gettext("第 {line} 行").format(line=each.line) if each.line else "")
    return Said(each.severity == "error", gettext(each.sentence).format(**each.gaps), each.file, place)


def _address(draft: UUID, each: Finding) -> str:
    page = page_of(each)
    return reverse(f"desk:{page}", args=[draft]) + (_part(each.place) if page == "studio_tasks" else "")


def _part(place: str) -> str:
    """The task, or the part of the page of tasks, in which a place of the settings is changed."""
    part, _, rest = place.removeprefix("/").partition("/")
    if part == "tasks" and rest:
        return f"?{urlencode({'task': rest.split('/')[0]})}"
    return f"?{urlencode({'open': part})}#{part}" if part in _TASKS else ""


def page_of(finding: Finding) -> str:
    """The page on which what a finding speaks of is changed; the overview where there is none."""
    if finding.file != PAGE:
        folder, ending = finding.file.partition("/")[0], finding.file.rpartition(".")[2]
        found = _OF_FOLDER.get(folder) or _OF_KIND.get(ending, "studio_draft")
    elif "/" in finding.place:
        found = _OF_PAGE.get(finding.place.split("/")[1], "studio_settings")
    else:  # an element of the drawing with which the page does not fit
        found = "studio_settings" if finding.place in _OF_CASE else "studio_tasks"
    return found if found in SECTIONS else "studio_draft"


def compared(found: Iterable[Compared]) -> list[tuple[str, Compared]]:
    """How files differ, each with the name of the part of the scenario it is."""
    return [(_part_of(each.file), each) for each in found]


def _part_of(file: str) -> str:
    """What the page is called on which a file is changed; notes have none."""
    page = page_of(Finding(file, "", "warning", ""))
    return gettext("说明文字") if page == "studio_draft" else gettext(SECTIONS[page])


_OF_KIND = {
    "bpmn": "studio_process", "json": "studio_forms", "dmn": "studio_decisions", "typ": "studio_letters",
}  # fmt: skip
_OF_FOLDER = {"decisions": "studio_decisions", "letters": "studio_letters", "trials": "studio_trial"}
_TASKS = ("tasks", "deadlines", "lanes", "start", "starts", "supplement", "alarms", "moves")
_OF_PAGE = {"letters": "studio_letters", **dict.fromkeys(_TASKS, "studio_tasks")}
_OF_CASE = ("", "case", "responsible")
"""What a finding about expressions calls the parts that hold for the whole case; empty: the whole file."""
