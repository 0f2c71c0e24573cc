"""A file of an organisation, taken in row by row."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhongshu.base.approvals.models import Proposal
from zhongshu.base.http.refusals import Conflict
from zhongshu.base.journal import queries as journal
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.registers.people import actions, queries
from zhongshu.registers.people.models import Account, Body, Import
from zhongshu.registers.people.queries import importing
from zhongshu.registers.people.rules.organisation import table

pytestmark = pytest.mark.django_db
BODIES = ["name", "name_en", "kind", "parent", "place"]
STAFF = ["login", "name", "phone", "body", "roles", "place"]


def file(*lines: list[str]) -> bytes:
    return table.written(lines)


@pytest.fixture
def path(city: Any) -> str:
    return importing.path_of(city.account("supervisor").body)


def taken(city: Any, kind: str, content: bytes, by: Any = None) -> Import:
    by = by or city.actor("administrator")
    seen = importing.preview(kind, content, by=by, at=city.now)
    asked = actions.ask_import(kind, content, basis=seen.digest, by=by, at=city.now)
    actions.take_in(asked.pk, at=city.now)
    asked.refresh_from_db()
    return asked


def outcomes(asked: Import) -> list[str]:
    return [row.outcome for row in importing.import_rows(asked.pk)]


def test_bodies_of_a_file_are_founded_each_under_the_one_before(city: Any, path: str) -> None:
    content = file(
        BODIES, ["一科", "Unit One", "unit", path, ""], ["一组", "Team One", "unit", f"{path}/一科", ""],
        ["二组", "Team Two", "unit", f"{path}/无此科", ""],
    )  # fmt: skip
    before = Body.objects.count()
    assert importing.preview("bodies", content, by=city.actor("administrator"), at=city.now).count("new") == 2
    assert Body.objects.count() == before, "a preview writes nothing"
    asked = taken(city, "bodies", content)
    assert outcomes(asked) == ["new", "new", "wrong"]
    team = Body.objects.get(name="一组")
    assert team.parent.name == "一科"
    assert journal.trace("body", str(team.pk))[0].actor == city.actor("administrator").id
    assert (asked.done, asked.rows) == (3, 3) and asked.finished
    again = taken(city, "bodies", content)
    assert outcomes(again) == ["same", "same", "wrong"]


def test_staff_of_a_file_get_accounts_and_their_roles_wait_for_approval(city: Any, path: str) -> None:
    content = file(
        STAFF, ["zhang.san", "张三", "13900000001", path, "handler、verifier", "9901"], ["ZS", "张", "1", path, "", ""]
    )
    asked = taken(city, "staff", content)
    assert outcomes(asked) == ["new", "wrong"]
    account = Account.objects.get(login="zhang.san")
    actor = queries.actor(account.pk, city.now)
    assert actor is not None and actor.grants == (), "a file gives nobody a role"
    (row, _) = importing.import_rows(asked.pk)
    assert [(one["role"], one["sentence"]) for one in row.proposing] == [("handler", ""), ("verifier", "")]
    asked_for = Proposal.objects.filter(body__account=str(account.pk))
    assert sorted((one.body["role"], one.decided) for one in asked_for) == [("handler", None), ("verifier", None)]
    assert row.cells == {}, "personal data is not kept twice"
    (again, _) = importing.import_rows(taken(city, "staff", content).pk)
    assert all("等待审批" in one["sentence"] for one in again.proposing), "what waits is not proposed twice"


def test_only_the_very_file_that_was_checked_is_taken_in(city: Any, path: str) -> None:
    by = city.actor("administrator")
    seen = importing.preview("bodies", file(BODIES, ["一科", "One", "unit", path, ""]), by=by, at=city.now)
    other = file(BODIES, ["二科", "Two", "unit", path, ""])
    with pytest.raises(Conflict, match="不是同一个"):
        actions.ask_import("bodies", other, basis=seen.digest, by=by, at=city.now)
    assert not Import.objects.exists()


def test_an_import_that_was_cut_off_goes_on_where_it_stopped(
    city: Any, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = file(STAFF, *([f"clerk.{n}", f"办事员{n}", "", path, "", ""] for n in range(5)))
    by = city.actor("administrator")
    seen = importing.preview("staff", content, by=by, at=city.now)
    asked = actions.ask_import("staff", content, basis=seen.digest, by=by, at=city.now)
    with pytest.raises(Conflict, match="还在导入"):
        actions.ask_import("staff", content, basis=seen.digest, by=by, at=city.now)
    from zhongshu.registers.people.actions import importing as taking

    real, opened = taking._take, []

    def cut(*given: Any) -> None:
        if len(opened) == 2:
            raise KeyboardInterrupt
        opened.append(given)
        real(*given)

    monkeypatch.setattr(taking, "_take", cut)
    with pytest.raises(KeyboardInterrupt):
        actions.take_in(asked.pk, at=city.now)
    monkeypatch.setattr(taking, "_take", real)
    asked.refresh_from_db()
    assert (asked.done, asked.finished) == (2, None)
    actions.take_in(asked.pk, at=city.now)
    asked.refresh_from_db()
    assert asked.done == 5 and asked.finished
    assert Account.objects.filter(login__startswith="clerk.").count() == 5


def test_a_row_is_looked_at_again_when_its_turn_comes(city: Any, path: str) -> None:
    content = file(STAFF, ["zhang.san", "张三", "", path, "", ""])
    by = city.actor("administrator")
    seen = importing.preview("staff", content, by=by, at=city.now)
    asked = actions.ask_import("staff", content, basis=seen.digest, by=by, at=city.now)
    actions.open_account("zhang.san", "另一人", "resident", "ting-zhou-91-huai", at=city.now)
    actions.take_in(asked.pk, at=city.now)
    assert outcomes(asked) == ["wrong"]


def test_an_administrator_of_a_district_imports_only_into_its_bodies(city: Any, path: str, district_admin: Any) -> None:
    home = importing.path_of(Body.objects.get(pk=district_admin.grants[0].body))
    content = file(BODIES, ["甲科", "A", "unit", home, ""], ["乙科", "B", "unit", path, ""])
    asked = taken(city, "bodies", content, by=district_admin)
    assert outcomes(asked) == ["new", "wrong"]
    assert not Body.objects.filter(name="乙科").exists()
    people = file(
        STAFF,
        ["a.one", "甲", "", home, "", ""],
        ["b.one", "乙", "", path, "", ""],
        ["supervisor", "丙", "", home, "", ""],
    )
    assert outcomes(taken(city, "staff", people, by=district_admin)) == ["new", "wrong", "wrong"]


def test_twenty_thousand_rows_are_previewed_in_a_handful_of_statements(city: Any, path: str) -> None:
    content = file(STAFF, *([f"clerk.{n}", "某人", "", path, "", ""] for n in range(20_000)))
    by = city.actor("administrator")
    queries.tree()
    with CaptureQueriesContext(connection) as spent:
        seen = importing.preview("staff", content, by=by, at=city.now)
    assert seen.count("new") == 20_000
    assert len(spent) <= 4


def test_nobody_without_the_duty_takes_a_file_in(city: Any, path: str) -> None:
    content = file(BODIES, ["一科", "One", "unit", path, ""])
    by = city.actor("supervisor")
    seen = importing.preview("bodies", content, by=SYSTEM, at=city.now)
    with pytest.raises(Exception, match="没有这个页面的权限"):
        actions.ask_import("bodies", content, basis=seen.digest, by=by, at=city.now)
