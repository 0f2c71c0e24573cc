"""The patterns that scenarios begin from: each fits together, and walks to its end in the city."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from lxml import etree

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.rules import scenario as scenarios
from zhongshu.engine.cases.rules import settings as pages
from zhongshu.engine.cases.rules.supplement import Item
from zhongshu.engine.processes.rules import bpmn, editing
from zhongshu.engine.processes.rules.bpmn import document
from zhongshu.engine.studio.tests.walked import CODES, FOLDER, Walk, bureaus, files
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.models import Region

DRAWN = "{http://www.omg.org/spec/BPMN/20100524/DI}"


@pytest.fixture(params=CODES)
def code(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def _page(code: str) -> pages.Settings:
    return pages.read(files(code)["scenario.toml"])


def test_the_patterns_are_those_a_government_needs_first() -> None:
    assert CODES == ["approval", "asking", "inspection", "joint-review", "notice"]
    said = (FOLDER / "README.md").read_text("utf-8")
    assert all(f"`{each}`" in said for each in CODES)


def test_each_compiles_under_the_name_of_its_folder_without_a_warning(code: str) -> None:
    compiled = scenarios.compile(1, files(code))
    assert (compiled.code, compiled.warnings) == (code, ())
    assert compiled.settings.start
    assert all(task.deadline and task.name_en for task in _page(code).tasks.values())


def test_no_file_lies_in_a_pattern_unused(code: str) -> None:
    page = _page(code)
    used = {"scenario.toml", page.process, page.form, *(task.form for task in page.tasks.values())}
    assert set(files(code)) == used - {""} | {"README.md"}


def test_each_element_and_flow_of_a_pattern_is_drawn_once(code: str) -> None:
    drawing = files(code)["process.bpmn"].encode()
    net, root = bpmn.read(drawing), etree.fromstring(drawing)
    shapes = sorted(str(shape.get("bpmnElement")) for shape in root.iter(f"{DRAWN}BPMNShape"))
    edges = sorted(str(edge.get("bpmnElement")) for edge in root.iter(f"{DRAWN}BPMNEdge"))
    assert (shapes, edges) == (sorted(net.elements), sorted(net.flows))
    assert {row.id for row in editing.table(document.load(drawing)).rows} == net.elements.keys()


def _texts(code: str) -> Iterator[tuple[str, str]]:
    scenario = scenarios.compile(1, files(code))
    page = scenario.settings
    yield page.name, page.name_en
    yield from ((phase.name, phase.name_en) for phase in page.phases.values())
    yield from ((scenario.task_name(task), page.tasks[task].name_en) for task in page.tasks if task != "signature")
    for form in (scenario.form, *scenario.forms.values()):
        yield form.title, form.title_en
        for field in form.fields:
            yield field.title, field.title_en
            yield from ((option.label, option.label_en) for option in field.options)
            if field.help:
                yield field.help, field.help_en


def test_everything_people_read_in_a_pattern_is_there_in_both_languages(code: str) -> None:
    for chinese, english in _texts(code):
        assert chinese and not chinese.isascii(), chinese
        assert english and english.isascii() and english != chinese, chinese


def later(city: Any, days: int) -> str:
    return str((city.now.astimezone(SHANGHAI) + timedelta(days=days)).date())


def over(day: str) -> datetime:
    """Just after office hours on a day."""
    return datetime.fromisoformat(f"{day}T18:01:00+08:00")


def street() -> str:
    """The name of a street that no other place has."""
    names = Region.objects.filter(ended=None).values_list("name", flat=True)
    return next(name for name in names if name.endswith("街道") and len(places.search_address(name, 2)) == 1)


def test_an_approval_is_accepted_examined_decided_twice_and_delivered(city: Any) -> None:
    (body,) = bureaus(1)
    walk = Walk(city, "approval", "acceptor", address=street()).do("accept", accepted=True, body=body)
    assert walk.held.body == body
    walk.do("examine", opinion="grant", facts="材料齐全，符合规定。")
    walk.do("decide", result="again", reason="请补充现场核查。")
    walk.do("examine", opinion="grant", facts="已到现场核查。").do("decide", result="granted")
    assert walk.do("deliver", how="in_person").ended == "closed"


def test_a_resident_applies_adds_what_is_missing_and_is_refused_with_a_reason(city: Any) -> None:
    (body,) = bureaus(1)
    walk = Walk(city, "approval", "resident", address=street())
    task = walk.task("accept")
    missing = (Item("法人证明", "没有附上"), Item("场地图", "看不清"))
    cases.ask_supplement(walk.id, task.token, missing, by=walk.doers(task)[0], at=city.now)
    assert walk.held.stopped
    cases.answer_supplement(walk.id, {"text_1": "已附上。", "text_2": "已重画。"}, by=walk.by, at=city.now)
    walk.do("accept", accepted=True, body=body)
    walk.do("examine", opinion="refuse", facts="不符合规定。").do("decide", result="refused", reason="不符合第三条。")
    assert walk.do("deliver", how="online").ended == "closed"


def test_an_approval_that_is_not_accepted_ends_with_its_reason(city: Any) -> None:
    walk = Walk(city, "approval", "acceptor", address=street()).do(
        "accept", accepted=False, reason="不属于本机关职权。"
    )
    assert walk.ended == "closed"


def test_a_joint_review_hears_all_and_goes_a_second_round_before_it_is_signed(city: Any) -> None:
    bodies = bureaus(3)
    walk = Walk(city, "joint-review", bodies=bodies, by=later(city, 7))
    for each in bodies:
        walk.do("review", each, opinion="conditions", note="加装隔音。")
    walk.do("conclude", result="again", day=later(city, 14), conclusion="按意见改后再审。")
    assert walk.open == ["review"] * 3
    walk.do("review", bodies[0], opinion="agree")
    assert walk.until(over(later(city, 14))) == 1
    walk.do("conclude", result="passed", conclusion="会审通过。").do("confirm", passed=False, note="请写明依据。")
    walk.do("conclude", result="passed", conclusion="会审通过，依据已写明。")
    assert walk.do("confirm", passed=True).ended == "closed"


def test_an_inspection_visits_each_place_and_comes_back_until_it_is_put_right(city: Any) -> None:
    one, other = bureaus(2)
    walk = Walk(city, "inspection", bodies=[one, other], by=later(city, 7))
    walk.do("visit", one, passed=True).do("visit", other, passed=False, findings="灭火器过期。")
    walk.do("correct", other, done="已更换。").do("revisit", other, passed=False, note="少一具。")
    walk.do("correct", other, done="已补齐。").do("revisit", other, passed=True)
    assert walk.do("sum_up", summary="两处检查，一处整改完毕。").ended == "closed"


def test_a_notice_chases_only_those_who_have_not_confirmed(city: Any) -> None:
    one, other, third = bureaus(3)
    walk = Walk(city, "notice", bodies=[one, other, third], by=later(city, 3)).do("confirm", one, read=True)
    assert walk.until(over(later(city, 3))) == 1
    walk.do("chase", result="again", day=later(city, 6))
    assert sorted(-task.pool for task in walk.held.tasks) == sorted([other, third])
    walk.do("confirm", other, read=True)
    walk.until(over(later(city, 6)))
    walk.do("chase", result="again", day=later(city, 9))
    assert [-task.pool for task in walk.held.tasks] == [third]
    assert walk.do("confirm", third, read=True, note="已传达。").ended == "closed"


def test_a_notice_that_is_not_chased_any_more_ends(city: Any) -> None:
    walk = Walk(city, "notice", bodies=bureaus(2), by=later(city, 3))
    walk.until(over(later(city, 3)))
    assert walk.do("chase", result="enough", note="已电话通知。").ended == "closed"


def test_an_asking_is_collected_when_all_have_answered_or_the_day_is_over(city: Any) -> None:
    bodies = bureaus(12)
    walk = Walk(city, "asking", bodies=bodies, by=later(city, 5))
    for each in bodies[:3]:
        walk.do("ask", each, agree=True, note="同意。")
    assert walk.until(over(later(city, 5))) == 1
    assert walk.open == ["collect"]
    assert walk.held.data["ask"]["answered"] == bodies[:3]
    assert walk.do("collect", conclusion="三家同意，九家未答复。").ended == "closed"
