"""At the desk: which devices are wrong too often, that somebody looked, and closing what they took back."""

import re

import pytest
from django.test import Client

from zhongshu.affairs.city.tests.test_sources import Alarm, made
from zhongshu.base.journal import queries as journal
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import devices
from zhongshu.engine.cases.rules.signals import FEWEST, flagged
from zhongshu.registers.identity.models import Device

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


@pytest.fixture
def hub(city):
    return made(city, "camera-hub")


@pytest.fixture
def wrong(city, hub):
    """A camera that was wrong every other time."""
    for number in range(FEWEST):
        alarm = Alarm(city, hub)
        if number % 2:
            alarm.retract()
    return devices.of_sender(hub.id)[0]


def test_a_device_is_flagged_beyond_a_share_of_many_and_not_before():
    assert not flagged(FEWEST - 1, FEWEST - 1)
    assert not flagged(FEWEST, 3) and flagged(FEWEST, 4)


def test_the_device_that_is_often_wrong_is_shown_first_and_still_heard(city, client, hub, wrong):
    assert devices.flagged() == [wrong]
    page = text(city.signed_in(client, "administrator").get("/desk/admin/keys/"))
    assert "误报多的设备，请核查" in page and wrong.device in page
    listed = text(client.get(f"/desk/admin/devices/{hub.id}/"))
    assert "误报多，请核查" in listed and f"{wrong.percent}%" in listed
    assert Alarm(city, hub).opened.number


def test_what_was_found_is_kept_and_the_flag_goes_until_it_is_wrong_again(city, client, hub, wrong):
    address = f"/desk/admin/devices/{hub.id}/review/"
    city.signed_in(client, "administrator")
    empty = client.post(address, {"device": wrong.device, "reason": ""})
    assert empty.status_code == 422 and "请写明原因" in text(empty)
    assert client.post(address, {"device": wrong.device, "reason": "已擦拭镜头"}).status_code == 302
    assert devices.flagged() == []
    entry = journal.trace("account", hub.id)[-1]
    assert (entry.verb, entry.facts["found"]) == ("cases.device_reviewed", "已擦拭镜头")
    assert client.post(address, {"device": "no-such", "reason": "已核查"}).status_code == 404


def test_devices_are_for_who_manages_keys(city, client, hub, wrong):
    city.signed_in(client, "supervisor")
    assert client.get(f"/desk/admin/devices/{hub.id}/").status_code == 403
    assert client.post(f"/desk/admin/devices/{hub.id}/review/", {"device": wrong.device}).status_code == 403


def test_the_page_of_devices_says_when_there_are_none(city, client, hub):
    assert "还没有告警" in text(city.signed_in(client, "administrator").get(f"/desk/admin/devices/{hub.id}/"))


def test_a_supervisor_closes_what_was_taken_back_while_somebody_was_at_work(city, client, hub):
    alarm = Alarm(city, hub)
    cases.claim(alarm.id, alarm.task("handle").token, by=alarm.doer("handle"), at=city.now)
    address = f"/desk/cases/{alarm.opened.number}/"
    city.signed_in(client, "supervisor")
    assert "按误报结案" not in text(client.get(address))
    alarm.retract()
    page = text(client.get(address))
    assert "按误报结案" in page and "已撤回" in page and "设备撤回了告警" in page
    assert client.post(f"{address}false/", {"reason": ""}).status_code == 422
    assert client.post(f"{address}false/", {"reason": "现场无垃圾"}).status_code == 302
    assert "误报撤销" in text(client.get(address))


def test_a_kiosk_is_bound_by_a_code_shown_once_and_revoked(city, client, hub):
    city.signed_in(client, "administrator")
    address = f"/desk/admin/devices/{hub.id}/"
    shown = text(client.post(f"{address}bind/", {"network": "127.0.0.0/8"}))
    (code,) = re.findall(r'<code class="code">(\d{8})</code>', shown)
    assert code not in text(client.get(address))
    kiosk = Client()
    assert kiosk.post("/device/", {"code": code}).status_code in (200, 302)
    bound = Device.objects.get(account=hub.id)
    assert "127.0.0.0/8" in text(client.get(address))
    client.post(f"{address}bound/{bound.pk}/revoke/")
    assert "已撤销" in text(client.get(address))
    assert client.post(f"{address}bind/", {"network": "nowhere"}).status_code == 422
    assert client.post(f"{address}bound/{hub.id}/revoke/").status_code == 404
