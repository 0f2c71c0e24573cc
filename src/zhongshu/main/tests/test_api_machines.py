"""The machine door for cameras and sensors, and for whistles: what goes in, what comes out, what is refused."""

from datetime import timedelta
from typing import Any

from zhongshu.base.calendar import clock
from zhongshu.base.http import limits
from zhongshu.base.http.limits import Limit
from zhongshu.engine.cases.models import Call
from zhongshu.engine.cases.tests.test_whistle import others
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.main.tests.test_api import EVENTS, Machine
from zhongshu.registers.people import queries as people

READINGS, RETRACTIONS = "/api/v1/city/readings", "/api/v1/city/retractions"


def alarm(machine: Machine, n: int = 1, **changes: Any) -> dict[str, Any]:
    return machine.event(n=n, device="cam-7", confidence=0.9, **changes)


def test_an_alarm_opens_a_case_and_its_repetition_joins_it(city: Any) -> None:
    machine = Machine(city, "integrator")
    first = machine.post(EVENTS, alarm(machine, observed=city.now.isoformat()))
    second = machine.post(EVENTS, alarm(machine, 2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert (first.json()["joined"], second.json()["joined"], second.json()["times"]) == (False, True, 2)
    assert first.json()["number"] == second.json()["number"]


def test_every_reading_of_many_has_its_own_answer(city: Any) -> None:
    machine = Machine(city, "integrator")
    sent = [alarm(machine), alarm(machine, 2), alarm(machine, 3, category="9999"), alarm(machine)]
    answer = machine.post(READINGS, {"readings": sent})
    assert answer.status_code == 200
    got = [(row["status"], row["joined"], row["again"], bool(row["error"])) for row in answer.json()]
    assert got == [(201, False, False, False), (200, True, False, False), (422, False, False, True),
                   (200, False, True, False)]  # fmt: skip


def test_too_many_readings_at_once_are_refused(city: Any) -> None:
    machine = Machine(city, "integrator")
    assert machine.post(READINGS, {"readings": [alarm(machine)] * 201}).status_code == 422


def test_a_flood_is_told_how_long_to_wait(city: Any) -> None:
    machine = Machine(city, "integrator")
    with clock.at(city.now.replace(minute=5) + timedelta(hours=1)):
        for _ in range(60):
            limits.take(Limit("city.device", 60, 3600), f"{machine.account.pk}/cam-7", city.now)
        answer = machine.post(EVENTS, alarm(machine))
        one = machine.post(READINGS, {"readings": [alarm(machine, 2)]}).json()[0]
    assert (answer.status_code, one["status"]) == (429, 429)
    assert int(answer.headers["Retry-After"]) == one["retry_after"] > 0


def test_a_false_alarm_is_taken_back_once_and_only_by_its_sender(city: Any) -> None:
    machine, other = Machine(city, "integrator"), Machine(city, "integrator")
    sent = alarm(machine)
    machine.post(EVENTS, sent)
    said = {"key": sent["key"], "reason": "树影误判"}
    assert other.post(RETRACTIONS, said).status_code == 404
    first, again = machine.post(RETRACTIONS, said), machine.post(RETRACTIONS, said)
    assert (first.json()["effect"], first.json()["again"]) == ("closed", False)
    assert (again.status_code, again.json()) == (200, first.json() | {"again": True})
    assert machine.post(RETRACTIONS, said | {"key": "event-99999999"}).status_code == 404


def test_a_patrol_s_find_handled_on_the_spot_is_closed_at_once(city: Any) -> None:
    machine = Machine(city, "integrator")
    handled = {"note": "已清走", "photos": [city.photo(_actor(machine))]}
    answer = machine.post(EVENTS, machine.event(source="patrol", handled=handled))
    assert (answer.status_code, answer.json()["tasks"]) == (201, [])


def test_a_whistle_goes_by_the_machine_door_too(city: Any) -> None:
    machine = Machine(city, "supervisor")
    walk = Walk(city, category="1601")
    first, second, more = others(walk, 3)
    walk.do("handle", result="whistle", request="联合夜查。", first=first, second=second)
    calls = f"/api/v1/cases/{walk.id}/calls"
    assert machine.post(calls, {"body": more, "hours": 3, "reason": "请到场"}).status_code == 200
    listed = machine.get(calls).json()
    assert [(row["body"], row["lead"], row["state"]) for row in listed] == [
        (first, True, "open"), (second, False, "open"), (more, False, "open"),
    ]  # fmt: skip
    tokens = [row["token"] for row in listed]
    assert machine.post(f"{calls}/{tokens[1]}/lead", {"reason": "主责"}).status_code == 200
    assert machine.post(f"{calls}/{tokens[0]}/off", {"reason": "不需要"}).status_code == 200
    early = machine.post(f"{calls}/{tokens[1]}/marks", {"response": 5, "result": 5, "attitude": 5})
    assert early.status_code == 409
    assert set(Call.objects.filter(case_id=walk.id, lead=True).values_list("body", flat=True)) == {second}


def test_a_whistle_is_only_for_who_may_see_the_case(city: Any) -> None:
    stranger = Machine(city, "handler", place=11)
    walk = Walk(city, category="1601")
    walk.do("handle", result="whistle", request="联合夜查。", first=others(walk, 1)[0])
    calls = f"/api/v1/cases/{walk.id}/calls"
    assert stranger.get(calls).status_code == 404
    assert stranger.post(calls, {"body": others(walk, 2)[1], "reason": "请到场"}).status_code == 404


def _actor(machine: Machine) -> Any:
    return people.actor(machine.account.pk, machine.city.now)


def test_a_case_goes_back_over_the_machine_door_and_others_sign(city: Any) -> None:
    machine, walk = Machine(city, "supervisor", "integrator"), Walk(city)
    walk.do("handle", result="done")
    case = f"/api/v1/cases/{walk.id}"
    (way,) = machine.get(f"{case}/tasks/{walk.task('verify').token}/back").json()
    assert (way["to"], [task["element"] for task in way["withdrawn"]]) == ("handle", ["verify"])
    sent = {"to": "handle", "reason": "照片看不清。"}
    assert machine.post(f"{case}/tasks/{walk.task('verify').token}/back", sent).json()["phase"] == "handling"
    handle = f"{case}/tasks/{walk.task('handle').token}"
    asked = {"question": "是否可行？", "account": str(city.actor("acceptor").id)}
    token = machine.post(f"{handle}/signatures", asked).json()["token"]
    assert machine.post(f"{case}/signatures/{token}/remind", {}).status_code == 200
    assert machine.post(f"{case}/signatures/{token}/reply", {"reply": "改用小型车。"}).status_code == 409
    assert machine.post(f"{case}/signatures/{token}/off", {"reason": "不需要了。"}).status_code == 200
    (signature,) = machine.get(f"{case}/signatures").json()
    assert (signature["token"], signature["state"]) == (token, "off")
    assert machine.get(f"{case}/reopen").status_code == 409
    assert machine.post(f"{case}/reopen", sent).status_code == 409
    assert machine.post(f"{handle}/recall", {"reason": "漏传。"}).status_code == 403
