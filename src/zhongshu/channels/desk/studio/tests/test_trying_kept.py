"""Trials as they are kept: in a draft that changes, as examples, by several, and for whom."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhongshu.base.http.refusals import Conflict
from zhongshu.channels.desk.studio.tests.tried import (
    APPLIED,
    MADE_UP,
    QUESTION,
    applied,
    begun,
    did,
    done,
    drafted,
    drafted_again,
    played,
    text,
    token,
    where,
)
from zhongshu.engine.studio import actions as studio
from zhongshu.engine.studio.actions import trying
from zhongshu.engine.studio.models import Draft, Trial
from zhongshu.engine.studio.queries import drafts, trials
from zhongshu.engine.studio.rules import trial as paper
from zhongshu.registers.people.models import Body


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


@pytest.mark.parametrize("typed", ["0001-01-01T09:00", "9999-12-31T23:59", "soon", ""])
def test_a_moment_no_trial_happens_at_is_refused(city, author, typed):
    trial = applied(city, author)
    assert did(author, trial, "push", own_push="moment", own_moment=typed).status_code == 422
    answer = author.post(where(trial.draft), {"own-go": "begin", **MADE_UP, **APPLIED, "own-at": typed})
    assert answer.status_code == 422 and 'href="#own-at"' in answer.content.decode()


def test_a_character_no_database_takes_is_refused(city, author):
    trial = applied(city, author)
    answer = did(author, trial, "withdraw", own_reason="不\0办了")
    assert answer.status_code == 422 and "不能识别的字符" in text(answer)
    assert did(author, trial, "name", own_title="顺利\0办结").status_code == 302
    assert Trial.objects.get().title == "顺利办结"
