"""The pages of rights: a grant from proposal to end, the yearly look, and why."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client

from zhongshu.base.approvals.models import Proposal
from zhongshu.base.permissions import hours
from zhongshu.base.permissions.roles import ROLES
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.channels.desk.rights.presenters import words
from zhongshu.engine.messages.models import Message
from zhongshu.registers.people import actions as people
from zhongshu.registers.people.models import Grant
from zhongshu.registers.people.rules.grants import REVIEW_EVERY

DISTRICT = "990101"


def typed(city: Any, **more: Any) -> dict[str, Any]:
    return {
        "account": str(city.account("counter").pk), "role": "acceptor", "place": DISTRICT, "reason": "新到岗值守",
        "go": "propose", **more,
    }  # fmt: skip


def proposed(city: Any, client: Client, **more: Any) -> Any:
    return city.signed_in(client, "administrator").post("/desk/rights/propose/", typed(city, **more))


def test_a_grant_is_proposed_approved_and_ended_by_hand(client: Client, city: Any) -> None:
    found = city.signed_in(client, "administrator").get("/desk/rights/propose/", {"q": "counter"}).content.decode()
    assert f"account={city.account('counter').pk}" in found
    night = {"day": ["4", "5"], "from": "22:00", "to": "06:00"}
    address = proposed(city, client, **night)["Location"]
    assert "等待审批" in client.get(address).content.decode()
    city.react()
    assert Message.objects.filter(account=city.account("security").pk, template="approval.asked").exists()
    page = city.signed_in(client, "security").get("/desk/rights/proposals/").content.decode()
    assert address in page and "周五、周六 22:00 至 次日 06:00" in page
    assert client.get("/messages/").content.decode().count(address) == 1
    assert client.post(f"{address}decide/", {"go": "approve"})["Location"] == address
    grant = Grant.objects.get(account=city.account("counter"), role="acceptor")
    assert (grant.place, tuple(grant.hours)) == (990101, hours.weekly([4, 5], time(22), time(6)))
    city.react()
    told = Message.objects.filter(account=city.account("counter").pk).values_list("template", flat=True)
    assert "grant.given" in told
    listed = client.get("/desk/rights/", {"account": city.account("counter").pk}).content.decode()
    assert "受理员" in listed and f"/desk/rights/{grant.pk}/end/" in listed
    assert client.post(f"/desk/rights/{grant.pk}/end/", {"reason": ""}).status_code == 422
    client.post(f"/desk/rights/{grant.pk}/end/", {"reason": "调离"})
    grant.refresh_from_db()
    assert grant.ends is not None


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"role": ""}, "请选择角色"), ({"reason": ""}, "请写明理由"), ({"day": ["1"], "from": ""}, "限定时段须选星期"),
        ({"starts": "2000-01-01"}, "今天或以后"), ({"role": "verifier", "account": "officer061"}, "不核查自己的处置"),
        ({"account": "administrator"}, "不能给自己授权"),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    client: Client, city: Any, more: dict[str, Any], said: str
) -> None:
    if "account" in more:
        more = more | {"account": str(city.account(more["account"]).pk)}
    answer = proposed(city, client, purpose="疫情流调", **more)
    assert answer.status_code in (403, 409, 422) and not Proposal.objects.filter(kind="grant.give").exists()
    assert said in answer.content.decode() and 'value="疫情流调"' in answer.content.decode()


def test_a_proposal_is_nothing_to_others(client: Client, city: Any) -> None:
    address = proposed(city, client)["Location"]
    assert client.post(f"{address}decide/", {"go": "approve"}).status_code == 403
    for login in ("supervisor", "auditor", "resident"):
        assert city.signed_in(client, login).get(address).status_code == 404
        assert client.post(f"{address}decide/", {"go": "approve"}).status_code == 403
    city.signed_in(client, "administrator").post(f"{address}withdraw/")
    assert "已撤回" in client.get(address).content.decode()


def test_who_answers_for_no_grants_sees_their_own(client: Client, city: Any) -> None:
    page = city.signed_in(client, "supervisor").get("/desk/rights/", {"account": city.account("leader").pk})
    text = page.content.decode()
    assert "我的授权" in text and "值班长" in text and city.account("leader").name not in text
    grant = city.account("leader").grants.get()
    assert client.post(f"/desk/rights/{grant.pk}/end/", {"reason": "不该有"}).status_code == 404


def test_grants_are_confirmed_many_at_once_with_a_result_for_each(client: Client, city: Any) -> None:
    old = people.give_grant(
        city.account("counter"), "acceptor", place=990101, by=SYSTEM, at=city.now - REVIEW_EVERY + timedelta(days=10)
    )
    own = Grant.objects.get(account=city.account("security"))
    page = city.signed_in(client, "security").get("/desk/rights/review/").content.decode()
    assert f'value="{old.pk}"' in page
    done = client.post("/desk/rights/review/", {"grant": [old.pk, own.pk, "x"]}).content.decode()
    assert "已确认 1 项，未确认 1 项" in done and f'value="{old.pk}"' not in done


def test_why_names_the_member_that_falls_short_and_whom_to_ask(client: Client, city: Any) -> None:
    case = city.report(spot=city.spot(0))
    asked = {"account": str(city.account("supervisor21").pk), "thing": case.number, "permission": "case.read"}
    page = city.signed_in(client, "security").get("/desk/rights/why/", asked).content.decode()
    assert "不可以：查看办件" in page and "不在这个地点之内" in page
    assert city.account("administrator").name in page
    page = client.get("/desk/rights/why/", asked | {"account": str(city.account("supervisor").pk)}).content.decode()
    assert "可以：查看办件" in page and "适用" in page
    page = client.get("/desk/rights/why/", asked | {"permission": "duties.approve"}).content.decode()
    assert "这个角色没有这项权限" in page and "领导" in page


def test_why_tells_a_plain_official_nothing_of_a_case_elsewhere(client: Client, city: Any) -> None:
    case = city.report(spot=city.spot(0))
    city.signed_in(client, "supervisor21")
    one, other = (
        client.get("/desk/rights/why/", {"thing": number, "account": str(city.account("leader").pk)})
        .content.decode().partition("<main")[2].replace(number, "—")
        for number in (case.number, "SJ000000000000")
    )  # fmt: skip
    assert one == other and "没有找到" in one and "查询您自己的权限" in one


def test_a_place_and_a_body_are_explained_to_everybody(client: Client, city: Any) -> None:
    city.signed_in(client, "supervisor21")
    page = client.get("/desk/rights/why/", {"thing": "990101", "permission": "case.dispatch"}).content.decode()
    assert "不可以：派遣" in page and "不在这个地点之内" in page
    page = client.get("/desk/rights/why/", {"thing": "990102", "permission": "case.dispatch"}).content.decode()
    assert "可以：派遣" in page


def test_the_page_of_roles_says_every_permission_in_words(client: Client, city: Any) -> None:
    assert {code for role in ROLES.values() for code in role.permissions} <= set(words.PERMISSIONS)
    page = city.signed_in(client, "auditor").get("/desk/rights/roles/").content.decode()
    assert "处置的人不核查自己的处置" in page and "审批授权" in page


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        ((540, 1020), "周一 09:00 至 17:00"), ((0, 360, 9960, 10080), "周日 22:00 至 次日 06:00"),
        ((480, 960, 1920, 2400), "周一、周二 08:00 至 16:00"), ((0, 1440), "周一 00:00 至 次日 00:00"), ((), ""),
    ],
)  # fmt: skip
def test_hours_are_said_day_by_day(bounds: hours.Hours, said: str) -> None:
    assert words.hours(bounds) == said


def test_a_grant_for_a_purpose_shows_a_contact_to_who_states_it(client: Client, city: Any) -> None:
    case = city.report(source="resident", by="resident", name="王敏", phone="13900000009")
    seat = {"place": 9901, "by": SYSTEM, "at": city.now}
    people.give_grant(city.account("verifier001"), "supervisor", purpose="疫情流调", **seat)
    people.give_grant(city.account("verifier001"), "verifier", **seat)
    page = f"/desk/cases/{case.number}/"
    assert '<option value="疫情流调">' in city.signed_in(client, "verifier001").get(page).content.decode()
    assert client.post(f"{page}contact/", {"purpose": "回访核实"}).status_code == 403
    assert "13900000009" in client.post(f"{page}contact/", {"purpose": " 疫情流调 "}).content.decode()
