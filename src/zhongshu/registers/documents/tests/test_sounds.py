"""What becomes of a voice note somebody sends."""

import io
import struct
import wave

import pytest

from zhongshu.base.http.refusals import Invalid, TooLarge
from zhongshu.registers.documents.rules import sounds


def wav(seconds: float) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8_000)
        file.writeframes(bytes(int(seconds * 8_000)))
    return out.getvalue()


def ogg(seconds: float) -> bytes:
    """The first and the last page of an Opus recording, as far as they are read."""
    head = b"OggS\x00\x02" + bytes(22) + b"OpusHead"
    return head + bytes(200) + b"OggS\x00\x04" + struct.pack("<q", int(seconds * 48_000)) + bytes(40)


def mp4(seconds: float, handler: bytes = b"soun") -> bytes:
    moved = b"mvhd" + bytes(12) + struct.pack(">II", 1_000, int(seconds * 1_000))
    return b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00" + moved + bytes(20) + b"hdlr" + bytes(8) + handler + bytes(40)


WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + bytes(100)


@pytest.mark.parametrize(
    ("data", "media", "seconds"),
    [
        (WEBM, "audio/webm", None),
        (ogg(7), "audio/ogg", 7),
        (mp4(9), "audio/mp4", 9),
        (wav(3), "audio/wav", 3),
        (b"ID3\x04" + bytes(60), "audio/mpeg", None),
        (b"\xff\xfb\x90\x00" + bytes(60), "audio/mpeg", None),
    ],
)
def test_a_recording_is_known_by_its_content_and_its_length_where_it_says_one(
    data: bytes, media: str, seconds: float | None
) -> None:
    found = sounds.sound(data)
    assert (found.media, found.seconds) == (media, pytest.approx(seconds) if seconds else None)


@pytest.mark.parametrize(
    "data",
    [
        b"<html><script>alert(1)</script>",
        b"\xff\xd8\xff\xe0" + bytes(60),
        b"\x1a\x45\xdf\xa3" + b"matroska" + bytes(60),
        b"OggS" + bytes(24) + b"theora" + bytes(60),
        mp4(9, b"vide"),
        mp4(9) + b"hdlr" + bytes(8) + b"vide",
        b"RIFF\x00\x00\x00\x00AVI " + bytes(60),
        b"\xff\xf1\x50\x80" + bytes(60),
    ],
)
def test_what_is_no_recording_is_refused_whatever_it_is_called(data: bytes) -> None:
    with pytest.raises(Invalid, match="WebM、Ogg"):
        sounds.sound(data)


@pytest.mark.parametrize("data", [wav(123), ogg(200), mp4(121 + 2)])
def test_two_minutes_are_the_most(data: bytes) -> None:
    with pytest.raises(TooLarge, match="2 分钟"):
        sounds.sound(data)


def test_a_recorder_that_stops_at_the_limit_may_be_a_moment_late() -> None:
    assert sounds.sound(wav(121)).seconds == pytest.approx(121)


def test_nothing_and_too_much_are_refused() -> None:
    with pytest.raises(Invalid, match="空的"):
        sounds.sound(b"")
    with pytest.raises(TooLarge, match="6 MB"):
        sounds.sound(WEBM + bytes(sounds.MOST_BYTES))


def test_a_header_that_breaks_off_says_no_length() -> None:
    for whole in (wav(3), ogg(3), mp4(3)):
        for end in range(12, len(whole), 7):
            try:
                sounds.sound(whole[:end])
            except (Invalid, TooLarge) as refused:
                assert refused.field == "voice"
