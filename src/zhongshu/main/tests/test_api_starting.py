"""The machine door for cases that no report begins, and for the bodies asked in them."""

from typing import Any

from zhongshu.engine.cases.models import Case
from zhongshu.engine.cases.tests.asked import Asking, bureaus, kept
from zhongshu.main.tests.test_api import Machine

CASES = "/api/v1/cases"


def sent(**changes: Any) -> dict[str, Any]:
    answers = {"subject": "数据共享征询", "bodies": bureaus(2), "by": "2099-01-01"}
    return {"scenario": "story-asking", "key": "program-0001", "answers": answers} | changes


def test_a_program_starts_a_case_once(city: Any) -> None:
    kept(city.now, by='"program"', roles="")
    machine = Machine(city, "integrator")
    first, again = machine.post(CASES, sent()), machine.post(CASES, sent())
    assert (first.status_code, again.status_code) == (201, 200), first.json()
    assert again.json()["again"]
    assert first.json()["number"] == again.json()["number"] and len(first.json()["tasks"]) == 2
    case = Case.objects.get(number=first.json()["number"])
    assert case.source == "program" and case.data["started"]["by"] == str(machine.account.pk)


def test_a_program_starts_nothing_beyond_its_scope_or_by_another_s_door(city: Any) -> None:
    kept(city.now, by='"program"', roles="")
    assert Machine(city, "integrator", place=11).post(CASES, sent()).status_code == 403
    assert Machine(city, "verifier").post(CASES, sent()).status_code == 403
    machine = Machine(city, "integrator")
    assert machine.post(CASES, sent(scenario="noise")).status_code == 403
    assert machine.post(CASES, sent(scenario="nothing")).status_code == 422
    assert machine.post(CASES, sent(category="1101")).status_code == 422
    assert machine.post(CASES, sent(answers={})).status_code == 422
    assert not Case.objects.filter(scenario="story-asking").exists()


def test_bodies_are_read_added_urged_and_dropped(city: Any) -> None:
    asking, machine = Asking(city, 2), Machine(city, "supervisor")
    asking.answer(asking.bodies[0], note="同意")
    one, more = f"{CASES}/{asking.id}", next(body for body in bureaus(5) if body not in asking.bodies)
    assert machine.post(f"{one}/asked/ask", {"body": more, "reason": "漏了"}).status_code == 200
    assert machine.post(f"{one}/asked/ask/urge", {"reason": "请尽快"}).json() == {"urged": 2}
    token = asking.token(asking.bodies[1])
    assert machine.post(f"{one}/tasks/{token}/drop", {"reason": "与其无关"}).status_code == 200
    rows = {row["body"]: (row["state"], row["late"]) for row in machine.get(f"{one}/answers").json()}
    assert rows == {asking.bodies[0]: ("answered", False), asking.bodies[1]: ("dropped", False), more: ("open", False)}


def test_answers_are_only_for_who_sees_the_case(city: Any) -> None:
    asking = Asking(city, 2)
    assert Machine(city, "supervisor", place=11).get(f"{CASES}/{asking.id}/answers").status_code == 404
