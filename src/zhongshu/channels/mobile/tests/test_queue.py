"""What the queue of a telephone sends: once, late, and answered in JSON."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhongshu.engine.cases.models import Case, Task
from zhongshu.engine.cases.queries import one
from zhongshu.registers.documents.models import Document
from zhongshu.registers.documents.tests.test_sounds import wav

pytestmark = pytest.mark.django_db

KEY = "019a0000-0000-7000-8000-00000000000a"
JSON = {"Accept": "application/json"}
DONE = {"result": "done", "note": "已清运。"}


def sent(client, address, told=(), key=KEY, ago=0):
    """What the worker in the telephone sends."""
    return client.post(address, dict(told) | {"act-key": key, "act-ago": str(ago)}, headers=JSON)


def waiting_for(errand, hours):
    """The errand, as if it had been the officer's for so long."""
    Task.objects.filter(case_id=errand.id).update(opened=errand.city.now - timedelta(hours=hours))
    return errand


def voice():
    return SimpleUploadedFile("voice.wav", wav(2), "audio/wav")


def test_every_step_sent_twice_is_one_step(errand, client):
    errand.city.signed_in(client, errand.officer)
    page = errand.page
    steps = {f"{page}accept/": {}, f"{page}arrive/": errand.at_spot(), page: DONE}
    for number, (address, told) in enumerate(steps.items()):
        key = f"{KEY[:-1]}{number}"
        assert sent(client, address, told, key).status_code == 200
        before = len(errand.city.trace(errand.id))
        assert sent(client, address, told, key).status_code == 200
        assert len(errand.city.trace(errand.id)) == before
    assert errand.task.element == "verify"


def test_giving_back_twice_is_once(errand, client):
    errand.city.signed_in(client, errand.officer)
    for _ in range(2):
        assert sent(client, f"{errand.page}release/", {"release-reason": "车辆故障。"}).status_code == 200
    assert [entry["verb"] for entry in errand.city.trace(errand.id)].count("case.task_released") == 1


def test_photos_that_come_twice_with_a_form_are_kept_once(errand, client, photo):
    page = errand.page
    errand.city.signed_in(client, errand.officer)
    for _ in range(2):
        assert sent(client, page, DONE | {"photos": photo()}).json() == {"address": f"/mobile/?done={errand.number}"}
    assert Document.objects.count() == 1


def test_what_was_done_without_network_counts_from_then_and_the_trace_says_so(errand, client):
    login, page = waiting_for(errand, 2).officer, errand.page
    errand.city.signed_in(client, login)
    token = errand.task.token
    assert sent(client, page, DONE, ago=3600).status_code == 200
    ended = Task.objects.get(case_id=errand.id, token=token)
    assert timedelta(minutes=59) < errand.city.now - ended.closed < timedelta(minutes=62)
    assert "有网络后传到" in client.get(page).content.decode()


@pytest.mark.parametrize("ago", ["-5", "abc", str(30 * 3600), str(10**9)])
def test_a_moment_that_cannot_be_is_not_believed(errand, client, ago):
    page, token = waiting_for(errand, 48).page, errand.task.token
    errand.city.signed_in(client, errand.officer)
    assert sent(client, page, DONE, ago=ago).status_code == 200
    assert errand.city.now - Task.objects.get(case_id=errand.id, token=token).closed < timedelta(minutes=1)


def test_a_case_that_has_moved_on_is_told_with_what_happened(errand, client):
    login, page = errand.officer, errand.page
    errand.city.signed_in(client, login)
    errand.handled()
    answer = sent(client, page, DONE | {"case-revision": "1"})
    told = answer.json()
    assert answer.status_code == 409 and "已经办结或撤回" in told["error"]
    assert any("处置：已完成" in line for line in told["happened"])


def test_what_is_to_be_mended_is_told_in_sentences_as_text(errand, client):
    errand.city.signed_in(client, errand.officer)
    answer = sent(client, errand.page, {"result": "not_ours"})
    assert answer.status_code == 422 and "\n" not in answer.json()["error"] and "&" not in answer.json()["error"]
    assert sent(client, f"{errand.page}release/", {"release-reason": ""}).json()["error"].startswith("请写明原因")


def test_who_is_signed_out_is_told_so_and_nothing_is_lost(errand, client):
    assert sent(client, errand.page, DONE).status_code == 401
    assert client.get("/mobile/me/", headers=JSON).status_code == 401


