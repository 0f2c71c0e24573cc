"""What a mandate may be, when it holds, and what nobody does for another with it. Pure.

After the Civil Code: a written authority names agent, matters and period (art. 165), an agent does not deal with
themselves (168) nor pass the authority on (169), the principal ends it at any time (173), a guardian acts by law (34).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from zhongshu.base.http.refusals import Forbidden, Invalid
from zhongshu.base.permissions.mandates import Kind, covers
from zhongshu.base.permissions.rules import Actor

How = Literal["online", "counter", "signed", "law"]
"""How the principal agreed: signed in, in person at a counter, on a signed paper; or the law stands for it."""

FOR_A_ROLE = timedelta(days=3 * 366)
"""How long the mandate of a role in a firm runs where the role itself has no end."""
LONGEST: dict[Kind, timedelta | None] = {
    "family": timedelta(days=366),
    "helper": timedelta(days=30),
    "firm_agent": FOR_A_ROLE,
    "guardian": None,
}
"""How long a mandate of a kind may run at most; a guardian's as long as their document says."""
MOST_MATTERS = 50


class NoLongerActing(Forbidden):
    """The mandate of this session holds no more: whoever acted under it is only themselves again."""

    def __init__(self) -> None:
        super().__init__("代办授权已被撤回或已到期，代办已经结束，刚才的操作没有进行。您现在以自己的身份使用。")


class Act(StrEnum):
    """What somebody may want to do for another."""

    TELL = "tell"
    SUPPLEMENT = "supplement"
    URGE = "urge"
    WITHDRAW = "withdraw"
    RATE = "rate"
    CONFIRM = "confirm"
    APPROVE = "approve"
    MANDATE = "mandate"
    CHANGE_DATA = "change_data"
    SEE_IDENTITY = "see_identity"


_ALL: tuple[Kind, ...] = ("family", "guardian", "helper", "firm_agent")

REFUSED: dict[Act, tuple[tuple[Kind, ...], str]] = {
    Act.WITHDRAW: (("helper",), "帮办员不能替本人撤回申请，请由本人或其家人办理。"),
    Act.RATE: (("helper",), "帮办员不能替本人评价，请由本人或其家人评价。"),
    Act.CONFIRM: (("helper",), "帮办员不能替本人确认结果，请由本人或其家人确认。"),
    Act.APPROVE: (_ALL, "您正在代他人办理，不能审批或办理公务。请先结束代办。"),
    Act.MANDATE: (_ALL, "代办的人不能再授权别人，也不能替本人接受授权。请先结束代办。"),
    Act.CHANGE_DATA: (_ALL, "代办的人不能更改本人的个人信息，请由本人办理。"),
    Act.SEE_IDENTITY: (_ALL, "代办的人不能查看本人的证件号码。"),
}
"""Act → the kinds it is not for and what they are told; what is not listed every kind may do within its matters."""


def refuse(by: Actor, act: Act) -> None:
    """Refuse with a sentence when `by` acts for another with a mandate whose kind this act is not for."""
    kinds, sentence = REFUSED.get(act, ((), ""))
    if by.mandate and by.mandate.kind in kinds:
        raise Forbidden(sentence)


def within(by: Actor, scenario: str, category: str) -> None:
    """Refuse when `by` acts for another in a matter that their mandate is not for."""
    if by.mandate and not by.mandate.covers(scenario, category):
        raise Forbidden("您的代办授权不包括这类事项。请改由本人办理，或请本人重新授权。")


@dataclass(frozen=True, slots=True)
class Terms:
    """What a mandate is for and how long (start included, end excluded); only a guardian's may have no end."""

    kind: Kind
    starts: datetime
    ends: datetime | None
    matters: tuple[str, ...] = ()

    def covers(self, scenario: str, category: str, at: datetime) -> bool:
        """Whether the mandate, once accepted and as long as it is not revoked, is for this case at `at`."""
        return self.runs(at) and covers(self.matters, scenario, category)

    def runs(self, at: datetime) -> bool:
        """Whether `at` lies in its period."""
        return self.starts <= at and (self.ends is None or at < self.ends)

    def check(self, at: datetime) -> None:
        """Refuse a kind, period or matters that a mandate cannot have."""
        if self.kind not in LONGEST:
            raise Invalid("请选择代办关系。", field="kind")
        longest = LONGEST[self.kind]
        if self.ends is None and longest is not None:
            raise Invalid("请填写代办的结束日期。", field="ends")
        if self.ends is not None and self.ends <= max(self.starts, at):
            raise Invalid("结束日期须在今天以后。", field="ends")
        if longest and self.ends and self.ends - self.starts > longest:
            raise Invalid("这种代办关系最长 {days} 天，请改短期限。", field="ends", days=longest.days)
        if len(self.matters) > MOST_MATTERS or any(not 2 <= len(one) <= 64 for one in self.matters):
            raise Invalid("请从列表中选择代办的事项。", field="matters")


@dataclass(frozen=True, slots=True)
class Consent:
    """That the principal agreed, or the law stands for it: how, in which words, on which document."""

    how: How
    words: str = ""
    evidence: str | None = None


def consent(kind: Kind, given: Consent) -> Consent:
    """The consent as it is kept; refused where it does not carry a mandate of this kind.

    A guardian's rests on law and needs its words and document; a signed paper has to be there.
    """
    words = given.words.strip()
    if (kind == "guardian") != (given.how == "law"):
        raise Invalid("监护人须以法定依据办理；其他代办关系须有本人同意。", field="how")
    if given.how in ("law", "signed") and given.evidence is None:
        raise Invalid("请上传证明文件或本人签字的委托书照片。", field="evidence")
    if len(words) > 500 or (given.how in ("law", "counter") and len(words) < 2):
        raise Invalid("请写明同意的情形或法定依据（2 至 500 字）。", field="words")
    return Consent(given.how, words, given.evidence)
