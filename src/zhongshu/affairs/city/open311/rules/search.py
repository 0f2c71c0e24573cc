"""Which requests a client asks for. Pure.

GeoReport v2, GET Service Requests: at most 90 days and the first 1,000. `page` and `page_size` are as most cities have
them (GeoReport v2 Extensions, Pagination).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Invalid, TooLarge

SPAN = timedelta(days=90)
MOST = 1_000
MOST_CODES = 20
_YEARS = range(2000, 2100)
_WHOLE = re.compile(r"[0-9]{1,18}")
# A plus sign that was not escaped in the address arrives as a blank.
_BLANK_FOR_PLUS = re.compile(r" (?=\d{2}:?\d{2}$)")


@dataclass(frozen=True, slots=True)
class Search:
    """Requests by their numbers, which overrides all else; or by service and state, within a span, page by page.

    `closed` is None for both states.
    """

    numbers: tuple[str, ...]
    codes: tuple[str, ...]
    first: datetime
    last: datetime
    closed: bool | None
    limit: int
    offset: int


def search(query: Mapping[str, str], at: datetime) -> Search:
    """What the query of an address asks for; blank is not asked. Invalid or TooLarge say which part is wrong."""
    if numbers := _listed(query, "service_request_id", MOST):
        return Search(numbers, (), at, at, None, MOST, 0)
    codes, (first, last) = _listed(query, "service_code", MOST_CODES), _span(query, at)
    size = _whole(query, "page_size", MOST, most=MOST)
    offset = (_whole(query, "page", 1, most=MOST) - 1) * size
    if offset + size > MOST and offset:
        raise TooLarge("只能翻到前 {limit} 条，请用 end_date 往前查。", field="page", limit=MOST)
    return Search((), codes, first, last, _closed(query), size, offset)


def _listed(query: Mapping[str, str], name: str, most: int) -> tuple[str, ...]:
    parts = tuple(dict.fromkeys(part.strip() for part in query.get(name, "").split(",") if part.strip()))
    if len(parts) > most:
        raise TooLarge("{name} 一次最多 {limit} 个，请分几次查。", field=name, name=name, limit=most)
    return parts


def _closed(query: Mapping[str, str]) -> bool | None:
    states = set(_listed(query, "status", 2))
    if states - {"open", "closed"}:
        raise Invalid("status 只能是 open 或 closed。", field="status")
    return None if len(states) != 1 else states == {"closed"}


def _whole(query: Mapping[str, str], name: str, otherwise: int, most: int) -> int:
    text = query.get(name, "").strip() or str(otherwise)
    if not _WHOLE.fullmatch(text) or not 1 <= int(text) <= most:
        raise Invalid("{name} 应为 1 至 {most} 的整数。", field=name, name=name, most=most)
    return int(text)


def _span(query: Mapping[str, str], at: datetime) -> tuple[datetime, datetime]:
    first, last = _moment(query, "start_date"), _moment(query, "end_date", ends=True)
    if first is None:
        last = last or at
        return last - SPAN, last
    last = last or min(first + SPAN, max(at, first))
    if not timedelta(0) <= last - first <= SPAN:
        raise Invalid("start_date 应早于 end_date，相隔不超过 {days} 天。", field="start_date", days=SPAN.days)
    return first, last


def _moment(query: Mapping[str, str], name: str, *, ends: bool = False) -> datetime | None:
    """A moment in W3C format; without a zone it is Shanghai's, a mere day ends with its last second."""
    text = _BLANK_FOR_PLUS.sub("+", query.get(name, "").strip())
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.year not in _YEARS:
        raise Invalid("{name} 应为带时区的时间，例如 2026-03-01T00:00:00+08:00。", field=name, name=name)
    if ends and len(text) == len("2026-03-01"):
        moment += timedelta(days=1, seconds=-1)
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
