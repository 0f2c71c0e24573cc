"""Administration at the desk: each seat its own pages, each administrator their own part of the tree."""

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhongshu.base.journal import queries as journal
from zhongshu.base.journal.models import Entry
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.registers.people import actions as people
from zhongshu.registers.people import queries as known
from zhongshu.registers.people.models import Account, ApiKey, Body, Import
from zhongshu.registers.people.queries.importing import path_of
from zhongshu.registers.people.rules.organisation import table

pytestmark = pytest.mark.django_db
SEATS = {
    "administrator": {"", "bodies/", "staff/", "staff/new/", "keys/", "import/"},
    "security": {"", "sessions/"},
    "auditor": {"", "audit/"},
    "supervisor": set(),
    "resident": set(),
}
PAGES = {"", "bodies/", "staff/", "staff/new/", "keys/", "import/", "sessions/", "audit/", "audit/export.csv"}


def text(answer: Any) -> str:
    return answer.content.decode()


@pytest.fixture
def fresh(city: Any, client: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """`fresh(login)`: the test client signed in with a proof of who one is that is not old."""
    from zhongshu.base.http.doors import doors

    monkeypatch.setattr(doors, "is_fresh", lambda request, at: True)
    return lambda login: city.signed_in(client, login)


@pytest.fixture
def root(city: Any) -> Body:
    return Body.objects.get(parent=None)


@pytest.fixture
def district(city: Any, root: Body) -> Body:
    """A district whose own administrator is called districtadmin."""
    found = Body.objects.filter(parent=root, kind="government").order_by("pk")[0]
    account = people.open_staff("districtadmin", "区管理员", "", found.pk, by=SYSTEM, at=city.now)
    people.give_grant(account, "administrator", body=found, by=SYSTEM, at=city.now)
    return found


@pytest.mark.parametrize("login", SEATS)
def test_each_seat_opens_its_own_pages_and_no_other(city: Any, client: Any, login: str) -> None:
    city.signed_in(client, login)
    opened = {page for page in PAGES if client.get(f"/desk/admin/{page}").status_code == 200}
    assert opened - {"audit/export.csv"} == SEATS[login]
    for page in PAGES - SEATS[login] - {"audit/export.csv"}:
        assert client.get(f"/desk/admin/{page}").status_code == 403, page


def test_the_entrance_shows_only_what_one_may_open(fresh: Any) -> None:
    shown = set(re.findall(r'href="/desk/admin/([^"]*)"', text(fresh("auditor").get("/desk/admin/"))))
    assert shown == {"", "audit/"}


@pytest.mark.parametrize("act", ["change", "add", "move", "end", "reopen"])
def test_a_clerk_cannot_change_a_body_by_sending_what_the_page_sends(fresh: Any, root: Body, act: str) -> None:
    sent = {"do": act, "name": "改名", "name_en": "Renamed", "kind": "unit", "to": root.name}
    assert fresh("supervisor").post(f"/desk/admin/bodies/{root.pk}/", sent).status_code == 403
    assert Body.objects.get(pk=root.pk).name == root.name


def test_what_lies_outside_ones_part_of_the_tree_answers_as_absent(
    city: Any, fresh: Any, root: Body, district: Body
) -> None:
    client = fresh("districtadmin")
    foreign = city.account("supervisor")
    assert text(client.get("/desk/admin/bodies/")).count("/desk/admin/bodies/") >= 1
    for address in (
        f"bodies/{root.pk}/", f"staff/?body={root.pk}", f"staff/{foreign.pk}/", f"staff/{city.account('resident').pk}/",
        "bodies/999999999/",
    ):  # fmt: skip
        assert client.get(f"/desk/admin/{address}").status_code == 404, address
    for sent in ({"do": "close"}, {"do": "start"}, {"do": "change", "name": "改名"}):
        assert client.post(f"/desk/admin/staff/{foreign.pk}/", sent).status_code == 404
    assert str(foreign.pk) not in text(client.get("/desk/admin/staff/", {"q": foreign.name}))
    sister = Body.objects.filter(parent=root, kind="government").exclude(pk=district.pk).order_by("pk")[0]
    assert sister.name not in text(client.get("/desk/admin/bodies/", {"q": sister.name[:2]}))
    moved = client.post(f"/desk/admin/bodies/{district.pk}/", {"do": "move", "to": sister.name})
    assert moved.status_code == 422


def test_keys_of_foreign_systems_are_absent(city: Any, fresh: Any, root: Body, district: Body) -> None:
    hub = people.open_staff("hub.city", "市级平台", "", root.pk, kind="device", by=SYSTEM, at=city.now)
    people.issue_key(hub, "对接", by=SYSTEM, at=city.now)
    key = ApiKey.objects.get(account=hub)
    client = fresh("districtadmin")
    assert "市级平台" not in text(client.get("/desk/admin/keys/"))
    assert client.post(f"/desk/admin/keys/{key.pk}/revoke/").status_code == 404
    assert client.post(f"/desk/admin/keys/{key.pk}/rotate/", {"overlap": "7"}).status_code == 404
    assert client.get(f"/desk/admin/devices/{hub.pk}/").status_code == 404
    assert ApiKey.objects.get(pk=key.pk).revoked is None


def test_a_body_is_founded_moved_after_a_look_and_ended(city: Any, fresh: Any, root: Body) -> None:
    client, address = fresh("administrator"), f"/desk/admin/bodies/{root.pk}/"
    for name, english in (("甲局", "Bureau A"), ("乙局", "Bureau B")):
        sent = {"do": "add", "name": name, "name_en": english, "kind": "bureau", "place": ""}
        assert client.post(address, sent).status_code == 302
    twice = client.post(address, {"do": "add", "name": "甲局", "name_en": "A", "kind": "bureau"})
    assert twice.status_code == 409 and "已经有了" in text(twice) and 'value="甲局"' in text(twice)
    first, second = (Body.objects.get(name=name) for name in ("甲局", "乙局"))
    look = text(client.get(f"/desk/admin/bodies/{first.pk}/", {"to": "乙局"}))
    assert "调整以后" in look and Body.objects.get(pk=first.pk).parent_id == root.pk
    assert client.post(f"/desk/admin/bodies/{first.pk}/", {"do": "move", "to": "乙局"}).status_code == 302
    assert Body.objects.get(pk=first.pk).parent_id == second.pk
    under = client.post(f"/desk/admin/bodies/{second.pk}/", {"do": "move", "to": "乙局/甲局"})
    assert under.status_code == 422 and "自己的下级" in text(under)
    assert client.post(f"/desk/admin/bodies/{first.pk}/", {"do": "end"}).status_code == 302
    page = text(client.get(f"/desk/admin/bodies/{first.pk}/"))
    assert "停用单位" in page and "调整单位的上级" in page and "恢复这个单位" in page


def test_hidden_fields_of_an_account_cannot_be_set(city: Any, fresh: Any, root: Body) -> None:
    client = fresh("administrator")
    sent = {
        "login": "new.clerk", "name": "新人", "phone": "", "body": root.name, "kind": "staff", "password": "x" * 20,
        "roles": "administrator", "id": str(city.account("administrator").pk), "closed": "2020-01-01", "person": "1",
    }  # fmt: skip
    answer = client.post("/desk/admin/staff/new/", sent)
    assert answer.status_code == 200 and "启用码" in text(answer)
    made = Account.objects.get(login="new.clerk")
    assert not made.has_usable_password() and made.closed is None and made.person_id is None
    assert not made.grants.exists()
    people_of_city = client.post("/desk/admin/staff/new/", sent | {"login": "res", "kind": "resident"})
    assert people_of_city.status_code == 422 and not Account.objects.filter(login="res").exists()
    opened = client.post(
        f"/desk/admin/staff/{made.pk}/", {"do": "change", "name": "新人", "login": "root", "kind": "x"}
    )
    assert opened.status_code == 302
    made.refresh_from_db()
    assert (made.login, made.kind) == ("new.clerk", "staff")


def test_an_administrator_does_not_take_the_seats_that_watch_over_them(city: Any, fresh: Any) -> None:
    client = fresh("administrator")
    for login in ("security", "auditor"):
        answer = client.post(f"/desk/admin/staff/{city.account(login).pk}/", {"do": "start"})
        assert answer.status_code == 422 and 'class="key"' not in text(answer)
    given = client.post(f"/desk/admin/staff/{city.account('grid001').pk}/", {"do": "start"})
    assert given.status_code == 200 and 'class="key"' in text(given)


def test_somebody_is_moved_after_a_look_at_what_they_hold(city: Any, fresh: Any) -> None:
    client, officer = fresh("administrator"), city.account("officer061")
    address = f"/desk/admin/staff/{officer.pk}/"
    to = path_of(city.account("supervisor").body)
    look = text(client.get(address, {"to": to}))
    ends = re.findall(r'name="end" value="(\d+)"', look)
    assert ends, "a handler's role is over their body"
    assert client.post(address, {"do": "move", "to": to, "end": ends}).status_code == 302
    moved = known.actor(officer.pk, city.now)
    assert moved is not None and moved.body == city.account("supervisor").body_id and moved.grants == ()


def test_an_account_with_work_is_closed_only_knowingly(city: Any, fresh: Any) -> None:
    client, clerk = fresh("administrator"), city.account("grid001")
    assert client.post(f"/desk/admin/staff/{clerk.pk}/", {"do": "close"}).status_code == 302
    assert "恢复账号" in text(client.get(f"/desk/admin/staff/{clerk.pk}/"))
    mine = client.post(f"/desk/admin/staff/{city.account('administrator').pk}/", {"do": "close"})
    assert mine.status_code == 403


def test_a_key_has_the_scopes_that_were_ticked_and_no_foreign_one(city: Any, fresh: Any, root: Body) -> None:
    hub = people.open_staff("hub", "对接平台", "", root.pk, kind="device", by=SYSTEM, at=city.now)
    people.give_grant(hub, "integrator", by=SYSTEM, at=city.now)
    client = fresh("administrator")
    sent = {
        "account": str(hub.pk),
        "name": "告警上报",
        "per_minute": "60",
        "per_day": "6000",
        "expires": f"{city.now.year + 1}-01-31",
        "networks": "10.20.0.0/16",
        "scope": ["case.report"],
    }
    for wrong, field in (
        ({"scope": ["admin.open"]}, "admin.open"), ({"networks": "any"}, "不是网络地址"), ({"expires": ""}, "有效期"),
        ({"expires": "2199-01-01"}, "两年"), ({"per_day": "1"}, "告警上报"),
    ):  # fmt: skip
        answer = client.post("/desk/admin/keys/", sent | wrong)
        if field != "告警上报":
            assert answer.status_code == 422 and field in text(answer)
    ApiKey.objects.all().delete()
    issued = client.post("/desk/admin/keys/", sent)
    assert issued.status_code == 200 and issued["Cache-Control"] == "no-store"
    key = ApiKey.objects.get()
    assert (key.scopes, key.networks, key.per_day) == (["case.report"], ["10.20.0.0/16"], 6000)
    replaced = client.post(f"/desk/admin/keys/{key.pk}/rotate/", {"overlap": "7"})
    assert 'class="key"' in text(replaced) and ApiKey.objects.count() == 2


def test_a_file_is_checked_then_taken_in_and_its_result_fetched(city: Any, fresh: Any, root: Body) -> None:
    client = fresh("administrator")
    content = table.written([
        ["name", "name_en", "kind", "parent"], ["新局", "New Bureau", "bureau", root.name],
        ["=cmd()", "", "bureau", "没有"],
    ])  # fmt: skip

    def send(**more: str) -> Any:
        file = SimpleUploadedFile("bodies.csv", content)
        return client.post("/desk/admin/import/", {"kind": "bodies", "file": file, **more})

    seen = send(go="check")
    assert "现在没有改动" in text(seen) and not Body.objects.filter(name="新局").exists()
    basis = re.search(r'name="basis" value="(\w+)"', text(seen))[1]  # type: ignore[index]
    assert send(go="import", basis="0" * 64).status_code == 409
    assert send(go="import", basis=basis).status_code == 302
    made = Import.objects.get()
    address = f"/desk/admin/import/{made.pk}/"
    assert "正在导入" in text(client.get(address))
    people.take_in(made.pk, at=city.now)
    assert "已导入" in text(client.get(address))
    assert b"".join(client.get(address + "result.csv")).decode("utf-8-sig").count("\r\n") == 3
    assert client.get("/desk/admin/import/example/staff.csv").status_code == 200


def test_a_workbook_that_acts_is_refused_and_the_attempt_kept(city: Any, fresh: Any) -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as book:
        for part in ("xl/workbook.xml", "xl/vbaProject.bin"):
            book.writestr(part, "<workbook/>")
    file = SimpleUploadedFile("bodies.xlsx", packed.getvalue())
    answer = fresh("administrator").post("/desk/admin/import/", {"kind": "bodies", "file": file, "go": "check"})
    assert answer.status_code == 422 and "宏" in text(answer)
    (entry,) = Entry.objects.filter(verb="security.upload_refused")
    assert str(entry.actor) == str(city.account("administrator").pk)


def test_the_result_of_an_import_is_for_who_had_it_made(city: Any, fresh: Any, root: Body, district: Body) -> None:
    made = Import.objects.create(
        kind="staff", digest="0" * 64, actor=city.account("administrator").pk, asked=city.now, rows=1, done=1,
        finished=city.now,
    )  # fmt: skip
    client = fresh("districtadmin")
    for address in ("", "result.csv"):
        assert client.get(f"/desk/admin/import/{made.pk}/{address}").status_code == 404


def test_the_auditor_sees_what_the_administrator_did_and_is_seen_doing_so(city: Any, fresh: Any) -> None:
    clerk = city.account("grid001")
    people.change_staff(clerk.pk, "改了名", "", by=city.actor("administrator"), at=city.now)
    client = fresh("auditor")
    page = text(client.get("/desk/admin/audit/", {"who": "administrator", "about": "grid001"}))
    assert "更正账号资料" in page and "改了名" in page
    seen = journal.trace("account", str(city.account("auditor").pk))[-1]
    assert (seen.verb, seen.facts["about"]) == ("audit.searched", f"account/{clerk.pk}")
    file = b"".join(client.get("/desk/admin/audit/export.csv", {"who": "administrator"})).decode("utf-8-sig")
    assert "people.account_changed" in file
    assert journal.trace("account", str(city.account("auditor").pk))[-1].verb == "audit.exported"
    unknown = client.get("/desk/admin/audit/", {"who": "nobody.here"})
    assert unknown.status_code == 422 and "没有登录名" in text(unknown)


def test_pages_of_a_search_follow_each_other_without_gap_and_are_one_search(city: Any, fresh: Any) -> None:
    by = city.actor("administrator")
    clerk = city.account("grid001")
    for number in range(60):
        people.change_staff(clerk.pk, f"名{number}", "", by=by, at=city.now)
    client, wanted = fresh("auditor"), {"who": "administrator", "verb": "people.account_changed"}
    first = text(client.get("/desk/admin/audit/", wanted))
    recorded = len(journal.trace("account", str(city.account("auditor").pk)))
    following = re.search(r'href="\?([^"]*after=[^"]*)"', first)[1].replace("&amp;", "&")  # type: ignore[index]
    second = text(client.get(f"/desk/admin/audit/?{following}"))
    assert (first.count("<tr><td"), second.count("<tr><td")) == (50, 10)
    assert len(journal.trace("account", str(city.account("auditor").pk))) == recorded


def test_what_an_entry_says_is_no_formula_in_the_file(city: Any, fresh: Any) -> None:
    root = Body.objects.get(parent=None)
    people.found_body("=1+1科", "=HYPERLINK", "unit", parent=root, by=city.actor("administrator"), at=city.now)
    file = b"".join(fresh("auditor").get("/desk/admin/audit/export.csv", {"verb": "people.body_founded"})).decode()
    assert "'=1+1科" in file
