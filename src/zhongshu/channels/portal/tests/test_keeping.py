"""An application is kept half filled in: found again, carried over to a newer form, offered what is known."""

import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from zhongshu.base.journal import caches
from zhongshu.channels.presenters.tests.carried import SAVE, field
from zhongshu.engine.cases.models import Attachment, Case
from zhongshu.engine.cases.models import Scenario as Stored
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.tests import asked
from zhongshu.engine.intake.models import Draft
from zhongshu.engine.intake.queries import drafts
from zhongshu.registers.documents.tests.test_files import pdf

ONE = "/start/story-asking/"


def publish(city: Any, version: int = 1, **questions: Any) -> None:
    """The form in a version: whom to ask and by when, with these questions besides."""
    files = asked.files(by='"applicant"', roles="")
    form = json.loads(files["form.json"])
    form["properties"] |= questions
    files["form.json"] = json.dumps(form)
    Stored.objects.create(
        code="story-asking", version=version, digest=f"story-asking-{version}", files=files, loaded=city.now
    )
    caches.forget_all()
    scenarios.version.cache_clear()


def text(title: str, **more: Any) -> dict[str, Any]:
    return {"type": "string", "title": title, "x-ui": {"title_en": title, **more}}


PLANS = {
    "type": "array", "title": "图纸", "maxItems": 3, "items": {"type": "object", "properties": {
        "name": text("名称"), "plan": {"type": "string", "format": "file", "title": "文件"},
    }},
}  # fmt: skip


CARRIED = ("act-key", "draft-page", "draft-base", "draft-asked")


def press(client: Client, button: dict[str, str], address: str = ONE, **typed: Any) -> Any:
    """Open the form and press a button of it, with what the page carries."""
    page = client.get(address).text
    offers = {"draft-offers": field(page, "draft-offers")} if "draft-offers" in page else {}
    return client.post(ONE, {name: field(page, name) for name in CARRIED} | offers | button | typed)


SEND = {"report-go": "send"}


def whole() -> dict[str, Any]:
    return {"subject": "想开一家店", "bodies": asked.bureaus(1), "by": "2099-01-01"}


@pytest.fixture
def resident(city: Any, client: Client) -> Client:
    return city.signed_in(client, "resident")


def test_an_application_is_saved_half_filled_in_and_sent_from_elsewhere(city: Any, resident: Client) -> None:
    publish(city)
    assert press(resident, SAVE, subject="想开一家店").url == "/mine/#drafts"
    assert "征询单位意见" in resident.get("/mine/").text
    elsewhere = city.signed_in(Client(), "resident")
    assert "您有一份没有写完的" in elsewhere.get(ONE).text
    begun = Draft.objects.get()
    address = elsewhere.get(f"/drafts/{begun.pk}/").url
    page = elsewhere.get(address).text
    assert 'value="想开一家店"' in page and "可以接着填写" in page
    assert press(elsewhere, SEND, address, **whole()).status_code == 302
    begun.refresh_from_db()
    assert begun.finished and Case.objects.filter(scenario="story-asking").count() == 1
    assert "您有一份没有写完的" not in elsewhere.get(ONE).text


def test_a_draft_of_another_form_is_no_draft_of_this_one(city: Any, resident: Client) -> None:
    publish(city)
    press(resident, SAVE, subject="想开一家店")
    assert resident.get(f"/report/1101/?draft={Draft.objects.get().pk}").status_code == 404


def test_a_newer_form_says_what_changed_and_keeps_what_fits(city: Any, resident: Client) -> None:
    publish(city, road=text("哪条路"), shop=text("店名"))
    press(resident, SAVE, subject="想开一家店", road="海风路", shop="晓舟书店")
    begun = Draft.objects.get()
    publish(city, 2, shop=text("店铺名称"), area={"type": "integer", "title": "面积"})
    address = f"{ONE}?draft={begun.pk}"
    page = resident.get(address).text
    assert "这张表改过了" in page and "哪条路：海风路" in page
    assert "新增的问题：面积" in page and "再看一遍：店铺名称" in page
    assert 'value="想开一家店"' in page and 'value="晓舟书店"' in page
    assert resident.get(address).text.count("这张表改过了") == 1, "looking changes nothing"
    press(resident, SAVE, address, subject="想开一家店", shop="晓舟书店", area="60")
    begun.refresh_from_db()
    assert begun.version == 2 and drafts.kept(begun).answers["area"] == "60"
    assert "这张表改过了" not in resident.get(address).text


