"""The list of tasks in the street."""

import re

import pytest
from django.db import connection

from zhongshu.engine.dispatch import actions as dispatch

pytestmark = pytest.mark.django_db

MANY = 200

# The errand's case and task again and again, each some metres further north.
_CASES = """
INSERT INTO cases_case (id, number, scenario, version, category, title, phase, source, opened, due, place, lon, lat,
                        address, body, reach, data, marking, revision)
SELECT gen_random_uuid(), number || '-' || g, scenario, version, category, title, phase, source, opened, due, place,
       lon, lat + g * 0.0001, address, body, reach, data, marking, revision
FROM cases_case, generate_series(1, %(many)s) g WHERE id = %(case)s
"""
_TASKS = """
INSERT INTO cases_task (case_id, token, element, phase, role, pool, assignee, opened, due)
SELECT n.id, t.token, t.element, t.phase, t.role, t.pool, CASE WHEN %(mine)s THEN t.assignee END, t.opened, t.due
FROM cases_task t, cases_case n WHERE t.case_id = %(case)s AND t.closed IS NULL AND n.number LIKE %(like)s
"""


def copied(errand, *, mine):
    row = {"case": errand.id, "many": MANY, "like": f"{errand.number}-%", "mine": mine}
    with connection.cursor() as cursor:
        cursor.execute(_CASES, row)
        cursor.execute(_TASKS, row)


def shown(response):
    return re.findall(r'href="/mobile/cases/([A-Z0-9-]+)/tasks/', response.content.decode())


def test_only_those_who_work_in_the_street_come_in(city, client):
    assert client.get("/mobile/").status_code == 302
    assert city.signed_in(client, "acceptor").get("/mobile/").status_code == 403
    assert city.signed_in(client, "resident").get("/mobile/").status_code == 403
    assert city.signed_in(client, "grid001").get("/mobile/").status_code == 200


def test_my_task_is_there_with_distance_and_deadline(errand, client):
    row = errand.view.row
    officer = errand.city.actor(errand.officer)
    dispatch.stand_at(row.lon, row.lat + 0.01, by=officer, at=errand.city.now)
    page = errand.city.signed_in(client, errand.officer).get("/mobile/").content.decode()
    assert errand.number in page and "1.1 公里" in page and "暴露垃圾" in page and "还有" in page


def test_the_nearest_come_first_and_without_a_position_the_earliest(errand, client):
    copied(errand, mine=True)
    row, city = errand.view.row, errand.city
    officer = city.actor(errand.officer)
    dispatch.stand_at(row.lon, row.lat + MANY * 0.0001, by=officer, at=city.now)
    first = shown(city.signed_in(client, errand.officer).get("/mobile/"))[0]
    assert first == f"{errand.number}-{MANY}"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM dispatch_position WHERE account = %s", [officer.id])
    page = client.get("/mobile/")
    assert "先到期的在前" in page.content.decode()


def test_what_is_late_says_so(errand, client):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_task SET due = opened - interval '3 hours' WHERE case_id = %s", [errand.id])
    page = errand.city.signed_in(client, errand.officer).get("/mobile/").content.decode()
    assert 'class="is-late"' in page and "已超时 3 小时" in page


def test_filtering_leaves_the_other_work_out(errand, client):
    officer = errand.officer
    errand.city.signed_in(client, officer)
    assert errand.number in shown(client.get("/mobile/?role=handler"))
    assert client.get("/mobile/?role=nonsense").status_code == 200
    errand.handled()
    assert shown(client.get("/mobile/")) == []


def test_a_verifier_of_the_street_is_offered_what_was_handled(errand, client):
    verifier = verifier_of(errand.handled())
    page = errand.city.signed_in(client, verifier).get("/mobile/?role=verifier")
    assert shown(page) == [errand.number]


def verifier_of(errand):
    from zhongshu.registers.people import queries as people

    return (
        people.holders("verifier", {*errand.view.reach, errand.task.pool}, errand.city.now).order_by("login")[0].login
    )


@pytest.mark.parametrize("mine", [True, False])
def test_the_list_of_two_hundred_costs_as_many_statements_as_that_of_one(
    errand, client, mine, django_assert_max_num_queries
):
    errand.city.signed_in(client, errand.officer)
    client.get("/mobile/")
    copied(errand, mine=mine)
    with django_assert_max_num_queries(8):
        response = client.get("/mobile/")
    assert len(shown(response)) == (50 if mine else 51) and "只列出前 50 件" in response.content.decode()


def test_htmx_gets_the_list_alone(errand, client):
    page = (
        errand.city.signed_in(client, errand.officer).get("/mobile/", headers={"HX-Request": "true"}).content.decode()
    )
    assert errand.number in page and "<html" not in page


def test_a_position_is_kept_and_nonsense_is_refused(errand, client):
    errand.city.signed_in(client, errand.officer)
    assert client.post("/mobile/position/", errand.at_spot()).status_code == 204
    page = client.get("/mobile/").content.decode()
    assert "10 米" in page
    assert client.post("/mobile/position/", {}).status_code == 422
    assert client.post("/mobile/position/", errand.at_spot() | {"position-lat": "95"}).status_code == 422
    assert client.post("/mobile/position/", errand.at_spot() | {"position-lat": "nan"}).status_code == 422
