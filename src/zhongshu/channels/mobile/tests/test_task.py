"""One task, from accepting to handing over."""

from uuid import UUID

import pytest

from zhongshu.channels.mobile.tests.conftest import Errand
from zhongshu.channels.presenters.tests.carried import SAVE, carried
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.intake.models import Draft
from zhongshu.registers.documents.models import Document
from zhongshu.registers.people import actions as people
from zhongshu.registers.people import queries
from zhongshu.registers.people.models import Account

pytestmark = pytest.mark.django_db

OWN_WORK = "处置与核查须由不同的人完成：这件是您处置的，请由其他核查员核查。"


def handlers(errand):
    """The logins of all who could handle the case."""
    found = queries.holders("handler", {*errand.view.reach, errand.task.pool}, errand.city.now)
    return list(found.order_by("login").values_list("login", flat=True))


def verifier(errand):
    return (
        queries.holders("verifier", {*errand.view.reach, errand.task.pool}, errand.city.now).order_by("login")[0].login
    )


def released(errand):
    """The errand given back, so that anyone of the body may take it."""
    by = errand.city.actor(errand.officer)
    cases.release(errand.id, errand.task.token, "临时被抽调。", by=by, at=errand.city.now)
    return errand


def test_accepting_arriving_and_handling_lead_back_to_the_list(errand, client, photo):
    errand.city.signed_in(client, errand.officer)
    page = errand.page
    assert "接受" in client.get(page).content.decode()
    assert client.post(f"{page}accept/").headers["Location"] == page
    assert client.post(f"{page}arrive/", errand.at_spot()).headers["Location"] == page
    assert "到场" in client.get(page).content.decode()
    done = client.post(page, errand.at_spot() | {"result": "done", "note": "已清运。", "photos": photo()})
    assert done.headers["Location"] == f"/mobile/?done={errand.number}"
    assert errand.number in client.get(done.headers["Location"]).content.decode()
    (attachment,) = errand.view.attachments
    assert errand.task.element == "verify" and attachment.lon == errand.view.row.lon


def test_of_two_who_accept_the_second_reads_who_has_it(errand, client):
    first, second = handlers(released(errand))[:2]
    errand.city.signed_in(client, first).post(f"{errand.page}accept/")
    answer = errand.city.signed_in(client, second).post(f"{errand.page}accept/")
    name = Account.objects.get(login=first).name
    assert answer.status_code == 409
    assert f"这个环节刚刚由{name}领办" in answer.content.decode() and "已有人接手" in answer.content.decode()
    assert f"由{name}办理" in client.get(errand.page).content.decode()


def test_what_was_typed_is_kept_when_the_case_has_moved_on(errand, client):
    login, page = errand.officer, errand.page
    errand.city.signed_in(client, login)
    errand.handled()
    answer = client.post(page, errand.at_spot() | {"result": "done", "note": "清理了两车垃圾。", "case-revision": "1"})
    text = answer.content.decode()
    assert answer.status_code == 409 and "清理了两车垃圾。" in text and "处置：已完成" in text


def test_a_finished_task_shows_who_finished_it_and_no_form(errand, client):
    login, page = errand.officer, errand.page
    errand.handled()
    text = errand.city.signed_in(client, login).get(page).content.decode()
    assert "办结" in text and 'name="result"' not in text


def test_no_one_verifies_their_own_work(errand, client):
    login, street = errand.officer, int(str(errand.view.row.place)[:9])
    giver, account = errand.city.actor("administrator"), errand.city.account(errand.officer)
    people.give_grant(account, "verifier", place=street, by=giver, at=errand.city.now)
    errand.handled()
    answer = errand.city.signed_in(client, login).post(f"{errand.page}accept/")
    assert answer.status_code == 403 and OWN_WORK in answer.content.decode()


def test_verifying_asks_for_the_position_and_says_what_to_do(errand, client, photo):
    login = verifier(errand.handled())
    errand.city.signed_in(client, login).post(f"{errand.page}accept/")
    answer = client.post(errand.page, {"passed": "true", "note": "", "photos": photo()})
    text = answer.content.decode()
    assert answer.status_code == 422 and "请在现场打开定位后再提交" in text and 'href="#field-own-position"' in text


def test_verifying_from_afar_is_refused_with_the_distance_and_the_photo_is_kept(errand, client, photo):
    login = verifier(errand.handled())
    errand.city.signed_in(client, login).post(f"{errand.page}accept/")
    answer = client.post(errand.page, errand.at_spot(north=0.02) | {"passed": "true", "photos": photo()})
    text, kept = answer.content.decode(), Document.objects.get().pk
    assert answer.status_code == 422 and "您距事发地点约 2224 米" in text
    assert f'name="photos" value="{kept}"' in text
    again = client.post(errand.page, errand.at_spot() | {"passed": "true", "photos": str(kept)})
    assert again.status_code == 302 and [a.document for a in errand.view.attachments] == [kept]


def test_verifying_without_a_photo_is_refused_beside_the_field(errand, client):
    login = verifier(errand.handled())
    errand.city.signed_in(client, login).post(f"{errand.page}accept/")
    answer = client.post(errand.page, errand.at_spot() | {"passed": "false", "note": "还有剩余。"})
    text = answer.content.decode()
    assert answer.status_code == 422 and 'id="field-photos-wrong"' in text and "还有剩余。" in text