def test_what_two_tabs_have_answered_differently_is_chosen_before_it_is_sent(city: Any, resident: Client) -> None:
    publish(city)
    press(resident, SAVE, subject="开店")
    begun = Draft.objects.get()
    address = f"{ONE}?draft={begun.pk}"
    first, second = resident.get(address).text, resident.get(address).text
    carried = [{name: field(page, name) for name in CARRIED} for page in (first, second)]
    assert resident.post(ONE, carried[0] | SAVE | {"subject": "开书店"}).status_code == 302
    assert resident.post(ONE, carried[1] | SAVE | {"subject": "开花店"}).status_code == 409
    assert "请先选定" in resident.get(address).text
    refused = resident.post(ONE, carried[1] | SEND | whole() | {"subject": "开花店"})
    assert refused.status_code == 409 and not Case.objects.filter(scenario="story-asking").exists()
    choice = resident.get(f"/drafts/{begun.pk}/").text
    assert "开书店" in choice and "开花店" in choice
    chosen = {"draft-page": field(choice, "draft-page"), "draft-base": field(choice, "draft-base"), "subject": "开花店"}
    assert resident.post(f"/drafts/{begun.pk}/", chosen | {"draft-mine.subject": "1"}).status_code == 302
    assert press(resident, SEND, address, **whole() | {"subject": "开花店"}).status_code == 302


def test_a_row_in_which_nothing_was_typed_is_asked_again(city: Any, resident: Client) -> None:
    publish(city, plans=PLANS)
    again = press(resident, SEND, **{"plans": ["", "0"], "plans.0.name": " "}).text
    assert '<div data-question="plans.0.name">' in again


def test_a_dispute_calls_a_question_by_its_place(city: Any, resident: Client) -> None:
    publish(city, plans=PLANS, name=text("申请人"))
    press(resident, SAVE, name="林", **{"plans": ["", "0"], "plans.0.name": "一层"})
    address = f"{ONE}?draft={Draft.objects.get().pk}"
    carried = {name: field(resident.get(address).text, name) for name in CARRIED}
    rows = {"plans": ["", "0"], "subject": ""}
    resident.post(ONE, carried | SAVE | rows | {"name": "林晓舟", "plans.0.name": "二层"})
    asked_ = resident.post(ONE, carried | SAVE | rows | {"name": "林小舟", "plans.0.name": "三层"}).text
    assert "把“申请人”改成了“林晓舟”" in asked_ and "把“图纸 1 · 名称”改成了“二层”" in asked_


def test_going_on_keeps_what_was_typed_and_every_step_has_an_address(city: Any, resident: Client) -> None:
    publish(city)
    resident.cookies["mode"] = "elder"
    onward = {"report-go": "next", "report-step": "subject"}
    second = press(resident, onward, subject="想开一家店").text
    assert "第 2 步，共 3 步" in second and "这里是您" not in second
    begun = Draft.objects.get()
    assert drafts.kept(begun).answers["subject"] == "想开一家店"
    address = f"{ONE}?draft={begun.pk}&step="
    assert "第 1 步，共 3 步" in resident.get(f"{address}subject").text
    assert "第 2 步，共 3 步" in resident.get(f"{address}bodies").text


def test_what_is_refused_is_kept_too(city: Any, resident: Client) -> None:
    publish(city)
    assert press(resident, SEND, subject="想开一家店").status_code == 422
    assert drafts.kept(Draft.objects.get()).answers["subject"] == "想开一家店"


def test_what_another_page_has_answered_is_seen_before_sending(city: Any, resident: Client) -> None:
    publish(city, shop=text("店名"))
    press(resident, SAVE, subject="想开一家店", shop="")
    address = f"{ONE}?draft={Draft.objects.get().pk}"
    first, second = ({name: field(page, name) for name in CARRIED} for page in (resident.get(address).text,) * 2)
    resident.post(ONE, first | SAVE | {"subject": "想开一家店", "shop": "晓舟书店"})
    again = resident.post(ONE, second | SEND | whole() | {"shop": ""})
    assert "另一个页面还改了其他内容" in again.text and 'value="晓舟书店"' in again.text
    assert not Case.objects.filter(scenario="story-asking").exists()
    carried = {name: field(again.text, name) for name in CARRIED}
    assert resident.post(ONE, carried | SEND | whole() | {"shop": "晓舟书店"}).status_code == 302


