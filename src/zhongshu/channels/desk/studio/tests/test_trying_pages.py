"""A draft tried on its pages: begun, taken on step by step, taken back, kept as an example."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhongshu.base.http.refusals import Conflict
from zhongshu.engine.cases.tests.drawn import files
from zhongshu.engine.processes.tests.drawing import END, START, catch, message, parallel, path, signal, task
from zhongshu.engine.studio import actions as studio
from zhongshu.engine.studio.actions import Called, trying
from zhongshu.engine.studio.models import Draft, Trial
from zhongshu.engine.studio.queries import drafts, trials
from zhongshu.engine.studio.rules import trial as paper
from zhongshu.registers.people.models import Body

MADE_UP = {"own-town": "made_up", "own-at": "2026-03-02T09:00"}
TWELVE = [str(body) for body in range(101, 113)]
QUESTION = {
    "subject": "夜间施工怎么管", "description": "夜间施工由谁批准，谁来查处？", "bodies": TWELVE, "by": "2026-03-06",
    "own-source": "official",
}  # fmt: skip


@pytest.fixture
def author(city, client):
    return city.signed_in(client, "administrator")


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def drafted(city, pattern="asking"):
    by = city.actor("administrator")
    return studio.begin_from_pattern(
        pattern, Called("our-own", "我们的场景", "Our own", "OO"), by.body, by=by, at=city.now
    )


def noise(city):
    by = city.actor("administrator")
    return studio.begin_from_scenario("noise", by.body, by=by, at=city.now)


def where(draft, trial=None):
    return f"/desk/studio/{draft.pk}/trial/" + (f"{trial.pk}/" if trial else "")


def begun(author, draft, **typed):
    answer = author.post(where(draft), {"own-go": "begin", **MADE_UP, **typed})
    assert answer.status_code == 302, text(answer)
    return Trial.objects.get(draft=draft)


def did(author, trial, go, **typed):
    """What the page answers to a button."""
    turn = Trial.objects.get(pk=trial.pk).turn
    sent = {"own-go": go, "own-turn": turn} | {_own(name): value for name, value in typed.items()}
    return author.post(where(trial.draft, trial), sent)


def _own(name):
    return name.replace("own_", "own-") if name.startswith("own_") else name


def done(author, trial, go, **typed):
    answer = did(author, trial, go, **typed)
    assert answer.status_code == 302, text(answer)
    return played(trial)


def played(trial):
    held = Trial.objects.get(pk=trial.pk)
    return trials.played(held, trials.scenario(drafts.files(held.draft))).trial


def test_twelve_bodies_are_asked_one_answers_and_the_clock_closes_the_asking(city, author):
    draft = drafted(city)
    assert "还没有试过" in text(author.get(where(draft)))
    trial = begun(author, draft, **QUESTION)
    page = text(author.get(where(draft, trial)))
    assert page.count("处置人员") >= 12 and "城市管理局" in page and "2026年3月6日 18:00" in page
    token = played(trial).held.tasks[0].token
    one = done(author, trial, "complete", own_token=token, agree="true", note="由我们批准")
    assert len(one.open) == 11
    later = done(author, trial, "push", own_push="due")
    while len(later.open) > 1:
        later = done(author, trial, "push", own_push="due")
    assert later.open == ("collect",)
    page = text(author.get(where(draft, trial)))
    assert "汇总" in page and "不用再办" in page and "时间到" in page


def test_the_form_refuses_beside_its_question_and_keeps_what_was_typed(city, author):
    draft = drafted(city)
    answer = author.post(
        where(draft), {"own-go": "begin", **MADE_UP, **QUESTION, "by": "", "subject": "夜间施工怎么管"}
    )
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'id="field-by-wrong"' in html and 'value="夜间施工怎么管"' in html
    assert re.search(r'value="112"[^>]* checked', html), "the bodies of the made-up town stay chosen"
    assert not Trial.objects.exists()


APPLIED = {"subject": "占道施工许可", "description": "占用人行道三天。", "address": "解放路", "own-source": "applicant"}


def applied(city, author):
    return begun(author, drafted(city, "approval"), **APPLIED)


def token(trial):
    (task,) = played(trial).held.tasks
    return task.token


def test_the_applicant_is_asked_and_supplies_and_the_clock_stands_still_meanwhile(city, author):
    trial = applied(city, author)
    refused = did(author, trial, "ask", own_token=token(trial), own_what=["法人证明"], own_why=[""])
    assert refused.status_code == 422 and 'value="法人证明"' in refused.content.decode()
    assert "每一项都要写明" in text(refused) and 'href="#ask-items"' in refused.content.decode()
    asked = done(author, trial, "ask", own_token=token(trial), own_what=["法人证明", ""], own_why=["没有附上", ""])
    assert asked.waiting and asked.held.stopped
    page = text(author.get(where(trial.draft, trial)))
    assert "申请人补正" in page and "停止计时" in page and "申请人会收到：您的“占道施工许可”" in page
    empty = did(author, trial, "supply", text_1="")
    assert empty.status_code == 422 and "请填写这一项，或附上照片" in text(empty)
    (answer,) = done(author, trial, "supply", **{"own-attached": "photos_1"}).asked[0].answers
    assert len(answer.photos) == 1, "a photo is a box to tick"


def test_nobody_waits_any_longer_or_the_case_counts_as_withdrawn(city, author):
    trial = applied(city, author)
    done(author, trial, "ask", own_token=token(trial), own_what=["证明"], own_why=["没有附上"])
    dropped = did(author, trial, "drop", own_reason="")
    assert dropped.status_code == 422 and 'href="#drop-reason"' in dropped.content.decode()
    assert done(author, trial, "drop", own_reason="电话里说清了").waiting is None
    done(author, trial, "back")
    lapsed = done(author, trial, "push", own_push="moment", own_moment="2026-06-01T09:00")
    assert lapsed.asked[0].ending == "lapsed"
    assert "逾期未补正，按撤回处理" in text(author.get(where(trial.draft, trial)))
    assert done(author, trial, "deem", own_reason="逾期没有补正").held.phase == "withdrawn"


def test_a_case_is_decided_by_another_goes_back_and_is_opened_again(city, author):
    trial = applied(city, author)
    done(author, trial, "complete", own_token=token(trial), accepted="true", body="101")
    done(author, trial, "complete", own_token=token(trial), opinion="grant", facts="材料齐全")
    back = done(author, trial, "return", own_token=token(trial), own_to="examine", own_reason="少了现场照片")
    assert back.open == ("examine",)
    done(author, trial, "extend", own_token=token(trial), own_amount="2")
    done(author, trial, "complete", own_token=token(trial), opinion="grant", facts="已到现场", **{"own-away": ""})
    html = author.get(where(trial.draft, trial)).content.decode()
    leaders = re.findall(r'<option value="([^"]*)">(城市管理局领导.)</option>', html)
    assert [name for _, name in leaders] == ["城市管理局领导甲", "城市管理局领导乙"]
    decided = done(author, trial, "complete", own_token=token(trial), own_by=leaders[1][0], result="granted")
    assert decided.held.data["decide"]["by"] == leaders[1][0]
    assert done(author, trial, "complete", own_token=token(trial), how="online").held.closed
    again = done(author, trial, "reopen", own_to="deliver", own_reason="没有收到")
    assert again.open == ("deliver",) and again.held.closed is None


def test_a_case_stands_still_goes_on_and_ends_early(city, author):
    trial = applied(city, author)
    assert done(author, trial, "suspend", own_reason="等专家意见").held.stopped
    assert done(author, trial, "resume").held.stopped is None
    assert done(author, trial, "withdraw", own_reason="不办了").held.phase == "withdrawn"
    assert "没有什么在等" in text(author.get(where(trial.draft, trial)))
    done(author, trial, "back")
    assert done(author, trial, "cancel", own_reason="重复了").held.phase == "cancelled"
    late = did(author, trial, "withdraw", own_reason="不办了")
    assert late.status_code == 409 and "已经办结" in text(late)


def test_the_clock_goes_on_by_an_hour_a_working_day_or_to_a_moment_never_back(city, author):
    trial = applied(city, author)
    assert done(author, trial, "push", own_push="hour").at.isoformat() == "2026-03-02T10:00:00+08:00"
    assert done(author, trial, "push", own_push="day").at.isoformat() == "2026-03-03T09:00:00+08:00"
    assert done(author, trial, "push", own_push="moment", own_moment="2026-03-06T20:00").at.hour == 20
    assert done(author, trial, "push", own_push="day").at.isoformat() == "2026-03-09T09:00:00+08:00", "over a weekend"
    early = did(author, trial, "push", own_push="moment", own_moment="2026-03-01T09:00")
    assert early.status_code == 409 and "时钟只能往后推" in text(early)
    assert 'value="2026-03-01T09:00"' in early.content.decode()
    assert did(author, trial, "push", own_push="moment", own_moment="soon").status_code == 422


def test_an_automatic_step_is_chosen_for_and_what_was_typed_is_not_asked_again(city, author):
    draft, body = noise(city), Body.objects.filter(kind="bureau", ended=None).order_by("pk")[0]
    typed = {"own-go": "begin", "own-at": "2026-03-02T09:00", "own-source": "resident", "description": "夜里施工吵人"}
    answer = author.post(where(draft), {**typed, "own-town": "city"})
    assert answer.status_code == 302, text(answer)
    trial = Trial.objects.get()
    asked = did(author, trial, "complete", own_token=token(trial), accepted="true")
    assert asked.status_code == 422 and "自动环节答复什么" in text(asked)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', asked.content.decode()))
    assert hidden["accepted"] == "true" and body.name in text(asked)
    sent = hidden | {"own-go": "complete", "own-turn": "1", "own-answer-dispatch": str(body.pk)}
    assert author.post(where(draft, trial), sent).status_code == 302
    assert played(trial).held.body == body.pk
    assert body.name in text(author.get(where(draft, trial)))
    later = done(author, trial, "choose", **{"own-answer-dispatch": "nobody"})
    assert later.outcomes["dispatch"].answer["refused"] is True
    wrong = did(author, trial, "choose", **{"own-answer-dispatch": "999999"})
    assert wrong.status_code == 422 and 'href="#own-answer-dispatch"' in wrong.content.decode()


def test_what_is_awaited_from_outside_comes_at_a_button(city, author):
    by = city.actor("administrator")
    made = files(
        START, parallel("both"), catch("paid", message("payment")), catch("dry", signal("flood-over")), task("a"),
        task("b"), END, path("start", "both", "paid", "a", "end"), path("both", "dry", "b", "end"),
        tasks={"a": 'role = "handler"', "b": 'role = "handler"'},
    )  # fmt: skip
    trial = begun(author, studio.begin_new(made, by.body, name="x", by=by, at=city.now), **{"own-source": "resident"})
    page = text(author.get(where(trial.draft, trial)))
    assert "收到消息“payment”" in page and "听到信号“flood-over”" in page
    wrong = did(author, trial, "message", own_name="payment", own_facts="20")
    assert wrong.status_code == 422 and 'value="20"' in wrong.content.decode()
    paid = done(author, trial, "message", own_name="payment", own_facts='{"yuan": 20}')
    assert paid.held.data["payment"]["yuan"] == 20
    assert done(author, trial, "signal", own_name="flood-over").open == ("a", "b")


def test_a_draft_that_changed_says_which_step_no_longer_goes_and_one_goes_on_from_there(city, author):
    trial = applied(city, author)
    done(author, trial, "complete", own_token=token(trial), accepted="true", body="101")
    done(author, trial, "complete", own_token=token(trial), opinion="grant", facts="材料齐全")
    by, draft = city.actor("administrator"), trial.draft
    form = json.loads(drafts.files(draft)["tasks/examine.json"])
    form["required"] = [*form["required"], "photos"]
    studio.save(draft.pk, {"tasks/examine.json": json.dumps(form)}, draft.revision, by=by, at=city.now)
    page = text(author.get(where(draft, trial)))
    assert "第 2 步（共 2 步）走不通了" in page and "办理：审查" in page
    typed = {"opinion": "grant", "facts": "有照片了", "own-attached": "photos"}
    assert done(author, trial, "complete", own_token=token(trial), **typed).open == ("decide",)
    assert Trial.objects.get().revision == 2 and len(Trial.objects.get().plain["steps"]) == 2


def test_a_draft_that_cannot_be_tried_says_so(city, author):
    trial = applied(city, author)
    by = city.actor("administrator")
    studio.save(trial.draft_id, {"form.json": "{"}, 1, by=by, at=city.now)
    assert "改好才能试办" in text(author.get(where(trial.draft)))
    assert "开不了头" in text(author.get(where(trial.draft, trial)))
    assert author.post(where(trial.draft), {"own-go": "begin"}).status_code == 422
    assert did(author, trial, "push", own_push="hour").status_code == 422


def test_two_at_one_trial_learn_of_each_other(city, author):
    trial = applied(city, author)
    done(author, trial, "push", own_push="hour")
    sent = {"own-go": "push", "own-push": "hour", "own-turn": "1"}
    late = author.post(where(trial.draft, trial), sent)
    assert late.status_code == 409 and "刚刚有了新的步骤" in text(late)
    assert author.post(where(trial.draft, trial), {**sent, "own-turn": ""}).status_code == 422
    assert author.post(where(trial.draft, trial), {**sent, "own-go": "dance", "own-turn": "2"}).status_code == 422


def test_a_trial_is_kept_as_an_example_that_is_played_again_with_every_look(city, author):
    trial = applied(city, author)
    done(author, trial, "complete", own_token=token(trial), accepted="false", reason="不归我们管")
    kept = author.post(where(trial.draft, trial), {"own-go": "keep", "revision": "1", "example-title": "不予受理"})
    assert kept.status_code == 302, text(kept)
    draft = Draft.objects.get(pk=trial.draft_id)
    example = json.loads(drafts.files(draft)["trials/不予受理.json"])
    assert example["steps"][0]["expect"] == {"open": [], "phase": "closed", "closed": True}
    assert "走得通" in text(author.get(where(draft)))
    twice = author.post(where(trial.draft, trial), {"own-go": "keep", "revision": "2", "example-title": "不予受理"})
    assert twice.status_code == 409 and 'href="#example-title"' in twice.content.decode()
    example["steps"][0]["expect"]["phase"] = "examining"
    by = city.actor("administrator")
    studio.save(draft.pk, {"trials/不予受理.json": json.dumps(example)}, 2, by=by, at=city.now)
    page = text(author.get(where(draft)))
    assert "走不通" in page and "第 1 步之后" in page
    chosen = {"example": "trials/不予受理.json", "revision": "3"}
    assert author.post(where(draft), {"own-go": "example", **chosen}).status_code == 302
    assert Trial.objects.filter(title="不予受理").count() == 1
    assert author.post(where(draft), {"own-go": "drop-example", **chosen}).status_code == 302
    assert "还没有例子" in text(author.get(where(draft)))


def test_an_example_of_the_citys_own_bodies_goes_in_the_city(city, author):
    draft = drafted(city)
    bodies = [str(body.pk) for body in Body.objects.filter(kind="bureau", ended=None).order_by("pk")[:3]]
    trial = begun(author, draft, **QUESTION | {"bodies": bodies, "own-town": "city"})
    assert len(played(trial).open) == 3
    author.post(where(draft, trial), {"own-go": "keep", "revision": "1", "example-title": "三个单位"})
    assert "走得通" in text(author.get(where(draft)))


def test_a_trial_is_renamed_and_given_up(city, author):
    trial = applied(city, author)
    assert did(author, trial, "name", own_title=" ").status_code == 422
    assert did(author, trial, "name", own_title="顺利办结").status_code == 302
    assert "顺利办结" in text(author.get(where(trial.draft)))
    assert did(author, trial, "remove").status_code == 302
    assert author.get(where(trial.draft, trial)).status_code == 404


def test_there_is_room_for_so_many_trials(city, author, monkeypatch):
    monkeypatch.setattr(trials, "MOST", 1)
    trial = applied(city, author)
    answer = author.post(where(trial.draft), {"own-go": "begin", **MADE_UP, **APPLIED})
    assert answer.status_code == 409 and "最多留 1 次试办" in text(answer)


def test_a_trial_is_for_who_may_see_its_draft_and_nobody_else(city, author):
    trial = applied(city, author)
    leader = city.signed_in(type(author)(), "leader")
    assert leader.get(where(trial.draft, trial)).status_code == 404
    other = drafted_again(city)
    assert author.get(where(other, trial)).status_code == 404, "another draft has it not"
    studio.propose(trial.draft_id, "请审批。", by=city.actor("administrator"), at=city.now)
    assert leader.get(where(trial.draft, trial)).status_code == 200
    assert done(leader, trial, "push", own_push="hour").at.hour == 10, "who decides may try it"
    assert "存为例子" not in text(leader.get(where(trial.draft, trial)))


def drafted_again(city):
    by = city.actor("administrator")
    return studio.begin_from_pattern("notice", Called("other", "另一个", "Other", "OT"), by.body, by=by, at=city.now)


def test_a_finished_draft_is_tried_no_more(city, author):
    trial = applied(city, author)
    studio.drop(trial.draft_id, by=city.actor("administrator"), at=city.now)
    assert author.get(where(trial.draft, trial)).status_code == 200
    assert did(author, trial, "push", own_push="hour").status_code == 409
    with pytest.raises(Conflict):
        trying.drop(trial.pk, by=city.actor("administrator"), at=city.now)


def test_a_browser_learns_which_questions_are_asked(city, author):
    draft = drafted(city, "approval")
    answer = author.post(where(draft) + "asked/accept/", {"accepted": "false"})
    assert {"reason"} <= {*answer.json()["asked"]} and "reason" in answer.json()["required"]
    assert "photos" not in author.post(where(draft) + "asked/report/").json()["asked"]
    assert author.post(where(draft) + "asked/nothing/").status_code == 404


def test_a_page_of_thirty_steps_asks_the_database_no_more_than_one_of_none(city, author):
    trial = applied(city, author)
    address = where(trial.draft, trial)
    author.get(address)
    with CaptureQueriesContext(connection) as few:
        author.get(address)
    by = city.actor("administrator")
    pushes = [paper.Push(to=played(trial).at + timedelta(hours=n)) for n in range(1, 31)]
    trying.take(trial.pk, pushes, 1, by=by, at=city.now)
    with CaptureQueriesContext(connection) as many:
        assert author.get(address).status_code == 200
    assert len(many) == len(few)


def test_a_trial_of_too_many_steps_is_refused(city, author):
    trial = applied(city, author)
    pushes = [paper.Push(to=played(trial).at + timedelta(minutes=n)) for n in range(1, 202)]
    with pytest.raises(Conflict, match="最多 200 步"):
        trying.take(trial.pk, pushes, 1, by=city.actor("administrator"), at=city.now)
