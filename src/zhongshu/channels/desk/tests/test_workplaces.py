"""The inbox, entering a call, and keys."""

import pytest

from zhongshu.engine.cases.queries import one
from zhongshu.registers.people import actions as people
from zhongshu.registers.people import queries as known

pytestmark = pytest.mark.django_db


def test_the_inbox_counts_what_is_offered_and_says_what_is_late(city, client):
    opened = city.report(source="resident", by="resident")
    page = city.signed_in(client, "acceptor").get("/desk/").content.decode()
    assert opened.number in page and "领办" in page
    from zhongshu.engine.cases.models import Task

    Task.objects.filter(case_id=opened.case_id).update(due=city.now.replace(year=2020))
    late = client.get("/desk/?tab=acceptor").content.decode()
    assert "已超时" in late and "is-late" in late


def test_an_empty_inbox_says_where_to_go_and_a_refresh_gets_the_list_alone(city, client):
    page = city.signed_in(client, "leader").get("/desk/").content.decode()
    assert "现在没有分给您的待办" in page
    part = client.get("/desk/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and "现在没有分给您的待办" in part


def test_a_claimed_task_is_in_my_list_and_no_longer_offered(city, client):
    opened = city.report(source="resident", by="resident")
    task = one.view(opened.case_id).open_tasks[0]
    city.signed_in(client, "acceptor").post(f"/desk/cases/{opened.number}/tasks/{task.token}/claim/")
    assert opened.number in client.get("/desk/?tab=mine").content.decode()
    assert opened.number not in client.get("/desk/?tab=acceptor").content.decode()


def test_the_inbox_costs_the_same_however_many_tasks_wait(city, client, django_assert_max_num_queries):
    for number in range(60):
        city.report(source="resident", by="resident", spot=city.spot(number))
    city.signed_in(client, "acceptor").get("/desk/")
    with django_assert_max_num_queries(10):
        page = client.get("/desk/?tab=acceptor").content.decode()
    assert page.count("<tr") == 51 and ">50+</span>" in page


AT = "/desk/report/?category=1101"
CALL = {"description": "小区门口堆满垃圾，没人清运。", "own-key": "call-0001-0001"}


def test_a_call_is_entered_with_its_place_and_caller(city, client):
    city.signed_in(client, "acceptor")
    lon, lat = city.spot()
    typed = CALL | {"own-spot": f"point:{lon},{lat}", "own-caller": "王芳", "own-phone": "138 0013 8000"}
    answer = client.post(AT, typed).content.decode()
    assert "查询码" in answer
    number = answer.split('<dd class="number">')[1].split("<")[0]
    found = one.view(one.id_of(number))
    assert found.row.source == "hotline" and found.contacts[0].phone == "13800138000"
    again = client.post(AT, typed).content.decode()
    assert number in again and "没有重复登记" in again


def test_what_is_wrong_with_a_call_is_said_beside_its_field_and_nothing_typed_is_lost(city, client):
    city.signed_in(client, "acceptor")
    answer = client.post(AT, CALL | {"own-phone": "12"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "小区门口堆满垃圾" in page and 'value="12"' in page
    assert client.post(AT, CALL | {"own-spot": "place:99"}).status_code == 422
    assert client.post(AT, CALL | {"own-spot": "point:0,0"}).status_code == 422
    assert client.get("/desk/report/?category=0000").status_code == 422


def test_a_place_is_found_by_its_name(city, client):
    from zhongshu.registers.places.models import Region

    community = Region.objects.filter(level=12).first()
    city.signed_in(client, "acceptor")
    page = client.post(AT, CALL | {"own-where": community.name, "own-go": "search"}).content.decode()
    assert f'value="place:{community.code}"' in page and "小区门口堆满垃圾" in page


def test_a_key_is_shown_once_and_can_be_revoked(city, client):
    at = city.now
    device = people.open_account(
        "lamps", "路灯监控", "device", "a-long-password-1", by=city.actor("administrator"), at=at
    )
    city.signed_in(client, "administrator")
    wrong = client.post("/desk/admin/keys/", {"account": str(device.pk), "name": "", "per_minute": "600"})
    assert wrong.status_code == 422 and "zs_" not in wrong.content.decode()
    sent = {"account": str(device.pk), "name": "告警上报", "per_minute": "60", "per_day": "6000"}
    issued = client.post("/desk/admin/keys/", sent | {"expires": f"{at:%Y}-12-31"})
    key = issued.content.decode().split('<code class="key">')[1].split("<")[0]
    assert known.key_holder(key, at).id == str(device.pk)
    assert key not in client.get("/desk/admin/keys/").content.decode()
    client.post(f"/desk/admin/keys/{device.keys.get().pk}/revoke/")
    assert "已撤销" in client.get("/desk/admin/keys/").content.decode()
    assert device.keys.get().revoked is not None


def test_keys_are_the_administrators_alone(city, client):
    assert city.signed_in(client, "supervisor").get("/desk/admin/keys/").status_code == 403
