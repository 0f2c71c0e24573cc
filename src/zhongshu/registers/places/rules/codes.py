"""Codes of places and of components: how they are read and what contains what.

Regions: GB/T 2260 (province, city, district in two digits each), then three digits of the street and three
of the community, as in 统计用区划代码和城乡划分代码编制规则 (国统字〔2009〕91号). Grid cells: the
community's code and three digits (GB/T 30428.1). Components: six digits of the district, two of the major
and two of the minor class, six of the serial (GB/T 30428.2, CJ/T 214).
"""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from zhongshu.base.http.refusals import Invalid

_DIGITS = re.compile(r"[1-9][0-9]*\Z", re.ASCII)
COMPONENT_LENGTH = 16


class Level(IntEnum):
    """How fine a place is; the value is the number of digits of its code."""

    PROVINCE = 2
    CITY = 4
    DISTRICT = 6
    STREET = 9
    COMMUNITY = 12
    CELL = 15


LENGTHS = tuple(int(level) for level in Level)


@dataclass(frozen=True, slots=True)
class ComponentCode:
    """A component's code taken apart: `district` 6 digits, `kind` 4 (major and minor class), `serial` 6."""

    district: str
    kind: str
    serial: str

    def __str__(self) -> str:
        return f"{self.district}{self.kind}{self.serial}"


def parse(text: str) -> str:
    """The shortest form of a region's or cell's code: `990101000000` and `990101` are the same district.

    Trailing groups of zeros are padding in regions (6, 9 or 12 digits); a cell's last three digits are
    never `000`. Anything else is `Invalid`.
    """
    code = text.strip()
    if not _DIGITS.match(code) or len(code) not in LENGTHS:
        raise Invalid("区划代码“{code}”不对：应是 2、4、6、9、12 或 15 位数字。", field="code", code=text)
    if len(code) == Level.CELL and code.endswith("000"):
        raise Invalid("网格代码“{code}”不对：末三位是网格序号，从 001 起。", field="code", code=text)
    while code.endswith("0" * _last_group(code)):
        code = code[: -_last_group(code)]
    return code


def parse_component(text: str) -> ComponentCode:
    """A component's code in its parts; `Invalid` unless it is 16 digits with a serial from 000001."""
    code = text.strip()
    if not _DIGITS.match(code) or len(code) != COMPONENT_LENGTH or code.endswith("000000"):
        raise Invalid(
            "部件代码“{code}”不对：应是 16 位数字（区划 6 位、大类 2 位、小类 2 位、序号 6 位）。",
            field="code",
            code=text,
        )
    return ComponentCode(code[:6], code[6:10], code[10:])


def level_of(code: str | int) -> Level:
    """How fine the place with this (short) code is."""
    return Level(len(str(code)))


@lru_cache(maxsize=65_536)
def ancestors(code: str | int) -> tuple[int, ...]:
    """The path of a place: the codes of all that contain it, widest first, itself last, as whole numbers.

    A cell's path has six members: province, city, district, street, community, cell.
    """
    text = str(code)
    return tuple(int(text[:length]) for length in LENGTHS if length <= len(text))


def prefixes(code: str) -> tuple[str, ...]:
    """The codes that may contain this one, nearest first, itself left out."""
    return tuple(code[:length] for length in reversed(LENGTHS) if length < len(code))


def contains(outer: str | int, inner: str | int) -> bool:
    """Whether the place `inner` lies in `outer` (or is it)."""
    return str(inner).startswith(str(outer))


def _last_group(code: str) -> int:
    return 2 if len(code) <= Level.DISTRICT else 3
