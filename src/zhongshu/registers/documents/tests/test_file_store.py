"""The folder that bytes lie in."""

import threading
from pathlib import Path

import pytest

from zhongshu.registers.documents.file_store import FileStore
from zhongshu.registers.documents.rules import keys

DATA = b"a photo" * 100
KEY = keys.key(keys.digest(DATA))


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "not" / "yet")


def files(store: FileStore) -> list[str]:
    return [path.relative_to(store.root).as_posix() for path in store.root.rglob("*") if path.is_file()]


def test_what_was_put_is_got_until_it_is_deleted(store: FileStore) -> None:
    store.put(KEY, DATA)
    assert store.get(KEY) == DATA
    store.delete(KEY)
    with pytest.raises(KeyError):
        store.get(KEY)
    store.delete(KEY)


def test_a_file_lies_two_folders_deep_under_its_digest(store: FileStore) -> None:
    store.put(KEY, DATA)
    assert files(store) == [f"{KEY[:2]}/{KEY[2:4]}/{KEY}"]


def test_putting_twice_leaves_one_file_untouched(store: FileStore) -> None:
    store.put(KEY, DATA)
    before = next(store.root.rglob("*.jpg")).stat().st_ino
    store.put(KEY, DATA)
    assert [path.stat().st_ino for path in store.root.rglob("*.jpg")] == [before]


def test_a_write_that_fails_leaves_nothing(store: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    store.root.mkdir(parents=True)
    (store.root / KEY[:2] / KEY[2:4]).mkdir(parents=True)
    with pytest.raises(OSError, match="No space"):
        store.put(KEY, DATA)
    assert files(store) == []


def test_many_may_put_the_same_at_once(store: FileStore) -> None:
    threads = [threading.Thread(target=store.put, args=(KEY, DATA)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (store.get(KEY), len(files(store))) == (DATA, 1)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "../../etc/passwd",
        "ab/../../../x",
        "abcdefgh/..",
        "ABCDEFGH1",
        "a" * 400,
        ".abcdefgh",
        "abcdefgh\n",
    ],
)
def test_a_key_that_could_lead_out_of_the_folder_is_refused(store: FileStore, key: str) -> None:
    for act in (store.get, store.delete, lambda key: store.put(key, b"")):
        with pytest.raises(ValueError, match="Not a key"):
            act(key)


def test_a_thumbnail_lies_beside_its_picture() -> None:
    digest = keys.digest(DATA)
    assert keys.key(digest, "thumb") == keys.key(digest).replace(".jpg", ".thumb.jpg")
