"""Forms of officials are kept half filled in: those of tasks, and of what they start."""

import re
from typing import Any

import pytest
from django.test import Client

from zhongshu.channels.presenters.tests.carried import SAVE, carried, enter, field
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.models import Case
from zhongshu.engine.cases.queries import one
from zhongshu.engine.cases.rules.starting import Start
from zhongshu.engine.cases.tests import asked
from zhongshu.engine.intake.models import Aside, Draft


@pytest.fixture
def task(city: Any, client: Client) -> tuple[Client, str, str]:
    """The client of who has a task in hand, the page of its case, and where its form goes."""
    opened = city.report(source="resident", by="resident", name="林晓舟", phone="13900000001")
    waiting = one.view(opened.case_id).open_tasks[0]
    cases.claim(opened.case_id, waiting.token, by=city.actor("acceptor"), at=city.now)
    page = f"/desk/cases/{opened.number}/"
    return city.signed_in(client, "acceptor"), page, f"{page}tasks/{waiting.token}/complete/"


def test_a_task_is_saved_half_done_and_found_again_when_its_case_is_opened(city: Any, task: Any) -> None:
    client, page, form = task
    answer = client.post(form, carried(client.get(page).text) | SAVE | {"reason": "等一份材料"})
    assert answer.url.startswith(page) and "saved=1" in answer.url
    assert "已经保存" in client.get(answer.url).text
    elsewhere = city.signed_in(Client(), "acceptor").get(page).text
    assert "等一份材料" in elsewhere and "可以接着填写" in elsewhere
    begun = Draft.objects.get()
    assert begun.case_id and client.get(f"/drafts/{begun.pk}/").url.startswith(f"{page}?task=")


def test_two_tabs_of_a_task_are_of_one_draft_before_anything_is_saved(task: Any) -> None:
    client, page, form = task
    first, second = carried(client.get(page).text), carried(client.get(page).text)
    client.post(form, first | SAVE | {"reason": "等一份材料"})
    disputed = client.post(form, second | SAVE | {"reason": "等现场照片"})
    assert Draft.objects.count() == 1 and disputed.url == f"/drafts/{Draft.objects.get().pk}/"
    assert "等现场照片" in client.get(disputed.url).text
    assert "请先选定" in client.get(page).text


def test_what_is_typed_before_a_task_is_claimed_is_kept_and_there_when_it_is(city: Any, client: Client) -> None:
    opened = city.report(source="resident", by="resident")
    page = f"/desk/cases/{opened.number}/"
    claim = f"{page}tasks/{one.view(opened.case_id).open_tasks[0].token}/claim/"
    city.signed_in(client, "acceptor")
    client.post(claim.replace("claim", "complete"), carried(client.get(page).text) | SAVE | {"reason": "等一份材料"})
    assert "等一份材料" in client.get(page).text
    claimed = client.post(claim, carried(client.get(page).text) | {"revision": 1, "reason": "等两份材料"})
    assert "等两份材料" in client.get(claimed.url).text and "由您办理" in client.get(page).text


def test_who_comes_second_to_claim_reads_what_they_had_typed(city: Any, client: Client) -> None:
    opened = city.report(source="resident", by="resident")
    page = f"/desk/cases/{opened.number}/"
    token = one.view(opened.case_id).open_tasks[0].token
    late = carried(city.signed_in(client, "acceptor").get(page).text) | {"revision": 1, "reason": "等一份材料"}
    cases.claim(opened.case_id, token, by=city.actor("acceptor11"), at=city.now)
    refused = client.post(f"{page}tasks/{token}/claim/", late)
    assert refused.status_code == 409 and "等一份材料" in refused.text
    assert not Draft.objects.exists()


def test_claiming_with_nothing_typed_begins_no_draft(city: Any, client: Client) -> None:
    opened = city.report(source="resident", by="resident")
    page = f"/desk/cases/{opened.number}/"
    form = carried(city.signed_in(client, "acceptor").get(page).text) | {"reason": ""}
    token = one.view(opened.case_id).open_tasks[0].token
    assert client.post(f"{page}tasks/{token}/claim/", form).url == page and not Draft.objects.exists()


def test_who_has_not_the_task_in_hand_keeps_nothing_of_it(city: Any, task: Any) -> None:
    client, page, form = task
    client.post(form, carried(client.get(page).text) | SAVE | {"reason": "等一份材料"})
    other = city.signed_in(Client(), "supervisor").get(page).text
    assert "draft-page" not in other and "等一份材料" not in other


def test_another_form_of_the_page_that_is_refused_leaves_what_was_kept_in_the_task_s(task: Any) -> None:
    client, page, form = task
    client.post(form, carried(client.get(page).text) | SAVE | {"reason": "等一份材料"})
    refused = client.post(form.replace("complete", "release"), {"reason": ""})
    assert refused.status_code == 422 and "等一份材料" in refused.text
    assert carried(refused.text)["draft-base"] == "1"


def test_doing_the_task_closes_what_was_kept_of_it(task: Any) -> None:
    client, page, form = task
    client.post(form, carried(client.get(page).text) | SAVE | {"reason": "等一份材料"})
    done = client.post(form, carried(client.get(page).text) | {"accepted": "true"})
    assert done.url.startswith("/desk/?done="), done
    assert Draft.objects.get().finished


