"""A voice note as somebody sent it: sniffed by its content, bounded, kept to the bit. Pure; nothing is ever transcoded.

The kinds are those telephones record: WebM or Ogg (Opus), MP4/M4A (AAC), MP3, WAV. Where the file says plainly how long
it is, that is held against the limit; a file that does not is bounded by its bytes.
"""

from dataclasses import dataclass

from zhongshu.base.http.refusals import Invalid, TooLarge

MOST_BYTES = 6_000_000
MOST_SECONDS = 120
SPARE_SECONDS = 2
"""A recorder that stops at the limit may write a moment more."""

_SOUND_BRANDS = {
    b"M4A ",
    b"M4B ",
    b"mp41",
    b"mp42",
    b"isom",
    b"iso2",
    b"iso4",
    b"iso5",
    b"iso6",
    b"3gp4",
    b"3gp5",
    b"dash",
}
_HEAD = 4_096
_OPUS_RATE = 48_000  # RFC 7845: granule positions of Opus count at 48 kHz whatever was recorded


@dataclass(frozen=True, slots=True)
class Sound:
    """A voice note to keep as it came: its media type, and its seconds where the file says them."""

    media: str
    seconds: float | None


def sound(data: bytes) -> Sound:
    """What a voice note of at most 6 MB and two minutes is. Raises TooLarge or Invalid with what to do."""
    if not data:
        raise Invalid("录音是空的，请重新录制。", field="voice")
    if len(data) > MOST_BYTES:
        raise TooLarge("录音超过 {most} MB，请录短一些。", field="voice", most=MOST_BYTES // 1_000_000)
    media = _sniffed(data)
    seconds = _LENGTHS[media](data) if media in _LENGTHS else None
    if seconds is not None and seconds > MOST_SECONDS + SPARE_SECONDS:
        raise TooLarge("录音超过 {most} 分钟，请录短一些，或分成几段。", field="voice", most=MOST_SECONDS // 60)
    return Sound(media, seconds)


def _sniffed(data: bytes) -> str:
    """The kind by the first bytes; a name or declared type is not believed."""
    if data.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in data[:64]:
        return "audio/webm"
    if data.startswith(b"OggS") and (b"OpusHead" in data[:128] or b"\x01vorbis" in data[:128]):
        return "audio/ogg"
    if data[4:8] == b"ftyp" and data[8:12] in _SOUND_BRANDS and b"soun" in data and b"vide" not in _handlers(data):
        return "audio/mp4"
    if data.startswith(b"RIFF") and data[8:12] == b"WAVE":
        return "audio/wav"
    if data.startswith(b"ID3") or (len(data) > 3 and data[0] == 0xFF and data[1] & 0xE6 == 0xE2):
        return "audio/mpeg"
    raise Invalid("只能上传 WebM、Ogg、M4A、MP3 或 WAV 录音，请重新录制或选择。", field="voice")


def _handlers(data: bytes) -> set[bytes]:
    """What the tracks of an MP4 hold: the handler types (ISO/IEC 14496-12, 8.4.3)."""
    found, at = set(), data.find(b"hdlr")
    while at >= 0:
        found.add(data[at + 12 : at + 16])
        at = data.find(b"hdlr", at + 4)
    return found


def _wav(data: bytes) -> float | None:
    """Bytes of sound by bytes a second (RIFF: chunk `fmt `, then `data`)."""
    form, body = data.find(b"fmt ", 12, _HEAD), data.find(b"data", 12, _HEAD)
    rate = int.from_bytes(data[form + 16 : form + 20], "little") if form > 0 else 0
    return (len(data) - body - 8) / rate if rate and body > 0 else None


def _ogg(data: bytes) -> float | None:
    """The position at which the last page ends (RFC 3533, 6)."""
    last = data.rfind(b"OggS")
    end = int.from_bytes(data[last + 6 : last + 14], "little", signed=True)
    return end / _OPUS_RATE if b"OpusHead" in data[:128] and end > 0 else None


def _mp4(data: bytes) -> float | None:
    """The movie header's duration by its timescale (ISO/IEC 14496-12, 8.2.2); a recording in pieces says none."""
    at = data.find(b"mvhd")
    if at < 0:
        return None
    wide = data[at + 4] == 1
    scale_at, width = (at + 24, 8) if wide else (at + 16, 4)
    scale = int.from_bytes(data[scale_at : scale_at + 4])
    length = int.from_bytes(data[scale_at + 4 : scale_at + 4 + width])
    return length / scale if scale and length and length != 2 ** (8 * width) - 1 else None


_LENGTHS = {"audio/wav": _wav, "audio/ogg": _ogg, "audio/mp4": _mp4}
