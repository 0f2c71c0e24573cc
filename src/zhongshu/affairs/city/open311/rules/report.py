"""What a client sends to report something: the form of GeoReport v2, POST Service Request. Pure."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.intake.rules.shape import Field, Questionnaire

Sent = Mapping[str, Sequence[str]]
"""The form as it came: name → values."""
REPEATED = timedelta(minutes=10)
"""How long the same form from the same sender is the same report."""
LONGEST_ADDRESS = 300
_ATTRIBUTE = re.compile(r"attribute\[([^\[\]]{1,64})\](\[\])?")
_ADDRESS = re.compile(rf"(?=.{{1,{LONGEST_ADDRESS}}}\Z)https?://[!-~]+", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Point:
    """Where it is, in WGS-84 degrees."""

    lon: float
    lat: float


def text(sent: Sent, name: str) -> str:
    """One value of the form, its last; empty when it was not sent."""
    values = sent.get(name) or [""]
    return values[-1].strip()


def point(sent: Sent) -> Point | None:
    """The point, None when neither degree was sent; one alone, or what is no number, is refused."""
    lat, lon = text(sent, "lat"), text(sent, "long")
    if not lat and not lon:
        return None
    try:
        return Point(float(lon), float(lat))
    except ValueError:
        raise Invalid("lat 和 long 须同时填写数字，例如 29.866 和 120.9616。", field="lat") from None


def teller(sent: Sent) -> str:
    """Who tells: family name first where it is written in Chinese."""
    first, last = text(sent, "first_name"), text(sent, "last_name")
    return f"{last}{first}" if _HAN.search(first + last) else f"{first} {last}".strip()


def answers(sent: Sent, form: Questionnaire) -> dict[str, Any]:
    """The answers to a questionnaire: `attribute[code]` by its code; `description`, and the address of a picture, join
    what is told under that name.
    """
    fields = {field.name: field for field in form.fields}
    found = {code: _answer(fields.get(code), values) for code, values in _attributes(sent).items()}
    told = [text(sent, "description"), *_attributes(sent).get("description", []), media(sent)]
    lines = [line for line in dict.fromkeys(part.strip() for part in told) if line]
    return found | ({"description": "\n".join(lines)} if lines else {})


def _attributes(sent: Sent) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, values in sent.items():
        if matched := _ATTRIBUTE.fullmatch(key):
            found.setdefault(matched[1], []).extend(values)
        elif key.startswith("attribute"):
            raise Invalid("{name} 应写成 attribute[编号]=值。", field="attribute", name=key[:80])
    return found


def _answer(field: Field | None, values: list[str]) -> str | list[str]:
    if field is not None and field.kind == "date":
        values = [_day(value) for value in values]
    many = field is not None and field.many
    return values if many or len(values) > 1 else values[0]


def _day(value: str) -> str:
    """A moment as its day in Shanghai; what is none is left for the questionnaire to refuse."""
    try:
        moment = datetime.fromisoformat(value.strip())
        return (moment.astimezone(SHANGHAI) if moment.tzinfo else moment).date().isoformat()
    except (ValueError, OverflowError):
        return value


def media(sent: Sent) -> str:
    """The address of a picture, kept as text: nothing is fetched from another host."""
    address = text(sent, "media_url")
    if address and not _ADDRESS.fullmatch(address):
        raise Invalid(
            "media_url 应为 http 或 https 网址，最多 {limit} 个字符。", field="media_url", limit=LONGEST_ADDRESS
        )
    return address


def own_key(sent: Sent, header: str) -> str:
    """The client's own key of this report: `client_request_id`, else its Idempotency-Key; empty when it has none."""
    return text(sent, "client_request_id") or header.strip()


def keys(sent: Sent, at: datetime) -> tuple[str, str]:
    """The keys of a report that came without one: made of all that was sent, for this stretch of ten minutes and for
    the one before, in which the same may have come.
    """
    said = sorted((name, list(values)) for name, values in sent.items() if name not in ("api_key", "jurisdiction_id"))
    digest = hashlib.sha256(msgspec.json.encode(said)).hexdigest()
    stretch = int(at.timestamp() // REPEATED.total_seconds())
    return f"open311-{digest}-{stretch}", f"open311-{digest}-{stretch - 1}"
