"""Drafts of scenarios: begun, saved by several, gone back in, dropped; each sees those of their own body."""

from typing import Any

import pytest

from zhongshu.base.http.refusals import Conflict, Forbidden, Foreign, Invalid
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.studio import actions
from zhongshu.engine.studio.actions import Called
from zhongshu.engine.studio.models import Draft, Text
from zhongshu.engine.studio.queries import drafts
from zhongshu.engine.studio.queries.findings import findings
from zhongshu.registers.people.models import Body, Grant

PAGE = "scenario.toml"


def begun(city: Any, **more: Any) -> Draft:
    """A draft of the next version of noise, of the administrator's body."""
    author = city.actor("administrator")
    return actions.begin_from_scenario("noise", author.body, by=author, at=city.now, **more)


def test_a_copy_says_the_same_as_what_it_was_copied_from(city: Any) -> None:
    draft = begun(city)
    assert (draft.code, draft.base, draft.revision, draft.name) == ("noise", 1, 1, "噪声扰民")
    assert drafts.files(draft) == scenarios.files("noise", 1)
    assert drafts.revision(draft).digest == scenarios.digest("noise", 1)
    assert findings(drafts.files(draft), draft.code) == ()


def test_a_copy_under_another_code_is_a_new_scenario(city: Any) -> None:
    draft = begun(city, called=Called("loud-music", "音乐扰民", "Loud music", "YY"))
    assert (draft.code, draft.base, draft.name) == ("loud-music", 0, "音乐扰民")
    assert findings(drafts.files(draft), draft.code) == ()
    same = begun(city, called=Called("loud-shop"))
    (said,) = findings(drafts.files(same), same.code)
    assert (said.file, said.place, said.gaps["other"]) == (PAGE, "/prefix", "noise")


def test_a_code_that_is_taken_or_cannot_be_a_code_is_refused(city: Any) -> None:
    with pytest.raises(Conflict, match="city-event"):
        begun(city, called=Called("city-event"))
    with pytest.raises(Invalid, match="小写字母"):
        begun(city, called=Called("../etc"))


def test_every_save_is_a_revision_and_a_text_is_kept_once(city: Any) -> None:
    draft, author = begun(city), city.actor("administrator")
    before = Text.objects.count()
    page = drafts.files(draft)[PAGE].replace('name = "噪声扰民"', 'name = "噪声"')
    saved = actions.save(draft.pk, {PAGE: page}, 1, by=author, at=city.now)
    assert (saved.number, saved.changed) == (2, [PAGE]) and Text.objects.count() == before + 1
    assert actions.save(draft.pk, {PAGE: page.replace("\n", "\r\n")}, 2, by=author, at=city.now).number == 2
    back = actions.go_back(draft.pk, 1, by=author, at=city.now)
    held = drafts.one(draft.pk, author, city.now)
    assert (back.number, held.revision, held.name) == (3, 3, "噪声扰民")
    assert drafts.files(held, 2)[PAGE] == page and Text.objects.count() == before + 1
    assert [each.number for each in drafts.revisions(held)] == [3, 2, 1]


def test_saves_of_different_files_meet_and_of_the_same_file_do_not(city: Any) -> None:
    draft, author = begun(city), city.actor("administrator")
    actions.save(draft.pk, {"notes.md": "甲写的\n"}, 1, by=author, at=city.now)
    both = actions.save(draft.pk, {"README.md": "乙写的\n"}, 1, by=author, at=city.now)
    assert {"notes.md", "README.md"} <= both.files.keys() and both.number == 3
    with pytest.raises(Conflict, match=f"{author.name}.*notes.md.*第 2 稿") as refused:
        actions.save(draft.pk, {"notes.md": "乙写的\n"}, 1, by=author, at=city.now)
    assert refused.value.happened[0]["file"] == "notes.md"
    gone = actions.save(draft.pk, {"notes.md": None}, 3, by=author, at=city.now)
    assert "notes.md" not in gone.files


def test_what_can_be_no_file_of_a_folder_is_not_saved(city: Any) -> None:
    draft, author = begun(city), city.actor("administrator")
    for name, text in {"../x.md": "", "a/b.md": "", "x.exe": "", "x.md": "a\0b"}.items():
        with pytest.raises(Invalid):
            actions.save(draft.pk, {name: text}, 1, by=author, at=city.now)
    with pytest.raises(Invalid, match="2 MB"):
        actions.save(draft.pk, {"x.md": "字" * 700_000}, 1, by=author, at=city.now)
    assert drafts.one(draft.pk, author, city.now).revision == 1


def test_a_draft_of_another_body_is_absent(city: Any) -> None:
    draft = begun(city)
    head, other = city.account("head1"), Body.objects.filter(kind="office")[0]
    Grant.objects.create(account=head, role="administrator", body=other, starts=city.now, given_by=head.pk)
    stranger = city.actor("head1")
    for verb in (
        lambda: drafts.one(draft.pk, stranger, city.now),
        lambda: actions.save(draft.pk, {"a.md": "b"}, 1, by=stranger, at=city.now),
        lambda: actions.drop(draft.pk, by=stranger, at=city.now),
        lambda: actions.export_draft(draft.pk, by=stranger, at=city.now),
    ):
        with pytest.raises(Foreign):
            verb()
    with pytest.raises(Forbidden):
        actions.begin_from_scenario("noise", draft.body, by=stranger, at=city.now)
    own = actions.begin_from_scenario("noise", other.pk, by=stranger, at=city.now)
    assert drafts.under(other.pk) == 1 and drafts.under(other.lineage[0]) == 2
    assert drafts.listed(stranger, city.now) == [own]
    everything = city.actor("administrator")
    assert {each.pk for each in drafts.listed(everything, city.now)} == {own.pk, draft.pk}
    assert drafts.listed(everything, city.now, limit=1, before=own) == [draft] and drafts.others(draft) == [own]


def test_a_dropped_draft_is_kept_and_no_longer_changed(city: Any) -> None:
    draft, author = begun(city), city.actor("administrator")
    actions.drop(draft.pk, by=author, at=city.now)
    assert drafts.files(draft) and drafts.listed(author, city.now) == []
    with pytest.raises(Conflict, match="已经放弃"):
        actions.save(draft.pk, {"a.md": "b"}, 1, by=author, at=city.now)
