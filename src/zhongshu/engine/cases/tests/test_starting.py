"""Who may start what, where a case that is started lies, and what it is called."""

import json
from typing import Any

import pytest

from zhongshu.base.http.refusals import Forbidden, Invalid
from zhongshu.base.permissions.rules import ANONYMOUS
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.models import Scenario as Stored
from zhongshu.engine.cases.queries import one, scenarios, starting
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.starting import Start, title
from zhongshu.engine.cases.tests.drawn import USUAL, files
from zhongshu.engine.intake.rules.questionnaire import Unfit
from zhongshu.engine.processes.tests.drawing import END, START, path, task
from zhongshu.registers.catalogue.models import Category
from zhongshu.registers.people import queries as people
from zhongshu.registers.places.models import Region

FORM = {
    "type": "object", "title": "检查",
    "properties": {"what": {"type": "string", "title": "查什么"}, "where": {"type": "string", "title": "在哪里"}},
}  # fmt: skip


def scenario(city: Any, start: str, code: str = "visit") -> Scenario:
    """A scenario of one task with these lines of `[start]`, in the database."""
    from zhongshu.base.journal import caches

    elements = (START, task("look"), END, path("start", "look", "end"))
    made = files(*elements, tasks={"look": USUAL}, code=code, more=f"[start]\n{start}\n")
    Stored.objects.create(
        code=code, version=1, digest=code, files=made | {"form.json": json.dumps(FORM)}, loaded=city.now
    )
    caches.forget_all()
    scenarios.version.cache_clear()
    return scenarios.newest(code)


def started(city: Any, made: Scenario, by: Any, starter: Any = "official", category: str = "", **answers: str) -> Any:
    """The case somebody starts."""
    start = Start(f"start-{made.code}-{by.id}", starter, answers, category)
    return one.view(cases.start(made, start, by=by, at=city.now).case_id)


def test_a_case_lies_where_its_starter_s_body_does_and_they_see_it(city: Any) -> None:
    by = city.actor("officer061")
    case = started(city, scenario(city, 'by = ["official"]\nroles = ["handler"]'), by)
    home = next(people.tree()[body].place for body in reversed(people.lineage(by.body)) if people.tree()[body].place)
    assert case.row.place == home and case.data["started"] == {"by": by.id, "body": by.body}
    assert -by.body in case.reach and cases.look(case.row.id, by=by, at=city.now).row.id == case.row.id


def test_a_case_lies_at_the_address_that_was_asked(city: Any) -> None:
    street = Region.objects.filter(level=9).order_by("code").first() or Region.objects.order_by("-code")[0]
    made = scenario(city, 'by = ["official"]\nroles = ["supervisor"]\nplace = "where"')
    case = started(city, made, city.actor("supervisor"), where=street.name)
    assert str(case.row.place).startswith(str(street.code)) and case.row.address == street.name


def test_an_address_that_is_nowhere_is_refused_beside_its_question(city: Any) -> None:
    made = scenario(city, 'by = ["official"]\nroles = ["supervisor"]\nplace = "where"')
    with pytest.raises(Unfit) as refused:
        started(city, made, city.actor("supervisor"), where="没有这样的路")
    assert set(refused.value.problems) == {"where"}


def test_without_roles_officials_need_the_right_to_report_there(city: Any) -> None:
    made = scenario(city, 'by = ["official"]')
    assert started(city, made, city.actor("supervisor")).row.source == "official"
    with pytest.raises(Forbidden):
        started(city, made, city.actor("officer061"))


def test_nobody_starts_by_a_door_that_is_not_theirs(city: Any) -> None:
    made = scenario(city, 'by = ["official", "program"]')
    for by, starter in (
        (city.actor("resident"), "applicant"), (city.actor("resident"), "official"), (ANONYMOUS, "official"),
        (city.actor("supervisor"), "program"),
    ):  # fmt: skip
        with pytest.raises(Forbidden):
            started(city, made, by, starter)


def test_only_a_category_of_the_scenario_is_taken_and_only_where_one_is_asked(city: Any) -> None:
    by, category = city.actor("supervisor"), Category.objects.get(code="1101")
    with pytest.raises(Invalid) as refused:
        started(city, scenario(city, 'by = ["official"]'), by, category=category.code)
    assert refused.value.field == "category"
    asking = scenario(city, 'by = ["official"]\ncategory = true', code="sorted")
    with pytest.raises(Invalid):
        started(city, asking, by, category=category.code)
    Category.objects.filter(code=category.code).update(scenario="sorted")
    from zhongshu.base.journal import caches

    caches.forget_all()
    assert started(city, asking, by, category=category.code).row.category == category.code


def test_what_one_may_start_is_found_by_words_and_role(city: Any) -> None:
    scenario(city, 'by = ["official"]\nroles = ["handler"]')
    scenario(city, 'by = ["applicant"]', code="apply")
    officer, at = city.actor("officer061"), city.now
    assert [one.code for one in starting.startable("official", officer, at)] == ["visit"]
    assert [one.code for one in starting.startable("official", officer, at, "一件事 VISIT")] == ["visit"]
    assert starting.startable("official", officer, at, "别的") == []
    assert starting.startable("official", city.actor("supervisor"), at) == []
    assert [one.code for one in starting.startable("applicant", city.actor("resident"), at)] == ["apply"]
    assert starting.startable("applicant", ANONYMOUS, at) == []


def test_an_applicant_s_case_lies_in_the_city(city: Any) -> None:
    case = started(city, scenario(city, 'by = ["applicant"]'), city.actor("resident"), "applicant")
    assert case.row.place == starting.city() == 9901 and "started" not in case.data


def test_a_case_is_called_as_its_starter_says_in_one_short_line(city: Any) -> None:
    made = scenario(city, 'by = ["official"]\ntitle = "what"')
    start = made.settings.start
    assert start is not None
    assert title(made.settings, start, {"what": " 查\n消防 "}) == "查 消防"
    assert len(title(made.settings, start, {"what": "长" * 500})) == 60
    assert title(made.settings, start, {}) == made.settings.name


def test_only_who_started_in_an_office_leaves_no_contact_that_is_told(city: Any) -> None:
    case = started(city, scenario(city, 'by = ["official"]'), city.actor("supervisor"))
    [contact] = case.contacts
    assert contact.account is None and contact.phone == "" and contact.query_digest is None
