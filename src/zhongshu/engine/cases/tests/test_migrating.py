"""Running cases move to a new version of their scenario: looked over, approved, done in batches, undone one by one."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from zhongshu.base.approvals import actions as approvals
from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.actions import migrating
from zhongshu.engine.cases.models import Case, Migrated, Migration, Task
from zhongshu.engine.cases.queries import migrations
from zhongshu.engine.cases.rules import migrating as rules
from zhongshu.engine.cases.rules import whistle as whistles
from zhongshu.engine.cases.tests.authoring import Author, authoring
from zhongshu.engine.cases.tests.walks import Walk

BUDGET = timedelta(hours=4)


@pytest.fixture
def author(city: Any, tmp_path: Path) -> Iterator[Author]:
    """Only the story's own cases are running."""
    Case.objects.filter(closed=None).update(closed=city.now)
    with authoring(city, tmp_path) as author:
        yield author


def timed(author: Author, duration: str, id: str = "slow") -> Author:
    """A timer on the edge of handling, after which nothing has to be done."""
    length = f"<bpmn:timeDuration>{duration}</bpmn:timeDuration>"
    host = '<bpmn:userTask id="handle" name="处置"/>'
    edge = f"""<bpmn:boundaryEvent id="{id}" attachedToRef="handle" cancelActivity="false">
    <bpmn:timerEventDefinition>{length}</bpmn:timerEventDefinition></bpmn:boundaryEvent>
    <bpmn:endEvent id="{id}-end"/><bpmn:sequenceFlow id="{id}-on" sourceRef="{id}" targetRef="{id}-end"/>"""
    return author.change("process.bpmn", (host, host + edge))


def with_archive(author: Author) -> Author:
    """Closing and, beside it, filing away: both before the end."""
    last = '<bpmn:sequenceFlow id="close-closed" sourceRef="close" targetRef="closed"/>'
    more = """<bpmn:parallelGateway id="fork"/><bpmn:parallelGateway id="join"/>
    <bpmn:userTask id="archive" name="归档"/>
    <bpmn:sequenceFlow id="fork-close" sourceRef="fork" targetRef="close"/>
    <bpmn:sequenceFlow id="fork-archive" sourceRef="fork" targetRef="archive"/>
    <bpmn:sequenceFlow id="archive-join" sourceRef="archive" targetRef="join"/>
    <bpmn:sequenceFlow id="close-join" sourceRef="close" targetRef="join"/>
    <bpmn:sequenceFlow id="join-closed" sourceRef="join" targetRef="closed"/>"""
    author.change(
        "process.bpmn",
        (last, more),
        ('sourceRef="verified" targetRef="close"', 'sourceRef="verified" targetRef="fork"'),
    )
    task = """[tasks.archive]
phase = "closing"
name_en = "File away"
role = "supervisor"
pool = "district"
deadline = "1 hour"

[tasks.close]"""
    return author.change("scenario.toml", ("[tasks.close]", task))


def begun(city: Any) -> Migration:
    made = migrating.begin("city-event", by=city.actor("administrator"), at=city.now)
    while migrating.go_on(made.pk, at=city.now):
        pass
    return migrations.one(made.pk)


def done(city: Any, made: Migration) -> Migration:
    """Proposed by one, approved by another, carried out."""
    migrating.propose(made.pk, "新版加了复核", by=city.actor("administrator"), at=city.now)
    waiting = migrations.awaited(made.pk)
    assert waiting
    approvals.decide(waiting.pk, True, "", by=city.actor("leader"), at=city.now)
    while migrating.go_on(made.pk, at=city.now):
        pass
    return migrations.one(made.pk)


def moved(city: Any) -> Migration:
    return done(city, begun(city))


def shapes(made: Migration) -> list[rules.Shape]:
    return list(rules.read(made.shapes).values())


