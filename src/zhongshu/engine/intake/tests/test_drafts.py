"""Nothing typed is lost: saving, two pages of one draft, and whose a draft is."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import uuid_utils.compat

from zhongshu.base.crypto import actions as crypto
from zhongshu.base.crypto import doors as sealed
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Foreign, TooLarge
from zhongshu.base.journal.models import Entry
from zhongshu.base.permissions.mandates import MandateScope
from zhongshu.base.permissions.rules import ANONYMOUS, SYSTEM, Actor
from zhongshu.engine.intake.actions import drafts as actions
from zhongshu.engine.intake.doors import doors
from zhongshu.engine.intake.models import Draft
from zhongshu.engine.intake.personal import Forms
from zhongshu.engine.intake.queries import drafts
from zhongshu.engine.intake.rules import questionnaire
from zhongshu.engine.intake.rules.questionnaire import Questionnaire
from zhongshu.engine.intake.tests.forms import ELSEWHERE, HERE, POTHOLE, begun, page
from zhongshu.registers.people.models import Account, Mandate, Person
from zhongshu.registers.privacy.actions import expiring
from zhongshu.registers.privacy.models import Certificate
from zhongshu.registers.privacy.rules.holdings import Owner


def typed(draft: Draft) -> Any:
    draft.refresh_from_db()
    return dict(drafts.kept(draft).answers)


def test_a_page_that_was_saved_is_gone_on_with_from_anywhere(city: Any) -> None:
    by = city.actor("resident")
    draft = begun(by, city.now, name="王芳", phone="138").draft
    (found,) = drafts.mine(by, ELSEWHERE, city.now)
    assert (found.pk, found.title, found.address) == (draft.pk, "道路坑洼", "/report/1101/")
    opened = drafts.one(draft.pk, by, None, city.now)
    assert typed(opened) == {"name": "王芳", "phone": "138"}
    assert "王芳" not in Draft.objects.get(pk=draft.pk).sealed


def test_only_beginning_is_told_in_the_journal_and_without_what_was_typed(city: Any) -> None:
    by = city.actor("resident")
    draft = begun(by, city.now).draft
    actions.save(page(by, draft.pk), {"name": "王芳芳"}, base=1, by=by, at=city.now)
    (entry,) = Entry.objects.filter(kind="draft", subject=str(draft.pk))
    assert entry.verb == "intake.draft_begun" and "王" not in entry.body


def test_two_pages_of_one_draft_come_together_and_ask_about_what_both_changed(city: Any) -> None:
    by = city.actor("resident")
    draft = begun(by, city.now, name="王芳", phone="1", road="主路").draft
    here, there = page(by, draft.pk), page(by, draft.pk)
    actions.save(here, {"name": "王芳芳", "phone": "138", "road": "主路"}, base=1, by=by, at=city.now)
    second = actions.save(there, {"name": "王芳", "phone": "139", "road": "辅路"}, base=1, by=by, at=city.now).merged
    assert [(d.path, d.theirs, d.mine) for d in second.disputes] == [("phone", "138", "139")]
    assert second.news == {"name": "王芳芳"}
    assert typed(draft) == {"name": "王芳芳", "phone": "138", "road": "辅路"}
    with pytest.raises(Conflict):
        actions.finish(draft.pk, by=by, at=city.now)
    actions.save(there, {"phone": "139"}, base=second.kept.revision, chosen={"phone"}, by=by, at=city.now)
    assert actions.finish(draft.pk, by=by, at=city.now).answers["phone"] == "139"


def test_a_page_saved_again_at_once_is_saved_once(city: Any) -> None:
    by = city.actor("resident")
    draft = begun(by, city.now, name="王芳").draft
    later = city.now + timedelta(minutes=1)
    again = actions.save(page(by, draft.pk), {"name": "王芳"}, base=0, step="road", by=by, at=later).draft
    assert (again.revision, again.saved, again.step) == (1, later, "road")


def test_another_persons_draft_is_absent(city: Any) -> None:
    draft = begun(city.actor("resident"), city.now).draft
    agent = city.actor("agent")
    for attempt in (
        lambda: drafts.one(draft.pk, agent, HERE, city.now),
        lambda: drafts.one(draft.pk, ANONYMOUS, HERE, city.now),
        lambda: actions.save(page(agent, draft.pk), {"name": "x"}, base=1, browser=HERE, by=agent, at=city.now),
        lambda: actions.drop(draft.pk, browser=HERE, by=agent, at=city.now),
        lambda: actions.finish(draft.pk, browser=HERE, by=agent, at=city.now),
    ):
        with pytest.raises(Foreign):
            attempt()
    with pytest.raises(Absent) as nothing:
        drafts.one(uuid_utils.compat.uuid7(), agent, HERE, city.now)
    assert not isinstance(nothing.value, Foreign)
    assert drafts.mine(agent, HERE, city.now) == []


def test_nobody_signed_in_goes_on_in_the_same_browser_alone(city: Any) -> None:
    draft = begun(ANONYMOUS, city.now).draft
    assert [one.pk for one in drafts.mine(ANONYMOUS, HERE, city.now)] == [draft.pk]
    assert drafts.mine(ANONYMOUS, ELSEWHERE, city.now) == drafts.mine(ANONYMOUS, None, city.now) == []
    by = city.actor("resident")
    assert [one.pk for one in drafts.mine(by, HERE, city.now)] == [draft.pk]
    actions.save(page(by, draft.pk), {"phone": "138"}, base=1, browser=HERE, by=by, at=city.now)
    assert drafts.mine(ANONYMOUS, HERE, city.now) == [] and drafts.mine(city.actor("agent"), HERE, city.now) == []
    assert typed(drafts.one(draft.pk, by, None, city.now)) == {"name": "王芳", "phone": "138"}


def test_what_is_dropped_is_gone(city: Any) -> None:
    by = city.actor("resident")
    draft = begun(by, city.now).draft
    actions.drop(draft.pk, by=by, at=city.now)
    assert drafts.mine(by, None, city.now) == [] and not Draft.objects.filter(pk=draft.pk).exists()


def test_more_than_fits_is_refused_and_what_was_there_stays(city: Any) -> None:
    by = city.actor("resident")
    draft = begun(by, city.now, name="王芳", text="好" * 40_000).draft
    with pytest.raises(TooLarge):
        actions.save(page(by, draft.pk), {"more": "好" * 40_000}, base=1, by=by, at=city.now)
    assert set(typed(draft)) == {"name", "text"}


def test_nobody_fills_the_house_with_drafts(city: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_HERE", 2)
    for _ in range(2):
        begun(ANONYMOUS, city.now)
    with pytest.raises(Conflict):
        begun(ANONYMOUS, city.now)
    begun(ANONYMOUS, city.now, ELSEWHERE)


def test_thirty_days_after_the_last_save_it_is_destroyed_with_a_certificate(city: Any) -> None:
    by, now = city.actor("resident"), city.now
    old, kept = begun(by, now - timedelta(days=31)).draft, begun(by, now - timedelta(days=31)).draft
    actions.save(page(by, kept.pk), {"phone": "138"}, base=1, by=by, at=now - timedelta(days=5))
    assert [one.pk for one in drafts.mine(by, None, now)] == [kept.pk], "what is over is not shown, the clock or not"
    with pytest.raises(Absent):
        drafts.one(old.pk, by, None, now)
    expiring.run(at=now)
    assert list(Draft.objects.values_list("pk", flat=True)) == [kept.pk]
    assert '"forms"' in Certificate.objects.latest("at").said


def test_a_copy_of_ones_data_has_them_and_erasing_destroys_them(city: Any) -> None:
    account, forms = city.account("resident"), Forms()
    begun(city.actor("resident"), city.now, name="王芳")
    begun(city.actor("agent"), city.now, name="李雷")
    owner = Owner(account.pk, account.person_id)
    (record,) = forms.records(owner, city.now)
    assert record.facts["answers"] == {"name": "王芳"} and record.stays is None
    assert forms.destroy(owner, by=SYSTEM, at=city.now).counts == {"records": 1}
    assert list(forms.records(owner, city.now)) == [] and Draft.objects.count() == 1


def test_a_new_key_seals_drafts_anew(city: Any, settings: Any) -> None:
    by = city.actor("resident")
    draft = begun(by, city.now).draft
    settings.DATA_KEYS = [b"n" * 32, *settings.DATA_KEYS]
    (column,) = [one for one in sealed.columns if one.table == "intake_draft"]
    before = Draft.objects.get(pk=draft.pk).sealed
    assert crypto.reseal(column) == 1
    assert Draft.objects.get(pk=draft.pk).sealed != before and typed(draft) == {"name": "王芳"}


@pytest.fixture
def agent(city: Any) -> Actor:
    """The demo resident acting for an old lady, in matters of roads alone."""
    lady = Person.objects.create(name="林秀兰", opened=city.now)
    Account.objects.create(login="xiulan", name="林秀兰", kind="resident", person=lady, opened=city.now)
    given = Mandate.objects.create(
        principal_person=lady, agent_person=city.account("resident").person, kind="family", starts=city.now,
        ends=city.now + timedelta(days=30), how="online", given_by=SYSTEM.id, given=city.now, accepted=city.now,
    )  # fmt: skip
    scope = MandateScope(str(given.pk), "family", "林**", ("11",))
    return replace(city.actor("resident"), behalf=str(lady.pk), mandate=scope)


def test_what_is_begun_for_another_is_seen_under_the_mandate_and_by_them(city: Any, agent: Actor) -> None:
    for_her, own = begun(agent, city.now).draft, begun(city.actor("resident"), city.now).draft
    assert [one.pk for one in drafts.mine(agent, HERE, city.now)] == [for_her.pk]
    assert [one.pk for one in drafts.mine(city.actor("resident"), HERE, city.now)] == [own.pk]
    assert [one.pk for one in drafts.mine(city.actor("xiulan"), None, city.now)] == [for_her.pk]
    with pytest.raises(Foreign):
        drafts.one(for_her.pk, city.actor("resident"), HERE, city.now)
    lady = city.account("xiulan")
    assert [one.key for one in Forms().records(Owner(lady.pk, lady.person_id), city.now)] == [f"draft:{for_her.pk}"]


def test_a_mandate_is_for_its_matters_and_while_it_lasts(city: Any, agent: Actor) -> None:
    other = replace(POTHOLE, category="1601")
    with pytest.raises(Forbidden):
        actions.save(page(agent, subject=other), {"name": "x"}, base=0, by=agent, at=city.now)
    draft = begun(agent, city.now).draft
    Mandate.objects.update(revoked=city.now, revoked_by=SYSTEM.id)
    with pytest.raises(Forbidden):
        actions.save(page(agent, draft.pk), {"name": "x"}, base=1, by=agent, at=city.now)


def asking_for(*names: str) -> Questionnaire:
    properties: dict[str, Any] = {name: {"type": "string", "title": name} for name in names}
    inner = {"type": "object", "properties": {"age": {"type": "integer", "title": "年龄"}}}
    return questionnaire.read(
        {
            "type": "object", "title": "困难补助",
            "properties": properties | {"members": {"type": "array", "title": "成员", "items": inner}},
        }
    )  # fmt: skip


@pytest.fixture
def revised(monkeypatch: pytest.MonkeyPatch) -> None:
    """The form of these drafts has moved on from version 1 to 2."""
    forms = {1: asking_for("name", "old"), 2: asking_for("name", "road")}
    monkeypatch.setattr(doors, "form_of", lambda scenario, version, element: forms[version], raising=False)


BEFORE: dict[str, Any] = {
    "name": "王芳", "old": "旧", "place-address": "菜场", "members": ["", "1"],
    "members.0.age": "8", "members.1.age": "9",
}  # fmt: skip
AFTER: dict[str, Any] = {"name": "王芳", "place-address": "菜场", "members": ["", "0"], "members.0.age": "9"}


@pytest.mark.usefixtures("revised")
def test_a_newer_form_keeps_what_fits_and_says_what_does_not(city: Any) -> None:
    by = city.actor("resident")
    draft = begun(by, city.now, **BEFORE).draft
    assert drafts.resume(draft, 1).carried is None
    found = drafts.resume(draft, 2)
    assert found.carried is not None and [one.path for one in found.carried.lost] == ["old"]
    assert [one.path for one in found.carried.added] == ["road"]
    assert found.kept.answers == AFTER and typed(draft) == BEFORE, "looking changes nothing"


@pytest.mark.usefixtures("revised")
def test_the_first_save_from_a_newer_form_brings_the_draft_over(city: Any) -> None:
    by = city.actor("resident")
    draft = begun(by, city.now, **BEFORE).draft
    newer = page(by, draft.pk, subject=replace(POTHOLE, version=2))
    saved = actions.save(newer, {**AFTER, "road": "海风路"}, base=1, by=by, at=city.now)
    assert saved.merged.disputes == () and saved.draft.version == 2
    assert typed(draft) == {**AFTER, "road": "海风路"}
    stale = actions.save(page(by, draft.pk), {"name": "王芳", "old": "更旧"}, base=1, by=by, at=city.now)
    assert [one.path for one in stale.merged.disputes] == ["old"], "a page of the old form loses nothing either"
    assert stale.draft.version == 2


@pytest.mark.usefixtures("revised")
def test_what_an_old_page_saved_meanwhile_is_not_overwritten_from_a_newer_form(city: Any) -> None:
    by = city.actor("resident")
    draft = begun(by, city.now, name="王芳").draft
    actions.save(page(by, draft.pk), {"name": "王芬"}, base=1, by=by, at=city.now)
    newer = page(by, draft.pk, subject=replace(POTHOLE, version=2))
    saved = actions.save(newer, {"name": "王芳", "road": "海风路"}, base=1, by=by, at=city.now)
    assert saved.merged.news == {"name": "王芬"}
    assert typed(draft) == {"name": "王芬", "members": [""], "road": "海风路"}
