"""What people may ask of their own data, and how long an answer may take. Pure.

Sources: Personal Information Protection Law (个人信息保护法) art. 44 to 50; the term of fifteen working days is that of
GB/T 35273-2020, 8.7 (thirty days) halved, as the State asks of its own bodies.
"""

from dataclasses import dataclass

from zhongshu.base.calendar.rules.terms import Term, Unit

TERM = Term(15, Unit.WORKING_DAYS)
LONGEST = 500
"""Characters of what is asked for, and of a decision."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of request: its name, the article that gives the right, whether an official decides on it."""

    code: str
    name: str
    name_en: str
    law: str
    law_en: str
    decided: bool = True


KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("export", "下载我的数据", "A copy of my data", "个人信息保护法第四十五条", "PIPL art. 45", decided=False),
        Kind("correct", "更正我的数据", "Correction of my data", "个人信息保护法第四十六条", "PIPL art. 46"),
        Kind("erase", "删除我的数据", "Deletion of my data", "个人信息保护法第四十七条", "PIPL art. 47"),
        Kind(
            "close", "注销账号并删除数据", "Closing my account, with deletion", "个人信息保护法第四十七条",
            "PIPL art. 47",
        ),
    )
}  # fmt: skip

FIELDS: dict[str, tuple[str, str]] = {"name": ("姓名", "name"), "phone": ("手机号", "phone number")}
"""What can be corrected on request; an identity number is checked again instead, with the document."""
DESTROYING = frozenset({"erase", "close"})