def test_a_task_refused_leaves_what_was_kept(task: Any) -> None:
    client, page, form = task
    client.post(form, carried(client.get(page).text) | SAVE | {"reason": "等一份材料"})
    assert client.post(form, carried(client.get(page).text) | {"accepted": ""}).status_code == 422
    assert Draft.objects.get().finished is None


def test_a_form_sent_after_the_session_has_ended_is_there_after_signing_in(city: Any, task: Any) -> None:
    client, page, form = task
    typed = carried(client.get(page).text) | {"reason": "等一份材料"}
    client.session.flush()
    answer = client.post(form, typed)
    assert answer.url.startswith("/sign-in/?next=%2Fdrafts%2F") and Aside.objects.count() == 1
    enter(city, client, "acceptor")
    (begun,) = re.findall(r"drafts%2F([0-9a-f-]+)", answer.url)
    assert "等一份材料" in client.get(f"/drafts/{begun}/", follow=True).text


def test_what_an_official_starts_is_saved_offered_again_and_closed_when_it_is_started(
    city: Any, client: Client
) -> None:
    asked.kept(city.now)
    city.signed_in(client, "supervisor")
    address = "/desk/start/story-asking/"
    keys = carried(client.get(address).text, "own-key")
    answer = client.post(address, keys | SAVE | {"subject": "夜间施工怎么管"})
    assert "saved=1" in answer.url and "夜间施工怎么管" in client.get(answer.url).text
    assert "您有一份没有写完的" in client.get(address).text
    begun = Draft.objects.get()
    page = client.get(f"{address}?draft={begun.pk}").text
    whole = {"subject": "夜间施工怎么管", "bodies": asked.bureaus(2), "by": "2099-01-01"}
    client.post(address, carried(page, "own-key") | whole | {"own-go": "send"})
    begun.refresh_from_db()
    assert begun.finished and Case.objects.filter(scenario="story-asking").count() == 1


CALL = "/desk/report/?category=1101"


def test_a_report_for_a_caller_is_saved_offered_again_and_closed_when_it_is_sent(city: Any, client: Client) -> None:
    city.signed_in(client, "acceptor")
    spot = "point:{},{}".format(*city.spot())
    typed = {"description": "小区门口堆满垃圾。", "own-caller": "王芳", "own-where": "路", "own-spot": spot}
    answer = client.post(CALL, carried(client.get(CALL).text, "own-key") | SAVE | typed)
    assert "saved=1" in answer.url and "已经保存" in client.get(answer.url).text
    assert "您有一份没有写完的" in client.get(CALL).text
    begun = Draft.objects.get()
    address = client.get(f"/drafts/{begun.pk}/").url
    page = client.get(address).text
    assert "小区门口堆满垃圾。" in page and 'value="王芳"' in page and field(page, "own-key") == str(begun.pk)
    sent = carried(page, "own-key") | typed | {"own-go": "send"}
    assert "查询码" in client.post(CALL, sent).text and "没有重复登记" in client.post(CALL, sent).text
    begun.refresh_from_db()
    assert begun.finished and Case.objects.count() == 1 and "您有一份没有写完的" not in client.get(CALL).text


def test_a_report_for_a_caller_is_there_after_signing_in_again(city: Any, client: Client) -> None:
    form = carried(city.signed_in(client, "acceptor").get(CALL).text, "own-key")
    client.session.flush()
    answer = client.post(CALL, form | {"description": "小区门口堆满垃圾。", "own-phone": "13900000001"})
    (begun,) = re.findall(r"drafts%2F([0-9a-f-]+)", answer.url)
    enter(city, client, "acceptor")
    page = client.get(f"/drafts/{begun}/", follow=True).text
    assert "小区门口堆满垃圾。" in page and 'value="13900000001"' in page


def test_what_two_pages_say_of_a_caller_is_named_as_the_page_names_it(city: Any, client: Client) -> None:
    city.signed_in(client, "acceptor")
    begun = client.post(CALL, carried(client.get(CALL).text, "own-key") | SAVE | {"own-caller": "王"}).url
    first, second = (carried(client.get(begun).text, "own-key") for _ in range(2))
    client.post(CALL, first | SAVE | {"own-caller": "王芳"})
    asked_which = client.post(CALL, second | SAVE | {"own-caller": "王方"}, follow=True).text
    assert "另一个页面把“来电人姓名”改成了“王芳”。" in asked_which


def test_the_desk_says_where_an_answer_is_from_and_that_it_was_changed(city: Any, client: Client) -> None:
    known = {"source": "来自实名信息", "source_en": "From your verified record", "as_of": "2026-03-02T09:00:00+08:00"}
    origins = {"subject": known | {"changed": True}, "by": known | {"changed": False}}
    typed = {"subject": "夜间施工怎么管", "bodies": asked.bureaus(1), "by": "2099-01-01"}
    start, by = Start("asking-known", "official", typed, origins=origins), city.actor("supervisor")
    opened = cases.start(asked.kept(city.now), start, by=by, at=city.now)
    page = city.signed_in(client, "supervisor").get(f"/desk/cases/{opened.number}/").text
    assert page.count("来自实名信息（2026-03-02）") == 2 and page.count("申请人改过") == 1