def test_the_queue_learns_whose_session_it_is(city, client):
    told = city.signed_in(client, "grid001").get("/mobile/me/", headers=JSON).json()
    assert told["account"] == str(city.account("grid001").pk) and len(told["token"]) > 30


def test_a_report_sent_twice_is_one_and_its_photo_bears_when_it_was_seen(city, client, photo):
    officer = city.signed_in(client, "grid001")
    kept = sent(officer, "/mobile/photos/", {"photo": photo()}, key=f"{KEY[:-1]}1").json()["value"]
    told = {"description": "路边有一堆建筑垃圾。", "photos": kept, "own-place": _cell(officer)}
    for _ in range(2):
        assert sent(officer, "/mobile/report/1101/", told, ago=1800).status_code == 200
    case = Case.objects.get()
    (entry,) = city.trace(case.pk)[:1]
    assert "done" in entry["facts"] and case.opened == entry["at"]


def _cell(officer):
    page = officer.get("/mobile/report/1101/").content.decode()
    return page.split('id="own-place"')[1].split('<option value="')[2].split('"')[0]


def test_a_photo_brings_its_own_id_and_when_and_where_it_was_taken(errand, client, photo):
    errand.city.signed_in(client, errand.officer)
    spot = {"taken-lon": "121.5", "taken-lat": "29.9", "taken-accuracy": "8"}
    for _ in range(2):
        told = sent(client, "/mobile/photos/", {"photo": photo()} | spot, ago=600).json()
        assert told["value"] == KEY
    kept = Document.objects.get(pk=UUID(KEY))
    assert (kept.lon, kept.lat, kept.accuracy) == (121.5, 29.9, 8.0)
    assert timedelta(minutes=9) < errand.city.now - kept.taken < timedelta(minutes=11)
    whole, stamped = (client.get(f"/documents/{KEY}/{size}/").content for size in ("full", "stamped"))
    assert whole != stamped and stamped.startswith(b"\xff\xd8\xff")


def test_a_voice_note_is_put_beside_the_task_once_and_can_be_played_in_parts(errand, client):
    errand.city.signed_in(client, errand.officer)
    for _ in range(2):
        assert sent(client, f"{errand.page}voice/", {"voice": voice()}).status_code == 200
    (note,) = errand.view.voices
    address = f"/documents/{note.document}/full/"
    text = client.get(errand.page).content.decode()
    assert address in text and "附上一段录音" in text and errand.view.photos == []
    whole, part = client.get(address), client.get(address, headers={"Range": "bytes=4-9"})
    assert (whole.headers["Content-Type"], whole.content) == ("audio/wav", wav(2))
    assert (part.status_code, part.content) == (206, wav(2)[4:10])
    assert client.get(address, headers={"Range": "bytes=999999999-"}).status_code == 416


def test_the_desk_plays_the_voice_note_of_a_case(errand, client):
    errand.city.signed_in(client, errand.officer).post(f"{errand.page}voice/", {"voice": voice()})
    text = errand.city.signed_in(client, "supervisor").get(f"/desk/cases/{errand.number}/").content.decode()
    assert f'src="/documents/{errand.view.voices[0].document}/full/"' in text


def test_what_is_no_recording_is_refused_beside_its_field(errand, client):
    errand.city.signed_in(client, errand.officer).post(f"{errand.page}accept/")
    bad = SimpleUploadedFile("voice.webm", b"<html>", "audio/webm")
    answer = client.post(f"{errand.page}voice/", {"voice": bad})
    assert answer.status_code == 422 and 'id="voice-wrong"' in answer.content.decode()
    assert client.post(f"{errand.page}voice/", {}).status_code == 422
    assert errand.view.voices == []


def test_a_report_may_be_spoken(city, client):
    officer = city.signed_in(client, "grid001")
    told = {"description": "路边有一堆建筑垃圾。", "own-place": _cell(officer), "voice": voice()}
    officer.post("/mobile/report/1101/", told)
    assert len(one.view(Case.objects.get().pk).voices) == 1


def test_a_voice_note_needs_an_open_task_of_ones_own(errand, client):
    login, page = errand.officer, errand.page
    errand.handled()
    assert errand.city.signed_in(client, login).post(f"{page}voice/", {"voice": voice()}).status_code == 409
