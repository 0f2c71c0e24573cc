"""What is typed on the pages of administration."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.http import QueryDict
from django.utils.dateparse import parse_date

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http import reading
from zhongshu.base.http.access import Request
from zhongshu.base.http.refusals import Invalid
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import Body
from zhongshu.registers.people.queries.importing import path_of
from zhongshu.registers.people.rules.organisation.rows import path
from zhongshu.registers.places.rules import codes

LISTED = 5


def line(sent: QueryDict, name: str, most: int = 200) -> str:
    """A line of text without blanks around it."""
    return reading.text(sent, name).strip()[:most]


def body(request: Request, name: str, permission: str) -> int:
    """The id of the body that is meant: its name if no other has it, else as much of its path as tells it apart.

    Only bodies the visitor administers are found.
    """
    wanted = path(line(request.POST if request.method == "POST" else request.GET, name))
    if not wanted:
        raise Invalid("请填写单位名称，或“上级单位/单位名称”。", field=name)
    mine = [one for one in people.managed(request.by, permission, request.at) if one.ended is None]
    found = _meant(wanted, mine)
    if not found:
        raise Invalid("没有找到单位“{wanted}”，请核对名称。", field=name, wanted=wanted)
    if len(found) > 1:
        listed = "；".join(sorted(path_of(one) for one in found)[:LISTED])
        raise Invalid("有 {n} 个单位符合，请写明上级，例如：{listed}", field=name, n=len(found), listed=listed)
    return found[0].pk


def _meant(wanted: str, among: Iterable[Body]) -> list[Body]:
    last, bodies = wanted.rpartition("/")[2], people.tree()
    named = [one for one in among if last in (one.name, one.name_en)]
    if "/" not in wanted:
        return named
    return [one for one in named if ("/" + path_of(one, bodies)).endswith("/" + wanted)]


def place(sent: QueryDict, name: str) -> int | None:
    """The code of a place; None when nothing is typed."""
    typed = line(sent, name, 20)
    return int(codes.parse(typed)) if typed else None


def day(sent: QueryDict, name: str) -> date | None:
    """A day; None when nothing is typed."""
    typed = line(sent, name, 10)
    if not typed:
        return None
    try:
        found = parse_date(typed)
    except ValueError:
        found = None
    if found is None:
        raise Invalid("日期有误，请写成 2026-01-31 的样子。", field=name)
    return found


def period(sent: QueryDict) -> tuple[datetime | None, datetime | None]:
    """From the first moment of one day to the last of another; None where nothing is typed."""
    first, last = day(sent, "since"), day(sent, "until")
    if first and last and last < first:
        raise Invalid("结束日期不能早于开始日期。", field="until")
    begins = datetime.combine(first, time.min, SHANGHAI) if first else None
    ends = datetime.combine(last + timedelta(days=1), time.min, SHANGHAI) if last else None
    return begins, ends