def test_a_case_goes_on_by_the_new_version_with_one_entry_and_its_data_untouched(city: Any, author: Author) -> None:
    walk = Walk(city)
    before = walk.held
    version = author.change("scenario.toml", ('deadline = "1 working_days"', 'deadline = "2 working_days"')).load()
    made = moved(city)
    held = walk.held
    assert (made.state, made.total, made.seen) == ("done", 1, 1)
    assert (held.version, held.data, held.marking) == (version, before.data, before.marking)
    assert walk.verbs[-1] == "case.migrated" and held.revision == len(walk.verbs)
    walk.do("handle", result="done")
    walk.do("verify", passed=True)
    walk.do("close")
    assert walk.held.closed


def test_its_tasks_are_due_by_the_new_terms_from_when_they_were_opened(city: Any, author: Author) -> None:
    walk = Walk(city)
    opened, whole = walk.task("handle").opened, walk.held.due
    author.change("scenario.toml", ('1101 = { handle = "4 hours"', '1101 = { handle = "9 hours"')).load()
    moved(city)
    assert walk.task("handle").due == opened + timedelta(hours=9)
    assert walk.held.due == whole
    row = Task.objects.get(case_id=walk.id, closed=None)
    assert row.alarm == opened + 0.8 * timedelta(hours=9)


def test_a_task_of_another_name_keeps_who_has_it_and_gets_its_new_role_and_place(city: Any, author: Author) -> None:
    walk = Walk(city)
    before = walk.task("handle")
    author.rename("handle", "fix", told=True).load()
    made = moved(city)
    assert [shape.outcome for shape in shapes(made)] == ["moves"]
    after = walk.task("fix")
    assert (after.token, after.assignee, after.claimed) == (before.token, before.assignee, before.claimed)
    walk.do("fix", result="done")
    assert walk.open == ["verify"]


def test_who_may_not_do_it_in_the_new_version_loses_it(city: Any, author: Author) -> None:
    walk = Walk(city)
    author.change("scenario.toml", ('role = "handler"', 'role = "verifier"')).load()
    moved(city)
    task = walk.task("handle")
    assert (task.role, task.assignee) == ("verifier", None)


def test_what_needs_a_choice_stays_until_it_is_made(city: Any, author: Author) -> None:
    walk, other = Walk(city), Walk(city, category="1101")
    author.rename("handle", "fix").load()
    made = begun(city)
    (shape,) = shapes(made)
    assert (shape.outcome, shape.count, set(shape.cases)) == ("asks", 2, {walk.held.number, other.held.number})
    who: dict[str, Any] = {"by": city.actor("administrator"), "at": city.now}
    with pytest.raises(Invalid, match="没有一件可以迁移"):
        migrating.propose(made.pk, "理由充分", **who)
    with pytest.raises(Invalid, match="从列出的办法"):
        migrating.choose(made.pk, shape.key, {"handle": "to:start"}, **who)
    (question,) = shape.questions
    assert question.options[0].code == "to:fix"
    migrating.choose(made.pk, shape.key, {"handle": "to:fix"}, **who)
    done(city, made)
    assert (walk.open, other.open) == (["fix"], ["fix"])


def test_a_case_that_went_on_meanwhile_is_judged_anew_and_may_stay(city: Any, author: Author) -> None:
    walk, ended = Walk(city), Walk(city)
    author.rename("verify", "check").load()
    made = begun(city)
    walk.do("handle", result="done")
    Case.objects.filter(pk=ended.id).update(closed=city.now)
    done(city, made)
    (row,) = migrations.rows(made.pk, "stayed")
    assert (row.number, row.sentence) == (walk.held.number, "没有为它现在所在的环节选好办法。")
    assert walk.held.version == row.version and "case.migrated" not in walk.verbs


