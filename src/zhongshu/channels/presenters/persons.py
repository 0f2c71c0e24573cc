"""Persons as pages show them: masked, and what levels, documents, purposes and roles are called."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext

from zhongshu.registers.people import rules
from zhongshu.registers.people.models import FirmRole, Look, Person
from zhongshu.registers.people.queries import persons
from zhongshu.registers.people.rules import numbers
from zhongshu.registers.people.rules.persons import Outcome, Seen

LEVELS = {
    "unverified": "未实名", "checked": "已核验姓名和证件号", "in_person": "已当面核验",
}  # fmt: skip
KINDS = {
    "resident_id": "居民身份证", "passport": "护照", "permit": "港澳台居民居住证或通行证",
    "foreigner": "外国人永久居留身份证",
}  # fmt: skip
PURPOSES = {
    "service": "为本人办理业务", "verify": "核对身份", "contact": "联系本人", "legal": "依法配合调查",
    "own": "本人查看",
}  # fmt: skip
WHAT = {"identity": "姓名、证件号码和电话", "contact": "办件上的姓名和电话"}
ROLES = {"legal_representative": "法定代表人", "agent": "经办人"}
SEEN: dict[str, str] = {
    Seen.ORIGINAL: "证件原件", Seen.TEMPORARY: "临时身份证", Seen.REGISTER: "户口簿", Seen.ELECTRONIC: "电子证照",
}  # fmt: skip
OUTCOMES = {
    Outcome.SAID: "已按您填写的内容登记，尚未核验。请携带证件到窗口核验。",
    Outcome.UNREACHABLE: "已按您填写的内容登记。人口库暂时没有答复，请稍后再提交一次，或携带证件到窗口核验。",
    Outcome.CHECKED: "核验通过：姓名和证件号码一致。",
    Outcome.VERIFIED: "已当面核验。",
    Outcome.MISMATCH: "核验没有通过：姓名和证件号码不一致，没有保存。请对照证件核对后再填。",
    Outcome.TAKEN: "这个证件号码已登记在另一份档案下。如果都是您本人，请携带证件到窗口申请合并。",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a list, in the page's language."""

    key: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Masked:
    """A person as shown by default."""

    id: UUID
    name: str
    level: str
    word: str
    kind: str
    number: str
    phone: str


def masked(person: Person) -> Masked:
    """The person with everything hidden that is not needed to know them again."""
    number = numbers.masked(persons.number(person))
    return Masked(
        person.pk, rules.masked_name(person.name), person.level, gettext(LEVELS[person.level]), kind(person.id_kind),
        number, rules.masked_phone(person.phone),
    )  # fmt: skip


def kind(code: str) -> str:
    """What a document is called; empty for none."""
    return gettext(KINDS[code]) if code else ""


def choices(words: Mapping[str, str], chosen: str = "") -> list[Choice]:
    """The choices of a list by what they are called."""
    return [Choice(str(key), gettext(word), key == chosen) for key, word in words.items()]


def outcome(code: str) -> str:
    """What became of saying who one is, as a sentence; empty for what is no outcome."""
    return gettext(OUTCOMES[Outcome(code)]) if code in set(Outcome) else ""


def role(row: FirmRole) -> str:
    """What somebody's role in a firm is called."""
    return gettext(ROLES[row.role])


def looked(look: Look) -> tuple[str, str]:
    """What was looked at, and for which purpose."""
    return gettext(WHAT[look.what]), gettext(PURPOSES[look.purpose])
