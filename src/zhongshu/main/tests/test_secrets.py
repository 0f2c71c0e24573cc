"""The platform's secrets: where they come from, and how they change without a halt."""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from zhongshu.base.crypto import doors, queries, sealing
from zhongshu.base.journal import queries as journal
from zhongshu.main import secret, wiring
from zhongshu.main.cli import secrets as command
from zhongshu.main.ground.console import Trouble
from zhongshu.registers.people.models import Person

NUMBER = "330102199003071234"


def test_a_secret_comes_from_the_environment_a_file_or_systemd(tmp_path: Path) -> None:
    (tmp_path / "told").write_text("from-a-file\n")
    (tmp_path / "zhongshu_x").write_text("from-systemd\n")
    named = {"ZHONGSHU_X_FILE": str(tmp_path / "told"), "CREDENTIALS_DIRECTORY": str(tmp_path)}
    assert secret.told("ZHONGSHU_X", named | {"ZHONGSHU_X": "plain"}) == "plain"
    assert secret.told("ZHONGSHU_X", named) == "from-a-file"
    assert secret.told("ZHONGSHU_X", {"CREDENTIALS_DIRECTORY": str(tmp_path)}) == "from-systemd"
    assert secret.told("ZHONGSHU_X", {}) == ""
    with pytest.raises(FileNotFoundError):
        secret.told("ZHONGSHU_X", {"ZHONGSHU_X_FILE": str(tmp_path / "missing")})


def test_a_file_of_keys_is_its_owner_s_alone_and_never_half_written(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    first = secret.kept_in(path)
    secret.write(path, ["newer", first])
    assert secret.signing_keys("", path) == ["newer", first] and path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["keys"]


def test_a_ring_follows_its_file_and_one_from_the_environment_stays(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    ring, fixed = secret.Ring("", path), secret.Ring("b,a", path)
    (first,) = ring
    secret.write(path, ["newer", "older"])
    assert [*ring] == [secret.data_key("newer"), secret.data_key("older")] and first not in ring
    assert [*fixed] == [secret.data_key("b"), secret.data_key("a")]


@pytest.fixture
def keys(city: Any, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Rings of the test's own, in files."""
    settings.SIGNING_FIXED, settings.SIGNING_FILE, settings.DATA_FILE = (
        "",
        tmp_path / "secret_key",
        tmp_path / "data_key",
    )
    for name in [name for name in os.environ if name.startswith(("ZHONGSHU_DATA_KEYS", "ZHONGSHU_SECRET_KEY"))]:
        monkeypatch.delenv(name)
    settings.DATA_KEYS = secret.Ring("", settings.DATA_FILE)
    settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS = secret.signing_keys("", settings.SIGNING_FILE)
    monkeypatch.setattr(secret, "_renewed", {})
    yield settings


def _run(do: str, keys: str = "data") -> int:
    return command.run(argparse.Namespace(do=do, keys=keys))


@pytest.fixture
def nothing_sealed(city: Any) -> None:
    """The demo's people were sealed under a key that is not in the ring of these stories."""
    Person.objects.update(id_kind="", id_sealed="", id_mark=None)


def _person(city: Any) -> Person:
    (one,) = (each for each in wiring.SEALED if each.table == "people_person")
    return Person.objects.create(
        name="林晓舟", id_kind="resident_id", id_sealed=sealing.seal(NUMBER, one.about),
        id_mark=sealing.marks(NUMBER, one.about)[0], opened=city.now,
    )  # fmt: skip


@pytest.mark.usefixtures("nothing_sealed")
def test_a_data_key_is_changed_while_everything_goes_on(city: Any, keys: Any, capsys: Any) -> None:
    (one,) = (each for each in wiring.SEALED if each.table == "people_person")
    person, first = _person(city), sealing.newest_name()
    assert _run("rotate") == 0 and sealing.newest_name() != first
    assert sealing.opened(person.id_sealed, one.about) == NUMBER
    with pytest.raises(Trouble, match=first):
        _run("drop")
    assert _run("reseal") == 0
    person.refresh_from_db()
    assert sealing.is_newest(person.id_sealed) and sealing.opened(person.id_sealed, one.about) == NUMBER
    assert bytes(person.id_mark or b"") == sealing.marks(NUMBER, one.about)[0]
    assert set(queries.in_use(doors.columns)) == {sealing.newest_name()}
    assert _run("drop") == 0 and sealing.names() == [sealing.newest_name()]
    assert sealing.opened(person.id_sealed, one.about) == NUMBER and _run("show") == 0
    assert [entry.verb for entry in journal.trace("keys", "data")] == ["security.key_made", "security.keys_dropped"]
    assert NUMBER not in capsys.readouterr().out


@pytest.mark.usefixtures("nothing_sealed")
def test_many_values_are_sealed_anew_in_batches(city: Any, keys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from zhongshu.base.crypto import actions

    monkeypatch.setattr(actions, "BATCH", 2)
    about = wiring.SEALED[0].about
    for number in range(5):
        Person.objects.create(
            name="某", id_kind="passport", id_sealed=sealing.seal(f"E{number}", about),
            id_mark=bytes([number]) * 32, opened=city.now,
        )  # fmt: skip
    _run("rotate")
    assert actions.reseal(wiring.SEALED[0]) == 5 and actions.reseal(wiring.SEALED[0]) == 0


def test_a_session_outlives_a_new_signing_key_and_ends_with_its_own(city: Any, keys: Any) -> None:
    client = city.signed_in(Client(), "resident")
    assert client.get("/mine/").status_code == 200
    _run("rotate", "signing")
    assert client.get("/mine/").status_code == 200
    late = city.signed_in(Client(), "resident")
    _run("drop", "signing")
    assert late.get("/mine/").status_code == 200


def test_keys_from_the_environment_are_not_ours_to_change(keys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHONGSHU_DATA_KEYS", "a")
    with pytest.raises(Trouble, match="ZHONGSHU_DATA_KEYS"):
        _run("rotate")


def test_every_sealed_column_is_in_the_list() -> None:
    known = {(one.table, one.column) for one in wiring.SEALED}
    fields = {(model._meta.db_table, field.column) for model in apps.get_models() for field in model._meta.local_fields}
    assert (
        {(table, column) for table, column in fields if column and column.split("_")[-1] == "sealed"} <= known <= fields
    )
    assert {(one.table, one.mark) for one in wiring.SEALED if one.mark} <= fields
