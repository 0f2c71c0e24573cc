"""A draft is published by two people, as it was proposed, and only on top of what it was made from."""

from typing import Any

import pytest
from django.conf import settings

from zhongshu.base.approvals import actions as approvals
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.rules.examining import Unsound
from zhongshu.engine.studio import actions
from zhongshu.engine.studio.actions import Called
from zhongshu.engine.studio.models import Draft
from zhongshu.engine.studio.queries import drafts

PAGE = "scenario.toml"
MUSIC = Called("loud-music", "音乐扰民", "Loud music", "YY")


def begun(city: Any, **more: Any) -> Draft:
    """A draft of the administrator's body, from noise."""
    author = city.actor("administrator")
    return actions.begin_from_scenario("noise", author.body, by=author, at=city.now, **more)


def changed(city: Any, draft: Draft, before: str, after: str) -> None:
    """Save the page of settings with one text replaced."""
    author = city.actor("administrator")
    held = drafts.one(draft.pk, author, city.now)
    page = drafts.files(held)[PAGE]
    assert before in page
    actions.save(draft.pk, {PAGE: page.replace(before, after)}, held.revision, by=author, at=city.now)


def proposed(city: Any, draft: Draft) -> Any:
    return actions.propose(draft.pk, "夏季噪声投诉多。", by=city.actor("administrator"), at=city.now)


def decided(city: Any, proposal: Any) -> Any:
    return approvals.decide(proposal.pk, True, "", by=city.actor("leader"), at=city.now)


def test_what_one_proposes_and_another_approves_is_the_next_version(city: Any) -> None:
    draft = begun(city)
    changed(city, draft, 'deadline = "5 working_days"', 'deadline = "3 working_days"')
    decided(city, proposed(city, draft))
    held = drafts.one(draft.pk, city.actor("administrator"), city.now)
    assert (held.outcome, held.version, scenarios.newest_number("noise")) == ("published", 2, 2)
    assert scenarios.digest("noise", 2) == drafts.revision(held).digest
    assert scenarios.newest("noise").settings.case.deadline == "3 working_days"
    assert drafts.owner("noise") == held.body


def test_a_new_scenario_is_its_bodys_own(city: Any) -> None:
    draft = begun(city, called=MUSIC)
    author = city.actor("administrator")
    assert drafts.reach(draft) == drafts.bodies.reach(author.body)
    decided(city, proposed(city, draft))
    assert scenarios.newest("loud-music").settings.prefix == "YY"
    again = actions.begin_from_scenario("loud-music", author.body, by=author, at=city.now)
    assert again.base == 1 and drafts.reach(again) == drafts.bodies.reach(author.body)


def test_while_it_waits_it_does_not_change_and_the_approver_sees_it(city: Any) -> None:
    draft, leader = begun(city, called=MUSIC), city.actor("leader")
    with pytest.raises(Absent):
        drafts.to_decide(draft.pk, leader, city.now)
    proposed(city, draft)
    assert drafts.to_decide(draft.pk, leader, city.now) == draft
    for verb in (lambda: changed(city, draft, "音乐", "广场舞"), lambda: proposed(city, draft)):
        with pytest.raises(Conflict, match="等待审批"):
            verb()


def test_what_has_to_be_changed_is_not_proposed(city: Any) -> None:
    draft = begun(city)
    with pytest.raises(Conflict, match="不用发布"):
        proposed(city, draft)
    changed(city, draft, 'role = "acceptor"', 'role = "nobody"')
    changed(city, draft, 'form = "tasks/choose.json"', 'form = "tasks/none.json"')
    with pytest.raises(Unsound) as refused:
        proposed(city, draft)
    assert {(each.file, each.place) for each in refused.value.findings if each.severity == "error"} == {
        (PAGE, "/tasks/accept"), (PAGE, "/tasks/choose/form"),
    }  # fmt: skip


