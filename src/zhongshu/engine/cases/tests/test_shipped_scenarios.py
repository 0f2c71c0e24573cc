"""The scenarios that come with the platform: each fits together, and its main stories reach an end."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.cases.rules import letters, whistle
from zhongshu.engine.cases.rules import scenario as scenarios
from zhongshu.engine.cases.rules import settings as settings_page
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.settings import Settings
from zhongshu.engine.intake.rules import open311, questionnaire
from zhongshu.engine.processes.rules import bpmn
from zhongshu.engine.processes.tests.running import Run

ROOT = Path(__file__).parents[5]
FOLDERS = {
    page.parent.name: page.parent
    for pattern in ("scenarios/*/scenario.toml", "src/zhongshu/main/bench/scenarios/*/scenario.toml")
    for page in sorted(ROOT.glob(pattern))
}
DRAWN = "{http://www.omg.org/spec/BPMN/20100524/DI}"
STREET, WATER, POLICE = 31, 32, 33
OFFICER, HANDLER = "019a0000-0000-7000-8000-000000000001", "019a0000-0000-7000-8000-000000000002"
FOUND = {"refused": False, "body": STREET, "officer": OFFICER, "ranking": [STREET, WATER]}
UNSURE = {"refused": True, "body": None, "officer": None, "ranking": [WATER, STREET]}
AT = datetime.fromisoformat("2026-03-02T09:00:00+08:00")
PHOTO = ["019a0000-0000-7000-8000-00000000000f"]


def shipped(code: str) -> Scenario:
    """The scenario in its folder."""
    folder = FOLDERS[code]
    files = {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in folder.rglob("*") if p.is_file()}
    return scenarios.compile(1, files)


def page(code: str) -> Settings:
    """The page of settings as it is written: without what every scenario has."""
    return settings_page.read((FOLDERS[code] / "scenario.toml").read_text())


class Story:
    """A case of a shipped scenario: its forms check what people answer, its settings say who is next."""

    def __init__(self, code: str, source: str = "public", dispatch: dict[str, Any] = FOUND) -> None:
        self.scenario = shipped(code)
        self.run = Run(self.scenario.net, source=source, category="1101", text="", answers={}, dispatch=dispatch)

    def do(self, element: str, item: int | None = None, **answers: Any) -> "Story":
        """Complete a task; whatever its form does not accept fails the story."""
        checked = questionnaire.check(self.scenario.forms[element], answers)
        assert checked.problems == {}
        assert checked.answers == answers, "the form dropped an answer"
        data = {**self.run.data, element: {**answers, "by": HANDLER, "at": AT.isoformat()}}
        body = item if whistle.answers(data, element) else self.body
        self.run.do(element, item, **whistle.noted(self.scenario.settings, data, element, body, answers, HANDLER, AT))
        return self

    @property
    def open(self) -> list[str]:
        return self.run.open

    @property
    def end(self) -> str | None:
        return self.run.end

    @property
    def body(self) -> Any:
        return self.scenario.responsible.evaluate(self.run.data)

    @property
    def assignee(self) -> Any:
        return self.scenario.assignees["handle"].evaluate(self.run.data)


def verified(story: Story, **answers: Any) -> Story:
    """The case verified, with a photo where the form wants one."""
    known = {field.name for field in story.scenario.forms["verify"].fields}
    return story.do("verify", passed=True, **({"photos": PHOTO} if "photos" in known else {}), **answers)


@pytest.fixture(params=FOLDERS)
def code(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_five_are_there() -> None:
    assert set(FOLDERS) == {"city-event", "street-vending", "manhole-cover", "noise", "bench-event"}


def test_each_compiles_under_the_name_of_its_folder(code: str) -> None:
    assert shipped(code).code == code


def test_each_process_is_read_without_a_remark(code: str) -> None:
    reading = bpmn.examine((FOLDERS[code] / "process.bpmn").read_bytes())
    assert (reading.errors, reading.warnings) == ((), ())


def test_each_element_and_flow_is_drawn_once(code: str) -> None:
    net = shipped(code).net
    root = etree.parse(str(FOLDERS[code] / "process.bpmn")).getroot()
    shapes = sorted(shape.get("bpmnElement") for shape in root.iter(f"{DRAWN}BPMNShape"))
    edges = sorted(edge.get("bpmnElement") for edge in root.iter(f"{DRAWN}BPMNEdge"))
    assert (shapes, edges) == (sorted(net.elements), sorted(net.flows))


def test_no_file_lies_in_a_folder_unused(code: str) -> None:
    settings = page(code)
    used = {
        "scenario.toml",
        settings.process,
        settings.form,
        *(task.form for task in settings.tasks.values()),
        *_drawn(FOLDERS[code], [letters.file(name) for name in settings.letters]),
    }
    found = {p.relative_to(FOLDERS[code]).as_posix() for p in FOLDERS[code].rglob("*") if p.is_file()}
    assert {name for name in found if not name.startswith("trials/")} == used - {""}


def _drawn(folder: Path, templates: list[str]) -> set[str]:
    """Templates of letters, and those of the folder that they import."""
    texts = "".join((folder / path).read_text("utf-8") for path in templates)
    imported = {f"letters/{name}" for name in re.findall(r'#import "(\w+\.typ)"', texts)}
    return {*templates, *imported}


def test_conditions_read_only_what_a_case_knows(code: str) -> None:
    scenario = shipped(code)
    known = {"source", "category", "text", "answers", "on_the_spot", "own_body", *scenario.settings.tasks}
    known |= {service.id for service in scenario.net.services()}
    known |= {whistle.NAME} if any(task.whistle for task in scenario.settings.tasks.values()) else set()
    read = scenario.net.names() | scenario.responsible.names
    for wish in scenario.assignees.values():
        read |= wish.names
    assert read <= known


def test_every_term_belongs_to_a_task_of_the_scenario(code: str) -> None:
    settings = page(code)
    named = {name for row in settings.deadlines.values() for name in row}
    assert named <= {"case", *settings.tasks}
    assert all(task.deadline for task in settings.tasks.values())


def _texts(code: str) -> Iterator[tuple[str, str]]:
    scenario = shipped(code)
    yield scenario.settings.name, scenario.settings.name_en
    for form in (scenario.form, *scenario.forms.values()):
        yield form.title, form.title_en
        for part in (*form.steps, *(group for step in form.steps for group in step.groups)):
            yield from (pair for pair in _words(part) if pair[0])
        for field in (*form.fields, *(inner for outer in form.fields for inner in outer.fields)):
            yield field.title, field.title_en
            yield from ((option.label, option.label_en) for option in field.options)
            if field.help:
                yield field.help, field.help_en


def _words(part: questionnaire.Step | questionnaire.Group) -> tuple[tuple[str, str], ...]:
    return (part.title, part.title_en), (part.help, part.help_en)


def test_everything_people_read_is_there_in_both_languages(code: str) -> None:
    for chinese, english in _texts(code):
        assert chinese and not chinese.isascii(), chinese
        assert english and english != chinese, chinese


def test_each_report_begins_with_a_description_and_can_be_asked_for_by_other_programs(code: str) -> None:
    form = shipped(code).form
    assert form.fields[0].name == "description"
    assert questionnaire.check(form, {"description": "坏了"}).problems.keys() >= {"description"}
    assert open311.definition(code, form, "en")["attributes"][0]["required"]


@pytest.mark.parametrize("place", ["city-event", "bench-event"])
def test_a_resident_s_report_goes_the_whole_way(place: str) -> None:
    story = Story(place)
    assert story.open == ["accept"]
    story.do("accept", accepted=True).do("file", filed=True)
    assert (story.open, story.run.called) == (["handle"], ["dispatch.assign"])
    assert (story.body, story.assignee) == (STREET, OFFICER)
    verified(story.do("handle", result="done", note="已清运"))
    assert story.open == ["close"]
    assert story.do("close").end == "closed"


def test_the_bench_walks_the_process_of_city_event() -> None:
    drawings = [(FOLDERS[name] / "process.bpmn").read_bytes() for name in ("city-event", "bench-event")]
    assert drawings[0] == drawings[1]
    bench = shipped("bench-event")
    own = [bench.form, *(form for name, form in bench.forms.items() if name in page("bench-event").tasks)]
    assert {field.kind for form in own for field in form.fields}.isdisjoint({"photo"})
    assert {task.position for task in bench.settings.tasks.values()} == {"none"}


@pytest.mark.parametrize("source", ["patrol", "machine", "hotline"])
def test_what_is_already_known_to_be_true_goes_straight_to_dispatch(code: str, source: str) -> None:
    assert Story(code, source).open == ["handle"]
    assert Story(code, source, UNSURE).open == ["choose"]


def test_what_is_not_accepted_ends_there_with_a_reason(code: str) -> None:
    story = Story(code)
    assert questionnaire.check(story.scenario.forms["accept"], {"accepted": False}).problems.keys() == {"reason"}
    assert story.do("accept", accepted=False, reason="不在城市管理范围内").end == "not_accepted"


def test_what_is_not_filed_ends_there() -> None:
    story = Story("city-event").do("accept", accepted=True).do("file", filed=False, note="现场未发现")
    assert story.end == "not_filed"


def test_a_person_chooses_the_body_when_the_machine_is_not_sure(code: str) -> None:
    story = Story(code, "patrol", UNSURE)
    assert story.body is None
    story.do("choose", body=WATER, reason="管网归水务")
    assert (story.open, story.body, story.assignee) == (["handle"], WATER, None)


def test_a_body_that_is_not_in_charge_sends_it_back_with_a_reason(code: str) -> None:
    story = Story(code, "patrol")
    form = story.scenario.forms["handle"]
    assert "reason" in questionnaire.check(form, {"result": "not_ours"}).problems
    story.do("handle", result="not_ours", reason="权属为水务")
    assert story.open == ["choose"]
    story.do("choose", body=WATER, reason="权属为水务")
    assert (story.body, story.assignee) == (WATER, None)


MEASURES = {"street-vending": {"measure": "guided"}, "manhole-cover": {"measure": "replaced"}}


def test_a_failed_verification_goes_back_to_who_handled_it(code: str) -> None:
    story = Story(code, "patrol").do("handle", result="done", **MEASURES.get(code, {}))
    photos = {"photos": PHOTO} if code != "bench-event" else {}
    story.do("verify", passed=False, note="还有残留", **photos)
    assert (story.open, story.assignee) == (["handle"], HANDLER)
    verified(story.do("handle", result="done", **MEASURES.get(code, {})))
    assert story.open == ["close"] or story.end == "closed"


def test_who_handled_it_may_not_verify_it(code: str) -> None:
    assert "handle" in shipped(code).settings.tasks["verify"].apart


@pytest.mark.parametrize("place", ["city-event", "manhole-cover"])
def test_a_verification_without_a_photo_is_refused(place: str) -> None:
    scenario = shipped(place)
    assert questionnaire.check(scenario.forms["verify"], {"passed": True}).problems.keys() == {"photos"}
    assert scenario.settings.tasks["verify"].position == "required"


def test_a_cover_nobody_repairs_in_half_an_hour_is_urged_without_stopping_the_repair() -> None:
    story = Story("manhole-cover", "patrol")
    story.run.ring("half_hour")
    assert story.open == ["handle", "urge"]
    story.do("urge", contacted="duty", note="请立即到场设围挡")
    assert story.open == ["handle"]
    verified(story.do("handle", result="done", measure="replaced")).do("close")
    assert (story.end, story.run.timers) == ("closed", {})


def test_an_unanswered_urge_does_not_keep_a_repaired_cover_open() -> None:
    story = Story("manhole-cover", "patrol")
    story.run.ring("half_hour")
    verified(story.do("handle", result="done", measure="plated")).do("close")
    assert (story.end, story.run.withdrawn) == ("closed", ["urge"])


def test_a_cover_repaired_in_time_is_never_urged() -> None:
    story = Story("manhole-cover", "patrol").do("handle", result="done", measure="reset")
    assert story.run.timers == {}


def test_street_vending_ends_with_the_second_look() -> None:
    story = Story("street-vending").do("accept", accepted=True)
    story.do("handle", result="done", measure="persuaded").do("verify", passed=True)
    assert story.end == "closed"


def blown(code: str, *bodies: int) -> Story:
    """A case whose body has whistled for these, the first to lead."""
    story = Story(code, "hotline")
    return story.do("handle", result="whistle", request="联合夜查", **dict(zip(QUESTIONS, bodies, strict=False)))


def came(story: Story, body: int) -> list[str]:
    """What is open once this body has come."""
    return story.do("join", body, answer="handled", note="已到场").open


QUESTIONS = ("first", "second", "third")
WHISTLING = ("noise", "street-vending", "manhole-cover")


@pytest.mark.parametrize("bodies", [(WATER,), (WATER, POLICE), (WATER, POLICE, 34)])
def test_noise_waits_for_every_body_and_comes_back_to_who_blew_it(bodies: tuple[int, ...]) -> None:
    story = blown("noise", *bodies)
    assert [task.item for task in story.run.tasks.values()] == list(bodies)
    for body in bodies:
        assert set(story.open) == {"join"}
        came(story, body)
    assert (story.open, story.body, story.assignee) == (["handle"], STREET, HANDLER)
    verified(story.do("handle", result="done")).do("close")
    assert story.end == "closed"


def test_street_vending_goes_on_when_its_lead_has_come() -> None:
    story = blown("street-vending", WATER, POLICE)
    assert came(story, POLICE) == ["join"]
    assert (came(story, WATER), story.assignee) == (["handle"], HANDLER)


def test_a_cover_of_unknown_owner_goes_on_when_half_have_come() -> None:
    story = blown("manhole-cover", WATER, POLICE, 34)
    assert came(story, 34) == ["join", "join"]
    assert (came(story, POLICE), story.run.withdrawn) == (["handle"], ["join"])


@pytest.mark.parametrize("whistling", WHISTLING)
def test_a_lead_that_is_not_in_charge_sends_it_back_at_once(whistling: str) -> None:
    story = blown(whistling, WATER, POLICE, 34)
    story.do("join", WATER, answer="not_ours", reason="权属在燃气公司")
    assert (story.open, story.assignee, story.run.withdrawn) == (["handle"], HANDLER, ["join", "join"])
    story.do("handle", result="whistle", request="请燃气牵头", first=34)
    assert (story.run.data["whistle"]["lead"], story.open) == (34, ["join"])


@pytest.mark.parametrize("whistling", WHISTLING)
def test_a_whistle_ends_when_nobody_is_left_to_answer(whistling: str) -> None:
    story = blown(whistling, WATER, POLICE)
    story.do("join", POLICE, answer="not_ours", reason="不是治安问题")
    assert came(story, WATER) == ["handle"]


@pytest.mark.parametrize("whistling", WHISTLING)
def test_a_whistle_says_to_whom_and_what_for(whistling: str) -> None:
    form = shipped(whistling).forms["handle"]
    assert questionnaire.check(form, {"result": "whistle"}).problems.keys() == {"request", "first"}
    assert questionnaire.check(form, {"result": "done", "first": WATER}).answers == {"result": "done"}
    given = {"result": "whistle", "request": "夜查", "first": WATER, "first_hours": 2}
    assert questionnaire.check(form, given).answers == given


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('tasks = ["accept"]\ndays = "5 working_days"', 'tasks = ["nobody"]\ndays = "5 working_days"'),
        ('days = "5 working_days"\nlapsed', 'days = "soon"\nlapsed'),
        ('lapsed = "withdrawn"', 'lapsed = "refused"'),
    ],
)
def test_a_supplement_that_cannot_be_asked_for_is_refused_when_loaded(right: str, wrong: str) -> None:
    page = (FOLDERS["noise"] / "scenario.toml").read_text("utf-8")
    assert right in page and settings_page.read(page).supplement
    with pytest.raises(Invalid):
        settings_page.read(page.replace(right, wrong))


def test_a_case_is_decided_once_its_verdict_was_good() -> None:
    scenario = shipped("city-event")
    assert scenario.decided_by({"verify": {"passed": True}})
    assert not scenario.decided_by({"verify": {"passed": False}}) and not scenario.decided_by({})
