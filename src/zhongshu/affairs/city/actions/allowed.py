"""What the rules of its source let an event tell: the one check behind every door."""

from datetime import datetime
from typing import Any

from zhongshu.affairs.city.rules import sources
from zhongshu.affairs.city.rules.events import ON_THE_SPOT, Handled, NewEvent
from zhongshu.base.http import limits
from zhongshu.base.http.limits import Limit
from zhongshu.base.http.refusals import Forbidden, Invalid
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.queries import contacts
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.rules import codes


def teller(rule: sources.Rule, event: NewEvent, place: int, by: Actor, at: datetime) -> None:
    """Refuse what the source's rule does not let this account tell, or not of this place."""
    sources.entitled(rule, by.kind)
    if rule.duty and not permissions.may(by, "case.report", places.path_of(place), at):
        raise Forbidden("您没有在这个地方上报事件的职责。")
    if event.lon is None:
        sources.fine_enough(rule, codes.level_of(place))
    if event.device and rule.known != "join":
        raise Invalid("只有设备告警可以写设备编号。", field="device")


def facts(rule: sources.Rule, event: NewEvent, scenario: Scenario) -> dict[str, Any]:
    """What conditions may ask beyond the answers: the device and how sure it is; that it was handled on the spot."""
    facts = dict[str, Any]()
    if event.device:
        facts |= {"device": sources.device(event.device), "confidence": sources.confidence(event.confidence)}
    if event.handled:
        facts |= {ON_THE_SPOT: True, "note": _handled(rule, event.handled, scenario)}
    return facts


def _handled(rule: sources.Rule, handled: Handled, scenario: Scenario) -> str:
    """What was done on the spot; refused where source or scenario do not provide for it, or nothing shows it."""
    if not rule.on_the_spot:
        raise Forbidden("只有巡查人员可以当场办结。")
    if ON_THE_SPOT not in scenario.net.names():
        raise Invalid("这一类事件不能当场办结，请按普通上报提交。", field="handled")
    if not handled.photos:
        raise Invalid("当场办结须附处置后的照片。", field="handled_photos")
    note = handled.note.strip()
    if not 2 <= len(note) <= 500:
        raise Invalid("请写明当场怎样处置的（2 至 500 字）。", field="handled_note")
    return note


def often(event: NewEvent, device: str, key: str, by: Actor, at: datetime) -> None:
    """Refuse a device that tells too much; what is sent again because an answer was lost does not count."""
    most = sources.RULES[event.source].per_hour
    if most is not None and contacts.received(key) is None:
        limits.take(Limit("city.device", most, 3600), f"{by.id}/{device}", at)