def test_all_that_is_wrong_is_told_at_once(errand, client):
    login = verifier(errand.handled())
    errand.city.signed_in(client, login).post(f"{errand.page}accept/")
    text = client.post(errand.page, {}).content.decode()
    assert all(f'href="#field-{name}"' in text for name in ("passed", "photos", "own-position"))


def test_a_photo_that_is_none_is_refused_and_the_rest_kept(errand, client, photo):
    from django.core.files.uploadedfile import SimpleUploadedFile

    errand.city.signed_in(client, errand.officer).post(f"{errand.page}accept/")
    bad = SimpleUploadedFile("a.jpg", b"hello", "image/jpeg")
    answer = client.post(errand.page, {"result": "done", "note": "已清运。", "photos": [photo(), bad]})
    assert answer.status_code == 422 and "只能上传" in answer.content.decode()
    assert f'value="{Document.objects.get().pk}"' in answer.content.decode()


def test_a_photo_sent_at_once_answers_with_its_id_and_may_be_seen_by_its_sender(errand, client, photo):
    errand.city.signed_in(client, errand.officer)
    told = client.post("/mobile/photos/", {"photo": photo()}, headers={"Accept": "application/json"}).json()
    assert UUID(told["value"]) == Document.objects.get().pk
    assert client.get(told["address"]).headers["Content-Type"] == "image/jpeg"
    refused = client.post("/mobile/photos/", {}, headers={"Accept": "application/json"})
    assert refused.status_code == 422 and "没有收到照片" in refused.json()["error"]


def test_somebody_elses_photo_does_not_count(errand, client, photo):
    first, second = errand.officer, next(login for login in handlers(errand) if login != errand.officer)
    theirs = errand.city.signed_in(client, second).post("/mobile/photos/", {"photo": photo()}).json()["value"]
    errand.city.signed_in(client, first).post(f"{errand.page}accept/")
    client.post(errand.page, {"result": "done", "note": "已清运。", "photos": theirs})
    assert errand.task.element == "verify" and errand.view.attachments == []


def test_giving_back_needs_a_reason_and_leaves_it_in_the_trace(errand, client):
    errand.city.signed_in(client, errand.officer).post(f"{errand.page}accept/")
    refused = client.post(f"{errand.page}release/", {"release-reason": " "})
    assert refused.status_code == 422 and "请写明原因" in refused.content.decode()
    assert client.post(f"{errand.page}release/", {"release-reason": "车辆故障。"}).headers["Location"] == "/mobile/"
    assert errand.task.assignee is None
    assert "车辆故障。" in client.get(errand.page).content.decode()


def test_not_ours_goes_back_to_be_dispatched(errand, client):
    errand.city.signed_in(client, errand.officer).post(f"{errand.page}accept/")
    missing = client.post(errand.page, {"result": "not_ours"})
    assert missing.status_code == 422 and 'href="#field-reason"' in missing.content.decode()
    client.post(errand.page, {"result": "not_ours", "reason": "属物业管理范围。"})
    assert errand.task.element == "choose"


def test_a_foreign_case_is_absent(errand, client):
    stranger = next(
        a.login for a in Account.objects.filter(grants__role="verifier").order_by("login")
        if not set(a.grants.values_list("place", flat=True)) & set(errand.view.reach)
    )  # fmt: skip
    errand.city.signed_in(client, stranger)
    assert client.get(errand.page).status_code == 404
    assert client.post(f"{errand.page}accept/").status_code == 404


@pytest.mark.parametrize("address", ["/mobile/cases/SJ%00/tasks/1/", "/mobile/cases/NONE-1/tasks/1/"])
def test_no_such_case_is_absent(city, client, address):
    assert city.signed_in(client, "verifier001").get(address).status_code == 404


def test_no_such_task_is_absent(errand, client):
    errand.city.signed_in(client, errand.officer)
    for token in (99, 2**40):
        assert client.get(f"/mobile/cases/{errand.number}/tasks/{token}/").status_code == 404


def test_a_task_saved_half_done_is_found_again_at_the_desk_too_and_closed_when_it_is_done(errand, client, photo):
    errand.city.signed_in(client, errand.officer).post(f"{errand.page}accept/")
    page, typed = client.get(errand.page).content.decode(), {"note": "等吊车，下午再来。", "photos": photo()}
    assert client.post(errand.page, carried(page) | SAVE | typed).headers["Location"].startswith(errand.page)
    assert "等吊车" in client.get(errand.page).content.decode() and Draft.objects.get().documents
    assert "等吊车" in client.get(f"/desk/cases/{errand.number}/").content.decode()
    again = carried(client.get(errand.page).content.decode(), "photos")
    done = client.post(errand.page, again | errand.at_spot() | {"result": "done", "note": "已清运。"})
    assert done.headers["Location"] == f"/mobile/?done={errand.number}"
    assert Draft.objects.get().finished and errand.view.attachments


def test_the_officer_reads_where_an_answer_is_from_and_that_it_was_changed(city, client):
    known = {"source": "来自实名信息", "source_en": "From your verified record", "as_of": "2026-03-02T09:00:00+08:00"}
    opened = city.report(category="1101", origins={"description": known | {"changed": True}})
    errand = Errand(city, opened.case_id, opened.number)
    page = city.signed_in(client, errand.officer).get(errand.page).content.decode()
    assert "来自实名信息（2026-03-02），申请人改过" in page
