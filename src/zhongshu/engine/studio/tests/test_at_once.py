"""Two at once: editors of one draft, drafts of one scenario."""

from typing import Any

from zhongshu.base.approvals import actions as approvals
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.studio import actions
from zhongshu.engine.studio.queries import drafts


def test_of_two_who_save_the_same_file_one_is_told_and_other_files_meet(committed_city: Any, at_once: Any) -> None:
    city, author = committed_city, committed_city.actor("administrator")
    draft = actions.begin_from_scenario("noise", author.body, by=author, at=city.now)

    def save(file: str, text: str) -> Any:
        return lambda: actions.save(draft.pk, {file: text}, 1, by=author, at=city.now)

    same = at_once(save("notes.md", "甲\n"), save("notes.md", "乙\n"))
    assert sorted(type(each).__name__ for each in same) == ["Conflict", "Revision"]
    apart = at_once(save("a.md", "甲\n"), save("b.md", "乙\n"))
    assert sorted(each.number for each in apart) == [3, 4]
    held = drafts.one(draft.pk, author, city.now)
    assert {"notes.md", "a.md", "b.md"} <= drafts.files(held).keys() and held.revision == 4


def test_of_two_drafts_approved_at_once_one_is_published(committed_city: Any, at_once: Any) -> None:
    city, author, leader = committed_city, committed_city.actor("administrator"), committed_city.actor("leader")
    waiting = []
    for text in ("甲\n", "乙\n"):
        draft = actions.begin_from_scenario("manhole-cover", author.body, by=author, at=city.now)
        actions.save(draft.pk, {"notes.md": text}, 1, by=author, at=city.now)
        waiting.append(actions.propose(draft.pk, "加一条说明。", by=author, at=city.now))
    decide = [lambda one=one: approvals.decide(one.pk, True, "", by=leader, at=city.now) for one in waiting]
    assert sorted(type(each).__name__ for each in at_once(*decide)) == ["Conflict", "Proposal"]
    assert scenarios.newest_number("manhole-cover") == 2
