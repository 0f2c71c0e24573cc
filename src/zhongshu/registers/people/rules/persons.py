"""How sure it is who somebody is, for what they are looked at, and when two records may be one. Pure."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from zhongshu.base.http.refusals import Conflict, Invalid

UNVERIFIED, CHECKED, IN_PERSON = "unverified", "checked", "in_person"
LEVELS = (UNVERIFIED, CHECKED, IN_PERSON)
"""Least sure first."""
SITTING = timedelta(minutes=30)
"""How long a clerk who found the person in front of them may work on their record."""
SHORTEST, LONGEST = 2, 200
"""Characters of the words to a purpose."""


class Answer(StrEnum):
    """What a register says of a name and a number."""

    MATCH = "match"
    NO_MATCH = "no_match"
    UNREACHABLE = "unreachable"


class Outcome(StrEnum):
    """What became of somebody's saying, or showing, who they are."""

    SAID = "said"
    UNREACHABLE = "unreachable"
    CHECKED = "checked"
    VERIFIED = "verified"
    MISMATCH = "mismatch"
    TAKEN = "taken"


class Purpose(StrEnum):
    """For what personal data are shown: the closed list, PIPL article 6."""

    SERVICE = "service"
    VERIFY = "verify"
    CONTACT = "contact"
    LEGAL = "legal"
    OWN = "own"


class What(StrEnum):
    """What was shown."""

    IDENTITY = "identity"
    CONTACT = "contact"


class Seen(StrEnum):
    """Which document lay before the clerk."""

    ORIGINAL = "original"
    TEMPORARY = "temporary"
    REGISTER = "register"
    ELECTRONIC = "electronic"


@dataclass(frozen=True, slots=True)
class Identity:
    """A person in full, for the one page that was asked for."""

    name: str
    kind: str
    number: str
    phone: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What merging goes by: the level, the number's mark if there is one, whether the record still stands by itself."""

    level: str
    mark: tuple[str, bytes] | None
    alone: bool = True


def purpose(code: str) -> Purpose:
    """A purpose of the list that somebody who looks at another may have."""
    if code not in set(Purpose) - {Purpose.OWN}:
        raise Invalid("请选择查看的用途。", field="purpose")
    return Purpose(code)


def words(text: str) -> str:
    """What somebody wrote to a purpose or a change, in one line."""
    found = " ".join(text.split())
    if not SHORTEST <= len(found) <= LONGEST:
        raise Invalid(
            "请写明具体事由（{least} 至 {most} 字），事由会记录在案，本人可以看到。",
            field="words", least=SHORTEST, most=LONGEST,
        )  # fmt: skip
    return found


def surer(one: str, other: str) -> bool:
    """Whether the first level is surer than the second."""
    return LEVELS.index(one) > LEVELS.index(other)


def refuse_merge(into: Facts, other: Facts) -> None:
    """Conflict where two records cannot become one: `into` stays, and is the surer one."""
    if not (into.alone and other.alone):
        raise Conflict("其中一份档案已经合并过，请打开合并后的档案再办理。")
    if UNVERIFIED not in (into.level, other.level) and into.mark != other.mark:
        raise Conflict("两份档案核验过的证件号码不同，不能合并。请先到窗口核对证件。")
    if surer(other.level, into.level):
        raise Conflict("请保留核验程度更高的那一份档案，把另一份并入它。")
