"""A draft tried on its pages: begun, taken on step by step, taken back, kept as an example."""

import json
import re

import pytest

from zhongshu.channels.desk.studio.tests.tried import (
    APPLIED,
    MADE_UP,
    QUESTION,
    applied,
    begun,
    did,
    done,
    drafted,
    drawn,
    noise,
    played,
    text,
    token,
    where,
)
from zhongshu.engine.cases.tests.test_scenario_decisions import MODEL
from zhongshu.engine.processes.tests.drawing import (
    END,
    START,
    catch,
    edge,
    error,
    message,
    parallel,
    path,
    signal,
    task,
)
from zhongshu.engine.studio import actions as studio
from zhongshu.engine.studio.models import Trial
from zhongshu.engine.studio.queries import drafts
from zhongshu.registers.people.models import Body

LETTER = '[letters.answer]\nname = "答复书"\nname_en = "Answer"\ntask = "look"\n'


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
    draft = drawn(
        city, START, parallel("both"), catch("paid", message("payment")), catch("dry", signal("flood-over")), task("a"),
        task("b"), END, path("start", "both", "paid", "a", "end"), path("both", "dry", "b", "end"),
        tasks={"a": 'role = "handler"', "b": 'role = "handler"'},
    )  # fmt: skip
    trial = begun(author, draft, **{"own-source": "resident"})
    page = text(author.get(where(trial.draft, trial)))
    assert "收到消息“payment”" in page and "听到信号“flood-over”" in page
    wrong = did(author, trial, "message", own_name="payment", own_facts="20")
    assert wrong.status_code == 422 and 'value="20"' in wrong.content.decode()
    paid = done(author, trial, "message", own_name="payment", own_facts='{"yuan": 20}')
    assert paid.held.data["payment"]["yuan"] == 20
    assert done(author, trial, "signal", own_name="flood-over").open == ("a", "b")


def test_a_step_nobody_has_chosen_for_is_asked_for_where_a_trial_begins(city, author):
    pays = '<bpmn:serviceTask id="pay" name="缴费" implementation="payments.request"/>'
    draft = drawn(
        city, START, pays, edge("poor", "pay", error("no-money")), task("thank"), task("dun"), END,
        path("start", "pay", "thank", "end"), path("poor", "dun", "end"),
        tasks={"thank": 'role = "handler"', "dun": 'role = "handler"'},
    )  # fmt: skip
    typed = {"own-go": "begin", **MADE_UP, "own-source": "resident", "description": "要缴费"}
    asked = author.post(where(draft), typed)
    assert asked.status_code == 422 and "<details open>" in asked.content.decode()
    assert 'href="#own-answer-pay"' in asked.content.decode() and 'value="要缴费"' in asked.content.decode()
    wrong = author.post(where(draft), {**typed, "own-answer-pay": "20"})
    assert wrong.status_code == 422 and "JSON 对象" in text(wrong) and 'value="20"' in wrong.content.decode()
    trial = begun(author, draft, **typed, **{"own-failed-pay": "no-money"})
    assert played(trial).open == ("dun",)
    assert "自动环节“缴费”没有办成：no-money" in text(author.get(where(draft, trial)))
    paid = author.post(where(draft), {**typed, "own-answer-pay": '{"number": "8"}'})
    assert "自动环节“缴费”办成：number = 8" in text(author.get(paid["Location"]))


def test_the_story_tells_which_rules_decided_and_which_letters_would_be_made(city, author):
    judges = '<bpmn:businessRuleTask id="judge" implementation="urgency"/>'
    letter = LETTER + "when = 'answers.description = \"要答复\"'\n"
    folder = {"u.dmn": MODEL % '"紧急"', "letters/answer.typ": "="}
    draft = drawn(
        city, START, judges, task("look"), END, path("start", "judge", "look", "end"),
        tasks={"look": 'role = "handler"'}, more=letter, **folder,
    )  # fmt: skip
    trial = begun(author, draft, **{"own-source": "resident", "description": "要答复"})
    done(author, trial, "complete", own_token=token(trial))
    page = text(author.get(where(draft, trial)))
    assert "决策“urgency”得出 一般" in page and "“紧急程度”用到的规则：2（共 2 条）" in page
    assert "会制作文书：答复书" in page and "申请人会收到：您上报的" in page
    Trial.objects.all().delete()
    other = begun(author, draft, **{"own-source": "resident", "description": "不用答复"})
    done(author, other, "complete", own_token=token(other))
    assert "会制作文书" not in text(author.get(where(draft, other)))


def test_what_an_official_starts_has_no_applicant_to_tell(city, author):
    trial = begun(author, drafted(city), **QUESTION, **{"own-body": "104"})
    assert played(trial).held.data["started"]["body"] == 104
    assert "申请人会收到" not in text(author.get(where(trial.draft, trial)))


def test_rows_are_added_and_taken_away_without_losing_what_was_typed(city, author):
    draft = drafted(city, "approval")
    form = json.loads(drafts.files(draft)["form.json"])
    who = {"type": "integer", "title": "单位", "x-ui": {"widget": "body", "title_en": "Body"}}
    row = {"type": "object", "additionalProperties": False, "required": ["who"], "properties": {"who": who}}
    form["properties"]["others"] = {"type": "array", "title": "相关单位", "items": row, "x-ui": {"title_en": "Others"}}
    by = city.actor("administrator")
    studio.save(draft.pk, {"form.json": json.dumps(form)}, 1, by=by, at=city.now)
    typed = {**MADE_UP, **APPLIED, "others": ["0"], "others.0.who": "105"}
    added = author.post(where(draft), {"own-go": "begin", **typed, "form-add": "others"})
    html = added.content.decode()
    assert added.status_code == 200 and 'name="others.1.who"' in html
    assert re.search(r'name="others\.0\.who".*?<option value="105" selected>', html, re.S)
    assert not Trial.objects.exists()
    trial = begun(author, draft, **typed)
    assert played(trial).held.data["answers"]["others"] == [{"who": 105}]


@pytest.mark.parametrize(
    "typed", ['{"a": NaN}', '{"a": "\\u0000"}', "[" * 3_000, '{"a": "' + "长" * 4_000 + '"}', "null"]
)
def test_what_is_no_json_object_one_could_keep_is_refused(city, author, typed):
    pays = '<bpmn:serviceTask id="pay" implementation="payments.request"/>'
    draft = drawn(city, START, pays, task("a"), END, path("start", "pay", "a", "end"), tasks={"a": 'role = "handler"'})
    answer = author.post(
        where(draft), {"own-go": "begin", **MADE_UP, "own-source": "resident", "own-answer-pay": typed}
    )
    assert answer.status_code == 422 and "JSON 对象" in text(answer)
