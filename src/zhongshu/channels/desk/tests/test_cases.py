"""One case on the desk: who sees it, what one may do to it, and what happens when it has moved on."""

from types import SimpleNamespace

import pytest

from zhongshu.base.journal import caches
from zhongshu.base.journal import queries as journal
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import one

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>路口有一堆垃圾"


@pytest.fixture
def still(monkeypatch):
    """Values kept per process stay kept: the clock they go by stands still."""
    monkeypatch.setattr(caches, "time", SimpleNamespace(monotonic=lambda: 0.0))


def reported(city, **changes):
    """A resident's report: it waits for somebody to accept it."""
    told = {"source": "resident", "by": "resident", "name": "林晓舟", "phone": "13900000001"} | changes
    return city.report(**told)


def task_of(opened):
    return one.view(opened.case_id).open_tasks[0]


def address(opened, act=""):
    return f"/desk/cases/{opened.number}/" + (f"tasks/{task_of(opened).token}/{act}/" if act else "")


def test_a_visitor_is_asked_to_sign_in_and_a_resident_is_refused(city, client):
    assert client.get("/desk/").status_code == 302
    assert city.signed_in(client, "resident").get("/desk/").status_code == 403


def test_everything_on_a_case_is_on_one_page_with_the_contact_masked(city, client):
    opened = reported(city)
    page = city.signed_in(client, "acceptor").get(address(opened)).content.decode()
    assert opened.number in page and "路口有一堆垃圾" in page and "受理" in page
    assert "139****0001" in page and "13900000001" not in page and "林晓舟" not in page


def test_a_script_in_a_report_is_shown_as_text(city, client):
    opened = reported(city, answers={"description": SCRIPT})
    page = city.signed_in(client, "acceptor").get(address(opened)).content.decode()
    assert SCRIPT not in page and "&lt;script&gt;alert(1)" in page


def test_a_foreign_case_by_its_number_is_absent_and_the_attempt_is_recorded(city, client):
    opened = reported(city)
    stranger = next(a for a in ("verifier001", "verifier013", "verifier030") if not _sees(city, a, opened))
    assert city.signed_in(client, stranger).get(address(opened)).status_code == 404
    tried = journal.trace("look", str(city.account(stranger).pk))
    assert [entry.verb for entry in tried] == ["cases.foreign_case_tried"]
    assert client.get("/desk/cases/SJ0000000000000/").status_code == 404


def _sees(city, login, opened):
    from zhongshu.base.permissions import rules as permissions

    return permissions.may(city.actor(login), "case.read", one.view(opened.case_id).reach, city.now)


def test_the_contact_is_shown_in_full_for_a_purpose_that_is_kept(city, client):
    opened = reported(city)
    city.signed_in(client, "acceptor")
    refused = client.post(address(opened) + "contact/", {"purpose": ""})
    assert refused.status_code == 422 and "13900000001" not in refused.content.decode()
    shown = client.post(address(opened) + "contact/", {"purpose": "回访核实位置"})
    assert "13900000001" in shown.content.decode() and shown["Cache-Control"] == "no-store"
    (look,) = journal.trace("look", str(opened.case_id))
    assert look.verb == "cases.contact_revealed" and look.facts["purpose"] == "回访核实位置"


def test_who_may_not_reveal_is_refused_and_sees_no_button(city, client):
    opened = reported(city)
    city.signed_in(client, "leader")
    assert "查看联系方式" not in client.get(address(opened)).content.decode()
    refused = client.post(address(opened) + "contact/", {"purpose": "回访核实位置"})
    assert refused.status_code == 403 and not journal.trace("look", str(opened.case_id))


def test_of_two_who_claim_the_second_reads_who_has_it(city, client):
    opened = reported(city)
    claim = address(opened, "claim")
    assert city.signed_in(client, "acceptor").post(claim, {"revision": 1}).status_code == 302
    second = city.signed_in(client, "acceptor11").post(claim, {"revision": 1})
    other = city.signed_in(client, "acceptor21").post(claim, {"revision": 1})
    late = second if second.status_code == 409 else other
    assert late.status_code == 409 and city.account("acceptor").name in late.content.decode()


