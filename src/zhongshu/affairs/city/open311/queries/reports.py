"""What a report needs to know before it is one, and what its sender is told."""

from datetime import datetime

from django.utils.translation import gettext

from zhongshu.affairs.city import rules as events
from zhongshu.affairs.city.open311.rules import report, shapes
from zhongshu.base.http.refusals import Invalid
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.queries import contacts
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.rules import codes


def spot(address: str) -> tuple[report.Point | None, str]:
    """Where an address alone leads: the road or component it names, else the code of the community it names."""
    for found in places.search_address(address, 12):
        if not _names(address, found):
            continue
        if found.kind == "region" and len(found.code) >= codes.Level.COMMUNITY:
            return None, found.code
        if found.kind != "region" and found.lon is not None and found.lat is not None:
            return report.Point(found.lon, found.lat), ""
    raise Invalid("从 address_string 找不到位置，请附上 lat 和 long，或以 address_id 给出社区、网格或部件的编号。")


def _names(address: str, found: places.Found) -> bool:
    return found.name in address or bool(found.name_en and found.name_en.lower() in address.lower())


def key(sent: report.Sent, by: Actor, at: datetime) -> str:
    """The key of a report that came without one: that of the same report from the same sender within ten minutes, if
    there was one.
    """
    now, before = report.keys(sent, at)
    came = contacts.received(events.key(by.id, before))
    return before if came and at - came < report.REPEATED else now


def receipt(number: str, code: str) -> shapes.Shape:
    """What the sender of a report is told; `code` is the query code, empty when the report had come before."""
    notice = gettext("已收到，请凭编号查询进度。")
    if code:
        notice = gettext("已收到。凭编号和查询码 {code} 可在“查进度”页查看。").format(code=code)
    return {"service_request_id": number, "service_notice": notice, "account_id": None}
