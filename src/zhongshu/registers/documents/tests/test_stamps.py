"""When and where a photo was taken: believed or not, kept, and written under it."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from zhongshu.base.http.refusals import Conflict
from zhongshu.base.journal import queries as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.documents import actions, doors, queries
from zhongshu.registers.documents.file_store import FileStore
from zhongshu.registers.documents.models import Document
from zhongshu.registers.documents.rules import keys, stamps
from zhongshu.registers.documents.rules.stamps import Stamp
from zhongshu.registers.documents.tests.pictures import BLUE, RED, near, picture, read, sent
from zhongshu.registers.documents.tests.test_sounds import wav

AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
OFFICER = Actor("019a0000-0000-7000-8000-000000000001", "王强", "staff")
OTHER = Actor("019a0000-0000-7000-8000-000000000002", "李雷", "staff")
KEY = UUID("019a0000-0000-7000-8000-00000000000a")
HOUR = timedelta(hours=1)


def test_a_moment_to_come_or_long_past_is_not_believed_and_a_place_off_the_earth_is_left_out() -> None:
    near_by = Stamp(AT - HOUR, 121.5, 29.9, 8.0)
    assert stamps.believed(near_by, AT) == near_by
    assert stamps.believed(Stamp(AT + HOUR), AT) is None
    assert stamps.believed(Stamp(AT - 25 * HOUR), AT) is None
    assert stamps.believed(Stamp(AT - HOUR, 500.0, 29.9), AT) == Stamp(AT - HOUR)


def test_the_band_says_moment_place_and_digest() -> None:
    moment, place, digest = stamps.lines(Stamp(AT, 121.543214, -29.87, 8.4), bytes(32))
    assert (moment, place) == ("2026-03-02 09:00:00 UTC+8", "29.87000° S 121.54321° E ± 8 m")
    assert digest == "SHA-256 0000000000000000…"


@pytest.mark.parametrize("size", [(64, 48), (1_200, 900), (300, 2_000)])
def test_the_band_lies_below_the_photo_and_covers_none_of_it(size: tuple[int, int]) -> None:
    whole = read(stamps.stamped(sent(picture(*size)), ("2026-03-02 09:00:00 UTC+8", "SHA-256 00")))
    assert whole.width == size[0] and whole.height > size[1]
    assert near(whole.getpixel((size[0] // 2, size[1] - 20)), RED)
    band = whole.convert("L").crop((0, size[1] + 2, *whole.size))
    assert band.getextrema()[0] < 32 and band.getextrema()[1] > 160


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(doors, "store", FileStore(tmp_path))
    return tmp_path


@pytest.mark.django_db
def test_what_was_kept_stays_to_the_bit_and_pages_show_it_with_the_band() -> None:
    data = sent(picture(800, 600))
    document = actions.keep_photo(data, stamp=Stamp(AT - HOUR, 121.5, 29.9, 8.0), by=OFFICER, at=AT)
    before = queries.read(document.pk)
    shown = queries.stamped(document)
    assert read(shown).height > read(before).height == 600
    assert queries.read(document.pk) == before and keys.digest(before) == bytes(document.digest)
    assert bytes(document.sent_digest or b"") == keys.digest(data)
    assert (document.taken, document.lon, document.lat, document.accuracy) == (AT - HOUR, 121.5, 29.9, 8.0)
    (entry,) = journal.trace("document", str(document.pk))
    assert entry.facts["sent"] == keys.digest(data).hex() and entry.facts["lon"] == 121.5


@pytest.mark.django_db
def test_without_a_stamp_it_is_shown_as_it_was_kept() -> None:
    document = actions.keep_photo(sent(picture()), by=OFFICER, at=AT)
    assert queries.stamped(document) == queries.read(document.pk)


@pytest.mark.django_db
def test_sent_twice_under_one_id_it_is_one_document() -> None:
    first = actions.keep_photo(sent(picture()), id=KEY, by=OFFICER, at=AT)
    again = actions.keep_photo(sent(picture()), id=KEY, by=OFFICER, at=AT + HOUR)
    assert (first.pk, again.kept, Document.objects.count()) == (KEY, AT, 1)


@pytest.mark.django_db
def test_an_id_that_stands_for_something_else_is_refused() -> None:
    actions.keep_photo(sent(picture()), id=KEY, by=OFFICER, at=AT)
    for data, by in ((sent(picture(colour=BLUE)), OFFICER), (sent(picture()), OTHER)):
        with pytest.raises(Conflict, match="另一个文件"):
            actions.keep_photo(data, id=KEY, by=by, at=AT)


@pytest.mark.django_db
def test_a_voice_note_is_kept_to_the_bit_and_destroyed_whole(folder: Path) -> None:
    document = actions.keep_sound(wav(2), "voice.wav", id=KEY, by=OFFICER, at=AT)
    assert (document.media, queries.read(document.pk)) == ("audio/wav", wav(2))
    actions.destroy(document.pk, "保存期满", by=OFFICER, at=AT)
    assert not [path for path in folder.rglob("*") if path.is_file()]