def test_acting_on_a_case_that_has_moved_tells_what_happened_and_keeps_what_was_typed(city, client):
    opened = reported(city)
    complete = address(opened, "complete")
    cases.complete(opened.case_id, task_of(opened).token, {"accepted": True}, by=city.actor("acceptor"), at=city.now)
    typed = {"revision": 1, "accepted": "false", "reason": "不在受理范围，请向物业反映。"}
    stale = city.signed_in(client, "acceptor").post(complete, typed)
    page = stale.content.decode()
    assert stale.status_code == 409 and "不在受理范围，请向物业反映。" in page
    assert "受理" in page and city.account("acceptor").name in page


def test_a_task_is_finished_with_its_form_and_a_wrong_answer_keeps_what_was_typed(city, client):
    opened = reported(city)
    complete = address(opened, "complete")
    city.signed_in(client, "acceptor")
    wrong = client.post(complete, {"revision": 1, "accepted": "false", "reason": "不"})
    assert wrong.status_code == 422 and 'role="alert"' in wrong.content.decode()
    assert ">\n不</textarea>" in wrong.content.decode()
    assert client.post(complete, {"revision": 1, "accepted": "true"}).status_code == 302
    assert one.view(opened.case_id).row.phase == "filing"


def test_a_task_is_given_back_or_handed_over_with_a_reason(city, client):
    opened = reported(city)
    release, assign = address(opened, "release"), address(opened, "assign")
    city.signed_in(client, "acceptor").post(address(opened, "claim"))
    assert client.post(release, {"reason": ""}).status_code == 422
    assert client.post(release, {"reason": "临时有事"}).status_code == 302
    assert client.post(assign, {"reason": "忙", "account": str(city.account("acceptor").pk)}).status_code in (403, 422)
    city.signed_in(client, "supervisor")
    assert client.post(assign, {"reason": "忙不过来", "account": "nobody"}).status_code == 422
    handed = client.post(assign, {"reason": "忙不过来", "account": str(city.account("acceptor").pk)})
    assert handed.status_code == 302 and task_of(opened).assignee == city.account("acceptor").pk


def test_a_form_from_another_site_is_refused(city):
    from django.test import Client

    opened = reported(city)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(city.account("acceptor"))
    assert strict.post(address(opened, "claim")).status_code == 403
    assert task_of(opened).assignee is None


def test_an_english_page_has_english_names(city, client):
    opened = reported(city)
    client.cookies["language"] = "en"
    page = city.signed_in(client, "acceptor").get(address(opened)).content.decode()
    assert "Exposed rubbish" in page and "To accept" in page and "暴露垃圾" not in page


def test_a_page_of_fifty_cases_is_read_in_six_statements(city, client, still, django_assert_max_num_queries):
    opened = [reported(city, spot=city.spot(number)) for number in range(52)]
    city.signed_in(client, "acceptor").get("/desk/cases/")
    with django_assert_max_num_queries(6):
        page = client.get("/desk/cases/").content.decode()
    assert page.count("<tr") == 51 and opened[-1].number in page and opened[0].number not in page
    older = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    rest = client.get(older).content.decode()
    assert opened[0].number in rest and opened[1].number in rest and opened[-1].number not in rest


def test_a_case_is_read_in_few_statements_however_much_lies_beside_it(
    city, client, still, django_assert_max_num_queries
):
    opened = [reported(city) for _ in range(12)]
    city.signed_in(client, "acceptor").get(address(opened[0]))
    with django_assert_max_num_queries(21):
        page = client.get(address(opened[0])).content.decode()
    assert page.count("附近的同类办件") == 1
    assert sum(other.number in page.split("附近的同类办件")[1] for other in opened[1:]) == 5


def test_a_list_is_narrowed_to_a_place_a_body_and_to_what_one_may_see(city, client):
    opened = reported(city)
    place = one.view(opened.case_id).reach[2]
    other = place + 1 if place % 100 == 1 else place - 1
    city.signed_in(client, "acceptor")
    assert opened.number in client.get(f"/desk/cases/?under={place}").content.decode()
    assert opened.number not in client.get(f"/desk/cases/?under={other}").content.decode()
    assert client.get("/desk/cases/?under=nonsense&after=nonsense").status_code == 200
    patrol = city.report()
    body = one.view(patrol.case_id).row.body
    if body:
        assert patrol.number in client.get(f"/desk/bodies/{body}/").content.decode()
    assert client.get("/desk/bodies/999999999/").status_code == 404


def test_a_number_goes_straight_to_its_case(city, client):
    opened = reported(city)
    city.signed_in(client, "acceptor")
    assert client.get(f"/desk/cases/?number={opened.number.lower()}").url == address(opened)
    assert client.get("/desk/cases/?number=../../x").status_code == 404
