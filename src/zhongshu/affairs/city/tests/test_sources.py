"""Each source by its own rules: who may tell, what is taken as true, what a device may flood us with, what is false."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from zhongshu.affairs.city import actions
from zhongshu.affairs.city.actions import Handled
from zhongshu.affairs.city.rules import sources
from zhongshu.base.calendar import clock
from zhongshu.base.http import limits
from zhongshu.base.http.limits import Limit
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid, TooMany
from zhongshu.base.journal import queries as journal
from zhongshu.base.permissions.rules import SYSTEM, Actor
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.models import Case, Contact, Device
from zhongshu.engine.cases.tests.test_shipped_scenarios import Story
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.engine.messages.models import Message
from zhongshu.registers.people import actions as granting
from zhongshu.registers.people import queries as people

CAMERA = "cam-0042"
PHOTO = UUID("019a0000-0000-7000-8000-000000000001")


@pytest.fixture
def hub(city: Any) -> Actor:
    """A system of cameras, with the duty to report anywhere in the city."""
    return made(city, "camera-hub")


def made(city: Any, login: str) -> Actor:
    account = granting.open_account(login, "视频平台", "device", "unlikely-to-guess-9", by=SYSTEM, at=city.now)
    granting.give_grant(account, "integrator", by=SYSTEM, at=city.now)
    found = people.actor(account.pk, city.now)
    assert found is not None
    return found


class Alarm(Walk):
    """An alarm of a camera and the case it opened or joined."""

    numbers = iter(range(10**6))

    def __init__(self, city: Any, by: Actor, **changes: Any) -> None:
        self.city, self.by, self.key = city, by, f"alarm-{next(self.numbers):08d}"
        lon, lat = changes.pop("spot", None) or city.spot()
        given = {
            "key": self.key, "source": "machine", "category": "1101", "lon": lon, "lat": lat, "device": CAMERA,
            "answers": {"description": "画面识别：暴露垃圾。"}, "confidence": 0.91,
        }  # fmt: skip
        self.event = actions.NewEvent(**given | changes)
        self.opened = actions.report(self.event, by=by, at=city.now)
        self.id = self.opened.case_id

    def retract(self, by: Actor | None = None) -> cases.Retracted:
        return actions.retract(self.key, "树影误判", by=by or self.by, at=self.city.now)

    @property
    def case(self) -> Case:
        return Case.objects.get(pk=self.id)


def told(walk: Walk, template: str) -> set[str]:
    return {str(message.account) for message in Message.objects.filter(case_id=walk.id, template=template)}


@pytest.mark.parametrize("rule", sources.RULES.values(), ids=sources.RULES)
@pytest.mark.parametrize("code", ["city-event", "street-vending", "manhole-cover", "noise"])
def test_the_drawings_accept_first_what_is_not_taken_as_true(code: str, rule: sources.Rule) -> None:
    assert Story(code, rule.source).open == (["handle"] if rule.trusted else ["accept"])


@pytest.mark.parametrize("rule", sources.RULES.values(), ids=sources.RULES)
def test_only_accounts_of_its_kinds_use_a_source(rule: sources.Rule) -> None:
    for kind in sources.ANYBODY:
        if kind in rule.kinds:
            sources.entitled(rule, kind)
        else:
            with pytest.raises(Forbidden):
                sources.entitled(rule, kind)


@pytest.mark.parametrize("source", ["patrol", "hotline", "machine", "batch", "open311"])
def test_a_resident_tells_as_a_resident_only(city: Any, source: str) -> None:
    before = Case.objects.count()
    with pytest.raises(Forbidden):
        city.report(source=source, by="resident")
    assert Case.objects.count() == before


def test_a_machine_knows_its_place_to_the_cell(city: Any, hub: Actor) -> None:
    cell = str(city.held(Alarm(city, hub).id).place)
    with pytest.raises(Invalid) as refused:
        Alarm(city, hub, lon=None, lat=None, place=cell[:12])
    assert refused.value.field == "place"
    assert Alarm(city, hub, lon=None, lat=None, place=cell).opened.joined


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("confidence", {"confidence": 1.1}), ("device", {"device": "x" * 65}), ("device", {"device": "a\nb"}),
        ("observed", {"hours": 25}), ("observed", {"hours": -1}),
    ],
)  # fmt: skip
def test_what_a_machine_says_of_itself_is_checked(city: Any, hub: Actor, field: str, changes: dict[str, Any]) -> None:
    if "hours" in changes:
        changes = {"observed": city.now - timedelta(hours=changes["hours"])}
    with pytest.raises(Invalid) as refused:
        Alarm(city, hub, **changes)
    assert refused.value.field == field


def test_only_a_machine_has_a_device(city: Any) -> None:
    with pytest.raises(Invalid) as refused:
        city.report(source="patrol", device=CAMERA)
    assert refused.value.field == "device"


def test_a_device_that_repeats_itself_has_one_open_case_with_a_count(city: Any, hub: Actor) -> None:
    first, second, third = (Alarm(city, hub) for _ in range(3))
    assert first.id == second.id == third.id
    assert [alarm.opened.times for alarm in (first, second, third)] == [1, 2, 3]
    assert Contact.objects.filter(case_id=first.id).count() == 3
    entries = journal.trace("case", str(first.id))
    assert [entry.facts.get("times") for entry in entries if entry.verb == "case.followed"] == [2, 3]


@pytest.mark.parametrize("other", [{"device": "cam-0043"}, {"category": "1102"}, {"spot": 9}])
def test_another_device_category_or_place_is_another_case(city: Any, hub: Actor, other: dict[str, Any]) -> None:
    if "spot" in other:
        other = {"spot": city.spot(other["spot"])}
    assert Alarm(city, hub).id != Alarm(city, hub, **other).id


def test_devices_of_the_same_name_behind_two_keys_are_two(city: Any, hub: Actor) -> None:
    assert Alarm(city, hub).id != Alarm(city, made(city, "other-hub")).id


def test_a_device_that_tells_again_after_the_end_opens_a_new_case(city: Any, hub: Actor) -> None:
    first = Alarm(city, hub)
    first.retract()
    assert Alarm(city, hub).id != first.id


def test_a_device_joins_the_case_its_own_was_merged_into(city: Any, hub: Actor) -> None:
    first, master = Alarm(city, hub), city.report()
    cases.merge(first.id, master.case_id, "同一堆", by=city.actor("supervisor"), at=city.now)
    assert Alarm(city, hub).id == master.case_id


def test_the_same_key_again_is_the_same_alarm(city: Any, hub: Actor) -> None:
    alarm = Alarm(city, hub)
    again = actions.report(alarm.event, by=hub, at=city.now)
    assert (again.case_id, again.again, again.joined) == (alarm.id, True, False)
    assert Device.objects.get(device=CAMERA).alarms == 1


def test_a_device_that_floods_is_asked_to_wait_and_others_are_heard(city: Any, hub: Actor) -> None:
    most = sources.RULES["machine"].per_hour
    assert most is not None
    with clock.at(city.now.replace(minute=5) + timedelta(hours=1)):
        alarm = Alarm(city, hub)
        for _ in range(most - 1):
            limits.take(Limit("city.device", most, 3600), f"{hub.id}/{CAMERA}", city.now)
        with pytest.raises(TooMany) as refused:
            Alarm(city, hub)
        assert refused.value.retry_after == 55 * 60 - city.now.second
        assert actions.report(alarm.event, by=hub, at=city.now).again
        Alarm(city, hub, device="cam-0043")


def test_an_alarm_taken_back_before_anybody_began_closes_the_case(city: Any, hub: Actor) -> None:
    alarm = Alarm(city, hub)
    officer = alarm.task("handle").assignee
    done = alarm.retract()
    assert (done.effect, done.again) == ("closed", False)
    assert (alarm.case.phase, alarm.open) == ("retracted", []) and alarm.case.closed is not None
    city.react()
    assert told(alarm, "task.retracted") == {officer}


def test_taking_back_twice_is_once(city: Any, hub: Actor) -> None:
    alarm = Alarm(city, hub)
    first = alarm.retract()
    entries = len(alarm.verbs)
    again = alarm.retract()
    assert (again.number, again.effect, again.again) == (first.number, first.effect, True)
    assert len(alarm.verbs) == entries and Device.objects.get(device=CAMERA).retracted == 1


def test_only_the_holder_of_the_key_it_came_with_takes_an_alarm_back(city: Any, hub: Actor) -> None:
    alarm = Alarm(city, hub)
    with pytest.raises(Absent):
        alarm.retract(made(city, "other-hub"))
    assert alarm.case.closed is None


def test_who_is_on_the_way_and_the_shift_are_told_and_a_person_closes_it(city: Any, hub: Actor) -> None:
    alarm = Alarm(city, hub)
    officer = alarm.doer("handle")
    cases.claim(alarm.id, alarm.task("handle").token, by=officer, at=city.now)
    assert alarm.retract().effect == "told"
    assert alarm.open == ["handle"] and alarm.verbs[-1] == "case.alarm_withdrawn"
    city.react()
    supervisor = city.actor("supervisor")
    assert told(alarm, "task.alarm_withdrawn") >= {officer.id, supervisor.id}
    with pytest.raises(Forbidden):
        cases.close_retracted(alarm.id, "现场核实无垃圾", by=officer, at=city.now)
    cases.close_retracted(alarm.id, "现场核实无垃圾", by=supervisor, at=city.now)
    assert (alarm.case.phase, alarm.open) == ("retracted", [])


def test_what_somebody_else_told_of_too_goes_on(city: Any, hub: Actor) -> None:
    alarm = Alarm(city, hub)
    follower = cases.Follower(key="follower-00000001", source="resident", text="我也看到了")
    cases.follow(alarm.id, follower, by=city.actor("resident"), at=city.now)
    assert alarm.retract().effect == "noted"
    assert alarm.open == ["handle"]
    with pytest.raises(Conflict):
        cases.close_retracted(alarm.id, "设备误报", by=city.actor("supervisor"), at=city.now)


def test_a_case_of_people_is_not_closed_as_a_false_alarm(city: Any) -> None:
    walk = Walk(city)
    with pytest.raises(Conflict):
        cases.close_retracted(walk.id, "设备误报", by=city.actor("supervisor"), at=city.now)


def test_what_a_device_repeated_is_taken_back_with_it(city: Any, hub: Actor) -> None:
    first, second = Alarm(city, hub), Alarm(city, hub)
    assert second.retract().effect == "closed"
    assert first.retract().again
    device = Device.objects.get(device=CAMERA)
    assert (device.alarms, device.cases, device.retracted) == (2, 1, 2)


def test_what_was_closed_already_is_only_counted(city: Any, hub: Actor) -> None:
    alarm = Alarm(city, hub)
    alarm.do("handle", result="done")
    alarm.do("verify", passed=True)
    alarm.do("close")
    assert alarm.retract().effect == "noted"
    assert alarm.case.phase == "closed" and Device.objects.get(device=CAMERA).retracted == 1


def found_and_handled(city: Any, **changes: Any) -> Any:
    officer = city.actor("supervisor")
    handled = changes.pop("handled", None) or Handled("已清走", (UUID(city.photo(officer)),))
    return city.report(handled=handled, **changes)


def test_a_patrol_s_small_find_is_handled_on_the_spot_and_closed(city: Any) -> None:
    opened = found_and_handled(city)
    case = Case.objects.get(pk=opened.case_id)
    assert (case.phase, opened.tasks) == ("closed", ()) and case.closed is not None
    assert case.body == city.actor("supervisor").body
    entry = journal.trace("case", str(case.pk))[0].facts
    assert (entry["on_the_spot"], entry["note"], entry["finished"]) == (True, "已清走", True)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("handled", {"category": "1601"}), ("handled_photos", {"handled": Handled("已清走")}),
        ("handled_note", {"handled": Handled(" ", (PHOTO,))}),
    ],
)  # fmt: skip
def test_what_is_not_small_or_not_shown_is_reported_as_usual(city: Any, field: str, changes: dict[str, Any]) -> None:
    before = Case.objects.count()
    with pytest.raises(Invalid) as refused:
        found_and_handled(city, **changes)
    assert (refused.value.field, Case.objects.count()) == (field, before)


def test_only_a_patrol_handles_on_the_spot(city: Any) -> None:
    with pytest.raises(Forbidden):
        found_and_handled(city, source="hotline")
