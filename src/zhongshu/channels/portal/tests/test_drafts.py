"""Forms that are not finished: saved with a button or as one types, found again, never lost to an ended session."""

import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from zhongshu.base.http import browsers
from zhongshu.base.journal.models import Entry
from zhongshu.base.permissions.rules import ANONYMOUS, Actor
from zhongshu.channels.presenters.tests.carried import enter, field
from zhongshu.engine.cases.models import Attachment, Case
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.intake.actions import drafts as actions
from zhongshu.engine.intake.models import Aside, Draft
from zhongshu.engine.intake.queries import drafts, pages
from zhongshu.engine.intake.rules.pages import Page, Subject

AT = "/report/1101/"


def drawn(by: Actor, draft: Any = None) -> Page:
    subject = Subject("city-event", scenarios.newest("city-event").version, "垃圾暴露", "Litter", AT, category="1101")
    return pages.drawn(subject, by, draft)


def save(client: Client, page: Page, base: int = 0, **typed: Any) -> Any:
    """Press the button that needs no script."""
    carried = {"draft-page": pages.stamp(page), "draft-base": base, "csrfmiddlewaretoken": "x", "report-go": "send"}
    return client.post(f"/drafts/{page.draft}/", carried | typed)


def tell(client: Client, page: Page, base: int = 0, chosen: Any = (), **typed: Any) -> Any:
    """What a script sends as one types."""
    told = json.dumps({"page": pages.stamp(page), "base": base, "answers": typed, "chosen": list(chosen)})
    accept = {"accept": "application/json"}
    return client.post(f"/drafts/{page.draft}/", told, content_type="application/json", headers=accept)


def shown(response: Any) -> str:
    return response.content.decode()


@pytest.fixture
def resident(city: Any, client: Client) -> Client:
    return city.signed_in(client, "resident")


def test_a_form_saved_with_a_button_stands_in_the_list_and_goes_on_where_it_was(city: Any, resident: Client) -> None:
    page = drawn(city.actor("resident"))
    assert "我的草稿" not in shown(resident.get("/mine/"))
    answer = save(resident, page, description="路口", **{"draft-asked": "description urgent", "place-address": "菜场"})
    assert answer.url == "/mine/#drafts"
    listed = shown(resident.get("/mine/"))
    assert "我的草稿" in listed and "垃圾暴露" in listed
    assert resident.get(f"/drafts/{page.draft}/").url == f"{AT}?draft={page.draft}"
    kept = resident.get(f"/drafts/{page.draft}/", headers={"accept": "application/json"}).json()
    assert kept["answers"] == {"description": "路口", "place-address": "菜场"} and kept["revision"] == 1
    again = pages.read(kept["page"])
    assert again is not None and again.draft == page.draft
    resident.post(f"/drafts/{page.draft}/drop/")
    assert "我的草稿" not in shown(resident.get("/mine/"))


def test_what_two_tabs_both_changed_is_asked_in_words(city: Any, resident: Client) -> None:
    page = drawn(city.actor("resident"))
    assert tell(resident, page, description="路口").json()["revision"] == 1
    assert tell(resident, page, 1, description="菜场门口").json() | {"saved": ""} == {
        "revision": 2, "version": page.subject.version, "saved": "", "news": {},
    }  # fmt: skip
    second = tell(resident, page, 1, description="学校门口")
    assert second.status_code == 409
    (dispute,) = second.json()["disputes"]
    assert dispute["words"].startswith("另一个页面把“") and "菜场门口" in dispute["words"]
    assert dispute["title"] != "description"
    third = tell(resident, page, second.json()["revision"], ["description"], description="学校门口")
    assert third.status_code == 200
    kept = resident.get(f"/drafts/{page.draft}/", headers={"accept": "application/json"}).json()
    assert kept["answers"] == {"description": "学校门口"} and kept["disputed"] == {}


def test_without_a_script_a_page_asks_which_answer_is_right(city: Any, resident: Client) -> None:
    page = drawn(city.actor("resident"))
    save(resident, page, description="路口")
    save(resident, page, 1, description="菜场门口")
    asked = save(resident, page, 1, description="学校门口")
    assert asked.status_code == 409 and "菜场门口" in shown(asked) and "学校门口" in shown(asked)
    revision = asked.context["revision"]
    typed = {"description": "学校门口", "draft-asked": "description "}
    theirs = save(resident, page, revision, **typed, **{"draft-mine.description": "0"})
    assert theirs.status_code == 302
    assert drafts.kept(Draft.objects.get()).answers == {"description": "菜场门口"}
    assert drafts.kept(Draft.objects.get()).disputed == {}
    save(resident, page, 1, description="学校门口")
    save(resident, page, revision + 2, **typed, **{"draft-mine.description": "1"})
    assert drafts.kept(Draft.objects.get()).answers == {"description": "学校门口"}