def test_one_that_breaks_does_not_keep_the_others(city: Any, author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, fine = Walk(city), Walk(city)
    author.change("scenario.toml", ('name_en = "City matter"', 'name_en = "Matter"')).load()
    from zhongshu.engine.cases.actions.migrating import one_case

    follow = one_case.follow

    def fall(new: Any, held: Any, *rest: Any) -> Any:
        if held.id == broken.id:
            raise ZeroDivisionError
        return follow(new, held, *rest)

    monkeypatch.setattr(one_case, "follow", fall)
    made = moved(city)
    assert migrations.outcomes(made.pk) == {"moved": 1, "stayed": 1, "undone": 0}
    assert fine.verbs[-1] == "case.migrated" and broken.verbs[-1] != "case.migrated"


def test_it_stops_goes_on_where_it_was_and_is_done_once(
    city: Any, author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    walks = [Walk(city) for _ in range(3)]
    author.change("scenario.toml", ('name_en = "City matter"', 'name_en = "Matter"')).load()
    from zhongshu.engine.cases.actions.migrating import batches

    monkeypatch.setattr(batches, "MOVED", 1)
    made, who = begun(city), {"by": city.actor("administrator"), "at": city.now}
    migrating.propose(made.pk, "新版更清楚", **who)
    approvals.decide(migrations.awaited(made.pk).pk, True, "", by=city.actor("leader"), at=city.now)  # type: ignore[union-attr]
    assert migrating.go_on(made.pk, at=city.now)
    migrating.stop(made.pk, **who)
    assert not migrating.go_on(made.pk, at=city.now)
    assert migrations.outcomes(made.pk)["moved"] == 1
    migrating.resume(made.pk, **who)
    Migration.objects.filter(pk=made.pk).update(after=migrations.NOBODY, after_version=0)  # killed before it was kept
    while migrating.go_on(made.pk, at=city.now):
        pass
    assert [walk.verbs.count("case.migrated") for walk in walks] == [1, 1, 1]
    assert migrations.one(made.pk).state == "done"


def test_undone_a_case_stands_where_it_stood(city: Any, author: Author) -> None:
    walk = Walk(city)
    before, row = walk.held, Task.objects.filter(case_id=walk.id, closed=None).values().get()
    author.change("scenario.toml", ('1101 = { handle = "4 hours"', '1101 = { handle = "9 minutes"')).load()
    made, who = moved(city), {"by": city.actor("administrator"), "at": city.now}
    cases.raise_alarms(city.now + BUDGET)
    migrating.undo(made.pk, walk.id, "新版时限不对", **who)
    held = walk.held
    assert (held.version, held.marking, held.tasks, held.phase) == (
        before.version, before.marking, before.tasks, before.phase,
    )  # fmt: skip
    assert Task.objects.filter(case_id=walk.id, closed=None).values().get() == row
    assert walk.verbs[-1] == "case.migration_undone" and held.revision == len(walk.verbs)
    with pytest.raises(Conflict, match="已经恢复"):
        migrating.undo(made.pk, walk.id, "再来一次", **who)
    assert moved(city).state == "done" and walk.held.version == before.version + 1


def test_a_case_that_has_gone_on_is_not_undone_and_says_what_happened(city: Any, author: Author) -> None:
    walk = Walk(city)
    author.change("scenario.toml", ('name_en = "City matter"', 'name_en = "Matter"')).load()
    made = moved(city)
    walk.do("handle", result="done")
    with pytest.raises(Conflict, match="又有了进展") as refused:
        migrating.undo(made.pk, walk.id, "改回去", by=city.actor("administrator"), at=city.now)
    assert [step["verb"] for step in refused.value.happened] == ["case.task_completed"]


def test_nobody_approves_what_they_proposed_and_only_one_migration_goes_on(city: Any, author: Author) -> None:
    Walk(city)
    author.change("scenario.toml", ('name_en = "City matter"', 'name_en = "Matter"')).load()
    made = begun(city)
    with pytest.raises(Conflict, match="没有结束"):
        migrating.begin("city-event", by=city.actor("administrator"), at=city.now)
    with pytest.raises(Forbidden):
        migrating.begin("city-event", by=city.actor("leader"), at=city.now)
    migrating.propose(made.pk, "新版更清楚", by=city.actor("administrator"), at=city.now)
    with pytest.raises(Conflict, match="等待审批"):
        migrating.drop(made.pk, by=city.actor("administrator"), at=city.now)
    with pytest.raises(Forbidden):
        approvals.decide(migrations.awaited(made.pk).pk, True, "", by=city.actor("administrator"), at=city.now)  # type: ignore[union-attr]


def test_without_cases_in_older_versions_there_is_nothing_to_do(city: Any, author: Author) -> None:
    with pytest.raises(Conflict, match="不用迁移"):
        begun(city)


def test_names_that_lead_nowhere_are_refused_when_the_folder_is_loaded(city: Any, author: Author) -> None:
    author.change("scenario.toml", ("[deadlines]", '[moves]\nhandle = "nowhere"\n\n[deadlines]'))
    with pytest.raises(Invalid, match="moves 指向流程中没有的 nowhere"):
        author.load()


def test_timers_start_as_of_the_task_change_their_moment_and_name_and_come_back(city: Any, author: Author) -> None:
    walk = Walk(city)
    opened, token = walk.task("handle").opened, walk.task("handle").token
    timed(author, "PT6H").load()
    first = moved(city)
    assert walk.rows("cases_timer", "token, element, due") == [(token, "slow", opened + timedelta(hours=6))]
    author.change("process.bpmn", ("PT6H", "PT9H")).load()
    moved(city)
    assert walk.rows("cases_timer", "token, element, due") == [(token, "slow", opened + timedelta(hours=9))]
    author.rename("slow", "late", told=True).load()
    last = moved(city)
    assert walk.rows("cases_timer", "token, element, due") == [(token, "late", opened + timedelta(hours=9))]
    who: dict[str, Any] = {"by": city.actor("administrator"), "at": city.now}
    migrating.undo(last.pk, walk.id, "名称不对", **who)
    assert walk.rows("cases_timer", "element") == [("slow",)]
    with pytest.raises(Conflict, match="又有了进展"):
        migrating.undo(first.pk, walk.id, "再退一步", **who)
    assert cases.fire_due_timers(opened + timedelta(hours=9)) == 1 and walk.open == ["handle"]


@pytest.mark.parametrize(("answer", "opened"), [("begin", ["close", "archive"]), ("done", ["close"])])
def test_a_branch_that_is_new_is_begun_or_counts_as_done_and_goes_away_with_the_move(
    city: Any, author: Author, answer: str, opened: list[str]
) -> None:
    walk = Walk(city)
    walk.do("handle", result="done")
    walk.do("verify", passed=True)
    before, who = walk.held, {"by": city.actor("administrator"), "at": city.now}
    with_archive(author).load()
    made = done(city, chosen(city, {"+fork-archive": answer}))
    assert walk.open == opened
    migrating.undo(made.pk, walk.id, "先不归档", **who)
    assert (walk.open, walk.held.marking.tokens) == (["close"], before.marking.tokens)
    done(city, chosen(city, {"+fork-archive": answer}))
    assert walk.open == opened
    for element in opened:
        walk.do(element)
    assert walk.held.closed


def chosen(city: Any, answers: dict[str, str]) -> Migration:
    """A dry run with these answers for its only shape."""
    made = begun(city)
    (shape,) = shapes(made)
    migrating.choose(made.pk, shape.key, answers, by=city.actor("administrator"), at=city.now)
    return migrations.one(made.pk)


def test_figures_follow_a_case_that_moves_to_another_phase(city: Any, author: Author) -> None:
    walk = Walk(city)
    author.change("scenario.toml", ('phase = "handling"', 'phase = "filing"')).load()
    moved(city)
    assert walk.held.phase == "filing"
    entry = walk.city.trace(walk.id)[-1]
    assert entry["facts"]["phase"] == ["handling", "filing"]


def test_what_is_kept_of_a_case_is_plain(city: Any, author: Author) -> None:
    walk = Walk(city)
    author.change("scenario.toml", ('name_en = "City matter"', 'name_en = "Matter"')).load()
    made = moved(city)
    kept = Migrated.objects.get(migration=made.pk, case_id=walk.id)
    assert json.loads(json.dumps(kept.before))["phase"] == "handling" and kept.revision == walk.held.revision


def test_a_whistle_that_is_out_is_answered_under_the_new_name_of_its_task() -> None:
    street = whistles.Whistle("join", "who", "2026-11-23T08:00:00+08:00", (7, 8), 7, {"8": 2})
    data = whistles.moved({"whistle": street.plain(), "x": 1}, {"join": "answer", "other": "that"})
    assert whistles.answers(data, "answer") and data["x"] == 1
    assert whistles.moved({"x": 1}, {"join": "answer"}) == {"x": 1}