def test_who_drafts_for_nobody_proposes_nothing(city: Any) -> None:
    draft = begun(city)
    with pytest.raises(Absent):
        actions.propose(draft.pk, "想发布。", by=city.actor("supervisor"), at=city.now)
    with pytest.raises(Forbidden):
        approvals.decide(
            proposed(city, begun(city, called=MUSIC)).pk, True, "", by=city.actor("administrator"), at=city.now
        )


def test_of_two_drafts_of_one_scenario_the_second_takes_over_the_first(city: Any) -> None:
    one, two, author = begun(city), begun(city), city.actor("administrator")
    changed(city, one, 'deadline = "5 working_days"', 'deadline = "3 working_days"')
    actions.save(two.pk, {"notes.md": "乙写的\n"}, 1, by=author, at=city.now)
    first, second = proposed(city, one), proposed(city, two)
    decided(city, first)
    with pytest.raises(Conflict, match="已有新的版本"):
        decided(city, second)
    approvals.withdraw(second.pk, by=author, at=city.now)
    with pytest.raises(Conflict, match=r"第 2 版.*第 1 版"):
        proposed(city, two)
    both = actions.catch_up(two.pk, by=author, at=city.now)
    assert (both.base, both.changed) == (2, [PAGE])
    decided(city, proposed(city, two))
    assert scenarios.newest("noise").settings.case.deadline == "3 working_days"
    assert "notes.md" in scenarios.files("noise", 3)


def test_of_what_both_changed_the_author_says_whose_stays(city: Any) -> None:
    drafts_of_both, author = [begun(city), begun(city)], city.actor("administrator")
    published = scenarios.files("noise", 1)
    published[PAGE] = published[PAGE].replace("5 working_days", "4 working_days")
    for draft in drafts_of_both:
        changed(city, draft, "5 working_days", "3 working_days")
    cases.publish("noise", published, by=author, at=city.now)
    ours = actions.catch_up(drafts_of_both[0].pk, by=author, at=city.now)
    theirs = actions.catch_up(drafts_of_both[1].pk, [PAGE], by=author, at=city.now)
    assert "3 working_days" in drafts.texts(ours.files)[PAGE] and drafts.texts(theirs.files) == published


def test_a_code_or_prefix_taken_meanwhile_is_not_published(city: Any) -> None:
    one, two = begun(city, called=MUSIC), begun(city, called=MUSIC)
    third = begun(city, called=Called("loud-shop", prefix="YY"))
    waiting = [proposed(city, each) for each in (one, two, third)]
    decided(city, waiting[0])
    with pytest.raises(Conflict, match="loud-music"):
        decided(city, waiting[1])
    with pytest.raises(Unsound, match="YY"):
        decided(city, waiting[2])


def test_what_was_published_here_outlives_a_start_with_the_folder_it_came_from(city: Any) -> None:
    draft, author = begun(city), city.actor("administrator")
    changed(city, draft, "5 working_days", "3 working_days")
    decided(city, proposed(city, draft))
    assert actions.take_in(settings.SCENARIOS, by=author, at=city.now) == {}
    assert scenarios.newest("noise").settings.case.deadline == "3 working_days"
    assert cases.load_scenarios(settings.SCENARIOS, by=author, at=city.now)["noise"] == 3


def test_every_verb_leaves_its_entry(city: Any) -> None:
    from zhongshu.base.journal.models import Entry

    draft, author = begun(city), city.actor("administrator")
    actions.save(draft.pk, {"notes.md": "记\n"}, 1, by=author, at=city.now)
    actions.go_back(draft.pk, 1, by=author, at=city.now)
    actions.export_draft(draft.pk, by=author, at=city.now)
    actions.drop(draft.pk, by=author, at=city.now)
    told = Entry.objects.filter(kind="scenario_draft", subject=str(draft.pk)).order_by("number")
    assert [each.verb for each in told] == [
        "studio.begun", "studio.saved", "studio.gone_back", "studio.exported", "studio.dropped",
    ]  # fmt: skip
