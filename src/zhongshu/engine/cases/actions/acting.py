"""What who acts for an applicant may do about a case, and that they and its handlers are different people."""

from datetime import datetime

from zhongshu.base.http.refusals import Forbidden
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.queries import agents
from zhongshu.engine.cases.rules.state import Held
from zhongshu.registers.people.queries import mandates
from zhongshu.registers.people.rules import mandates as rules
from zhongshu.registers.people.rules.mandates import Act


def may_tell(scenario: str, category: str, by: Actor) -> None:
    """Refuse who tells for another of a matter their mandate is not for, or whose mandate was revoked this moment."""
    rules.within(by, scenario, category)
    mandates.still(by)


def allowed(held: Held, act: Act, by: Actor) -> None:
    """Refuse who acts for another what their kind of mandate is not for, and who handles the case as an official."""
    rules.refuse(by, act)
    mandates.still(by)
    if by.mandate and agents.handles(held.id, by):
        raise Forbidden("您是这个办件的办理人员，不能同时代申请人办理。请由本人或另一位代办人办理。")


def apart(held: Held, by: Actor, at: datetime) -> None:
    """Refuse to set to a task as an official who acts, or may act, for whoever told of the case (Civil Code, 168)."""
    if by.agent and agents.acts_in(held.id, held.scenario, held.category, by.id, at):
        raise Forbidden("您是这个办件申请人的代办人，不能办理这个办件。请由其他人员办理。")