def test_who_has_not_signed_in_finds_it_in_the_same_browser(city: Any, client: Client) -> None:
    page = drawn(ANONYMOUS)
    answer = save(client, page, description="路口")
    assert answer.url == f"{AT}?draft={page.draft}&saved=1"
    cookie = answer.cookies[browsers.COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert client.get(f"/drafts/{page.draft}/").status_code == 302
    assert Client().get(f"/drafts/{page.draft}/").status_code == 404
    forged = Client()
    forged.cookies[browsers.COOKIE] = cookie.value.rpartition(":")[0] + ":forged"
    assert forged.get(f"/drafts/{page.draft}/").status_code == 404


def test_a_script_hears_that_the_session_has_ended_and_nothing_is_lost(city: Any, resident: Client) -> None:
    page = drawn(city.actor("resident"))
    resident.session.flush()
    answer = tell(resident, page, description="路口")
    assert answer.status_code == 401 and answer.json()["kept"] is True
    assert Aside.objects.count() == 1 and not Draft.objects.exists()


def test_a_form_of_an_ended_session_is_there_after_signing_in_and_not_for_another(city: Any, client: Client) -> None:
    page = drawn(city.actor("resident"))
    answer = save(client, page, description="路口")
    assert answer.url == f"/sign-in/?next=%2Fdrafts%2F{page.draft}%2F"
    enter(city, client, "agent")
    assert client.get(f"/drafts/{page.draft}/").status_code == 404
    assert "我的草稿" not in shown(client.get("/mine/"))
    enter(city, client, "resident")
    assert client.get(f"/drafts/{page.draft}/").url == f"{AT}?draft={page.draft}"
    assert "垃圾暴露" in shown(client.get("/mine/"))


def test_an_officials_form_is_kept_at_any_page_that_asks_to_sign_in(city: Any, client: Client) -> None:
    page = drawn(city.actor("acceptor"))
    typed = {"draft-page": pages.stamp(page), "draft-base": 0, "description": "路口"}
    assert client.post("/desk/report/", typed).url == f"/sign-in/?next=%2Fdrafts%2F{page.draft}%2F"
    assert Aside.objects.get().whose == city.account("acceptor").pk
    assert client.post("/desk/report/", {"description": "路口"}).url == "/sign-in/?next=%2Fdesk%2Freport%2F"
    assert Aside.objects.count() == 1


def test_another_persons_draft_is_absent_and_that_it_was_tried_is_kept(city: Any, resident: Client) -> None:
    page = drawn(city.actor("resident"))
    save(resident, page, description="路口")
    other = city.signed_in(Client(), "agent")
    for answer in (
        other.get(f"/drafts/{page.draft}/"),
        save(other, page, 1, description="x"),
        save(other, drawn(city.actor("agent"), page.draft), 1, description="x"),
        other.post(f"/drafts/{page.draft}/drop/"),
    ):
        assert answer.status_code == 404
    assert Entry.objects.filter(verb="security.foreign_tried", actor=city.actor("agent").id).exists()
    assert drafts.kept(Draft.objects.get()).answers == {"description": "路口"}


def test_what_is_no_page_of_ours_saves_nothing(city: Any, resident: Client) -> None:
    page = drawn(city.actor("resident"))
    forged = {"draft-page": pages.stamp(page)[:-3] + "abc", "description": "x"}
    assert resident.post(f"/drafts/{page.draft}/", forged).status_code == 404
    assert save(resident, page, name="x").status_code == 302
    other = drawn(city.actor("resident"))
    moved = {"draft-page": pages.stamp(page), "description": "x"}
    assert resident.post(f"/drafts/{other.draft}/", moved).status_code == 404
    nonsense = resident.post(f"/drafts/{page.draft}/", "[", content_type="application/json")
    assert nonsense.status_code == 422


def test_more_than_a_draft_holds_is_too_much(city: Any, resident: Client) -> None:
    page = drawn(city.actor("resident"))
    assert tell(resident, page, description="好" * 70_000).status_code == 413
    assert tell(resident, page, description="好" * 150_000).status_code == 413
    assert not Draft.objects.exists()


def test_a_sent_draft_says_so(city: Any, resident: Client) -> None:
    page = drawn(city.actor("resident"))
    save(resident, page, description="路口")
    actions.finish(page.draft, by=city.actor("resident"), at=city.now)
    answer = tell(resident, page, 1, description="学校")
    assert answer.status_code == 409 and "已经提交" in answer.json()["error"]


def report(city: Any, client: Client, address: str = AT, **typed: Any) -> Any:
    """Open the report form and press a button of it, with what the page carries."""
    page = shown(client.get(address))
    carried = {name: field(page, name) for name in ("act-key", "draft-page", "draft-base", "draft-asked")}
    return client.post(AT, carried | ({} if "report-go" in typed else {"draft-go": "save"}) | typed)


def picture() -> SimpleUploadedFile:
    photo = io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(photo, "JPEG")
    return SimpleUploadedFile("IMG_1.jpg", photo.getvalue(), "image/jpeg")


def test_a_report_is_saved_half_filled_in_and_sent_another_day_from_elsewhere(city: Any, resident: Client) -> None:
    lon, lat = city.spot()
    typed = {"description": "路口有一堆垃圾，气味很大。", "photos": picture(), "contact-name": "林晓舟"}
    assert report(city, resident, **typed).url == "/mine/#drafts"
    elsewhere = city.signed_in(Client(), "resident")
    assert "您有一份没有写完的" in shown(elsewhere.get(AT))
    begun = Draft.objects.get()
    page = shown(elsewhere.get(f"{AT}?draft={begun.pk}"))
    (photo,) = drafts.kept(begun).answers["photos"]
    assert "路口有一堆垃圾" in page and "林晓舟" in page and str(photo) in page
    answer = report(
        city, elsewhere, f"{AT}?draft={begun.pk}", description="路口有一堆垃圾，气味很大。", photos=photo,
        **{"place-lon": lon, "place-lat": lat, "report-go": "send"},
    )  # fmt: skip
    assert answer.status_code == 302 and Case.objects.count() == 1
    begun.refresh_from_db()
    assert begun.finished and begun.sealed == ""
    assert str(Attachment.objects.get().document) == photo
    assert "您有一份没有写完的" not in shown(elsewhere.get(AT))


def test_a_draft_says_nothing_about_whose_a_photo_is(city: Any, resident: Client) -> None:
    others = city.photo(city.actor("agent"))
    page = drawn(city.actor("resident"))
    tell(resident, page, photos=[others])
    assert others not in shown(resident.get(f"{AT}?draft={page.draft}"))
    assert resident.get(f"/documents/{others}/thumb/").status_code == 404


def test_who_has_not_signed_in_goes_on_with_a_report_in_the_same_browser(city: Any, client: Client) -> None:
    answer = report(city, client, description="路口有一堆垃圾，气味很大。")
    page = shown(client.get(answer.url))
    assert "已经保存" in page and "路口有一堆垃圾" in page
    assert "您有一份没有写完的" in shown(client.get(AT)) and "您有一份没有写完的" not in shown(Client().get(AT))


def test_a_report_whose_session_has_ended_asks_to_sign_in_and_is_not_sent_without_a_name(
    city: Any, resident: Client
) -> None:
    page = shown(resident.get(AT))
    carried = {name: field(page, name) for name in ("act-key", "draft-page", "draft-base", "draft-asked")}
    resident.session.flush()
    answer = resident.post(AT, carried | {"report-go": "send", "description": "路口有一堆垃圾，气味很大。"})
    assert answer.url.startswith("/sign-in/?next=%2Fdrafts%2F") and not Case.objects.exists()
    enter(city, resident, "resident")
    assert "路口有一堆垃圾" in shown(resident.get(f"/drafts/{field(page, 'act-key')}/", follow=True))


def test_a_page_from_before_signing_in_anew_is_kept_though_its_token_is_an_old_one(city: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    page = drawn(city.actor("resident"))
    typed = {"draft-page": pages.stamp(page), "draft-base": 0, "description": "路口", "report-go": "send"}
    assert client.post(AT, typed).url == f"/sign-in/?next=%2Fdrafts%2F{page.draft}%2F"
    city.signed_in(client, "resident")
    assert client.post(AT, typed | {"description": "菜场门口"}).url == f"/drafts/{page.draft}/"
    assert not Case.objects.exists() and Aside.objects.count() == 2
    asked = shown(client.get(f"/drafts/{page.draft}/"))
    assert "路口" in asked and "菜场门口" in asked, "which of the two is right is asked before one goes on"
    kept = drafts.kept(Draft.objects.get())
    assert {kept.answers["description"], *kept.disputed["description"]} == {"路口", "菜场门口"}
    assert client.post(AT, {"description": "路口"}).status_code == 403


def test_a_forged_form_is_never_done(city: Any) -> None:
    victim = city.signed_in(Client(enforce_csrf_checks=True), "resident")
    typed = {"draft-page": pages.stamp(drawn(city.actor("agent"))), "draft-base": 0, "description": "路口"}
    assert victim.post(AT, typed).status_code == 302
    victim.get("/mine/")
    assert not Draft.objects.exists() and not Case.objects.exists()


def test_in_elder_mode_one_goes_on_with_the_step_one_was_at(city: Any, resident: Client) -> None:
    resident.cookies["mode"] = "elder"
    report(city, resident, description="路口有一堆垃圾，气味很大。", **{"report-step": "own-contact"})
    page = shown(resident.get(f"{AT}?draft={Draft.objects.get().pk}"))
    assert field(page, "report-step") == "own-contact" and "路口有一堆垃圾" in page
