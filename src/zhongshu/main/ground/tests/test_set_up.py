"""What is built at set-up is built once, and the same everywhere."""

from pathlib import Path

import pytest
from django.conf import settings

from zhongshu.main.ground import front_end, stamps, static_files


def test_a_stamp_changes_with_any_byte_of_any_file(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("a")
    two.write_text("b")
    before = stamps.fingerprint([one, two])
    two.write_text("c")
    assert stamps.fingerprint([one, two]) != before
    two.write_text("b")
    assert stamps.fingerprint([one, two]) == before


def test_bytes_moved_from_one_file_to_the_next_are_noticed(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("ab")
    two.write_text("c")
    before = stamps.fingerprint([one, two])
    one.write_text("a")
    two.write_text("bc")
    assert stamps.fingerprint([one, two]) != before


def test_a_stamp_bears_every_mark_left_on_it(tmp_path: Path) -> None:
    stamps.leave(tmp_path / "stamps" / "locks", "aa", "bb")
    assert stamps.bears(tmp_path / "stamps" / "locks", "bb")
    assert not stamps.bears(tmp_path / "stamps" / "locks", "b")


def test_the_bundles_are_the_same_bytes_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = []
    for name in ("one", "two"):
        monkeypatch.setenv("ZHONGSHU_VAR", str(tmp_path / name))
        front_end.build()
        built.append({file.name: file.read_bytes() for file in (tmp_path / name / "built").iterdir()})
    assert built[0] == built[1]
    assert len(built[0]["map-worker.js"]) > 100_000


def test_the_address_of_a_static_file_changes_with_its_content(tmp_path: Path) -> None:
    storage = static_files.Versioned(location=str(tmp_path), base_url="/static/")
    (tmp_path / "a.js").write_text("1")
    (tmp_path / "b.js").write_text("2")
    assert storage.url("a.js").split("?v=")[1] != storage.url("b.js").split("?v=")[1]
    assert storage.url("absent.js") == "/static/absent.js"


def test_pages_use_versioned_addresses_since_browsers_keep_the_files_for_a_year() -> None:
    assert settings.STORAGES["staticfiles"]["BACKEND"] == "zhongshu.main.ground.static_files.Versioned"
