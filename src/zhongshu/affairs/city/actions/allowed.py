"""What the rules of its source let an event tell: the one check behind every door."""

from datetime import datetime
from typing import Any

from zhongshu.affairs.city.rules import on_the_spot, sources
from zhongshu.affairs.city.rules.events import Handled, NewEvent
from zhongshu.base.http import limits
from zhongshu.base.http.limits import Limit
from zhongshu.base.http.refusals import Forbidden, Invalid
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.queries import contacts
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.intake.rules import questionnaire as intake
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


def facts(rule: sources.Rule, event: NewEvent, scenario: Scenario, by: Actor) -> dict[str, Any]:
    """What conditions may ask beyond the answers: the device and how sure it is; that it was handled on the spot.

    Then the body of who handled it answers for it.
    """
    facts = dict[str, Any]()
    if event.device:
        facts |= {"device": sources.device(event.device), "confidence": sources.confidence(event.confidence)}
    if event.handled:
        note = _handled(rule, event.handled, scenario)
        facts |= {on_the_spot.ON_THE_SPOT: True, "own_body": by.body, "note": note}
    return facts


def _handled(rule: sources.Rule, handled: Handled, scenario: Scenario) -> str:
    """What was done on the spot; refused where source or scenario do not provide for it, or nothing shows it."""
    if not rule.on_the_spot:
        raise Forbidden("只有巡查人员可以当场办结。")
    asked = on_the_spot.questions(scenario)
    if asked is None:
        raise Invalid("这一类事件不能当场办结，请按普通上报提交。", field="handled")
    checked = intake.check(asked, on_the_spot.answers(handled))
    if checked.problems:
        raise intake.Unfit(checked.problems)
    return str(checked.answers[on_the_spot.NOTE])


def often(event: NewEvent, device: str, key: str, by: Actor, at: datetime) -> None:
    """Refuse a device that tells too much; what is sent again because an answer was lost does not count."""
    most = sources.RULES[event.source].per_hour
    if most is not None and contacts.received(key) is None:
        limits.take(Limit("city.device", most, 3600), f"{by.id}/{device}", at)