def test_a_form_revised_under_its_page_is_told_before_it_is_sent(city: Any, resident: Client) -> None:
    publish(city, road=text("哪条路"))
    page = resident.get(ONE).text
    carried = {name: field(page, name) for name in CARRIED}
    publish(city, 2, area={"type": "integer", "title": "面积"})
    told = resident.post(ONE, carried | SEND | whole() | {"road": "海风路"})
    assert told.status_code == 200 and "哪条路：海风路" in told.text and "新增的问题：面积" in told.text
    assert 'value="想开一家店"' in told.text and not Case.objects.filter(scenario="story-asking").exists()
    carried = {name: field(told.text, name) for name in CARRIED}
    assert resident.post(ONE, carried | SEND | whole() | {"area": "60"}).status_code == 302
    assert Case.objects.get(scenario="story-asking").version == 2


def test_what_is_known_is_offered_with_where_it_is_from_and_marked_where_it_was_changed(
    city: Any, resident: Client
) -> None:
    publish(city, who=text("申请人", source="person.name"), phone=text("电话", source="person.phone"))
    person = city.account("resident").person
    page = resident.get(ONE).text
    assert f'value="{person.name}"' in page and 'id="field-who-source">来自' in page
    again = press(resident, SEND, who=person.name, phone="13911112222")
    assert again.status_code == 422
    assert 'id="field-who-source">来自' in again.text and "field-phone-source" not in again.text
    assert press(resident, SEND, who=person.name, phone="13911112222", **whole()).status_code == 302
    case = Case.objects.get(scenario="story-asking")
    assert {name: one["changed"] for name, one in case.data["origins"].items()} == {"who": False, "phone": True}


def test_nothing_is_offered_over_what_was_typed(city: Any, resident: Client) -> None:
    publish(city, who=text("申请人", source="person.name"))
    press(resident, SAVE, who="")
    page = resident.get(f"{ONE}?draft={Draft.objects.get().pk}").text
    assert re.search(r'name="who"[^>]*value=""', page)


def test_files_in_rows_are_kept_with_their_names_and_come_with_the_case(city: Any, resident: Client) -> None:
    publish(city, plans=PLANS)
    plan = SimpleUploadedFile("总平面图.pdf", pdf(), "application/pdf")
    rows = {"plans": ["", "0", "2"], "plans.0.name": "一层", "plans.2.name": "二层"}
    assert press(resident, SAVE, **rows, **{"plans.2.plan": plan}).status_code == 302
    begun = Draft.objects.get()
    page = resident.get(f"{ONE}?draft={begun.pk}").text
    assert "总平面图.pdf" in page and 'name="plans.1.plan"' in page
    document = field(page, "plans.1.plan")
    rows = {"plans": ["", "0", "1"], "plans.0.name": "一层", "plans.1.name": "二层", "plans.1.plan": document}
    assert press(resident, SEND, f"{ONE}?draft={begun.pk}", **rows, **whole()).status_code == 302
    case = Case.objects.get(scenario="story-asking")
    assert case.data["answers"]["plans"][1] == {"name": "二层", "plan": document}
    assert [str(one.document) for one in Attachment.objects.filter(case_id=case.pk)] == [document]


def test_one_file_too_many_in_a_row_is_told_beside_it(city: Any, resident: Client) -> None:
    publish(city, plans=PLANS)
    two = [SimpleUploadedFile(f"{n}.pdf", pdf(), "application/pdf") for n in range(2)]
    page = press(resident, SEND, **{"plans": ["", "0"], "plans.0.plan": two})
    assert page.status_code == 422 and 'id="field-plans.0.plan-wrong"' in page.text and "0.pdf" in page.text


def test_a_photo_is_sent_ahead_as_a_photo(city: Any, resident: Client) -> None:
    from zhongshu.channels.portal.tests.test_drafts import picture

    sent = resident.post("/documents/", {"file": picture(), "kind": "photo"}).json()
    assert sent["address"].endswith("/thumb/")


def test_the_plan_of_a_form_is_its_versions_for_good(city: Any, client: Client) -> None:
    publish(city, shop=text("店名", visible='subject = "开店"'))
    answer = client.get("/plan/story-asking/1/report/")
    assert "immutable" in answer["Cache-Control"]
    shop = next(turn for turn in answer.json()["turns"] if turn["name"] == "shop")
    assert shop["visible"][0]["names"] == ["subject"]
    assert client.get("/plan/story-asking/1/collect/").status_code == 404
    assert client.get("/plan/story-asking/9/report/").status_code == 404
