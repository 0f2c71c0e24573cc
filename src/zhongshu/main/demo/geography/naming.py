"""Invented names, made of two syllables, each name once."""

from dataclasses import dataclass
from random import Random

_FIRST = """
云yun 帆fan 鸥ou 澜lan 汐xi 霁ji 栖qi 菱ling 棠tang 蔚wei 漪yi 荻di 芷zhi 澄cheng 岚lan 沐mu 溯su 舷xian
珊shan 苇wei 葭jia 鲤li 霏fei 箬ruo
"""
_SECOND = """
湾wan 浦pu 塘tang 洲zhou 泾jing 墩dun 岙ao 坞wu 圩wei 埠bu 陵ling 原yuan 泽ze 林lin 川chuan 田tian 阁ge 台tai
庭ting 里li 岭ling 谷gu 汀ting 渡du
"""


@dataclass(frozen=True, slots=True)
class Name:
    """A name without its kind: 帆湾, Fanwan."""

    zh: str
    en: str

    def of(self, kind: str, kind_en: str) -> tuple[str, str]:
        """The name with its kind in both languages: 帆湾区, Fanwan District."""
        return f"{self.zh}{kind}", f"{self.en} {kind_en}"


CITY = Name("云汀", "Yunting")
PROVINCE = Name("云州", "Yunzhou")


class Names:
    """A bag of names; each is drawn once."""

    def __init__(self, random: Random) -> None:
        made = [_joined(first, second) for first in _FIRST.split() for second in _SECOND.split()]
        self._left = [name for name in made if name != CITY]
        random.shuffle(self._left)

    def draw(self) -> Name:
        """A name not drawn before."""
        return self._left.pop()


def _joined(first: str, second: str) -> Name:
    """One character and its pinyin each; an apostrophe keeps a syllable that begins with a vowel apart."""
    gap = "'" if second[1] in "aeo" else ""
    return Name(first[0] + second[0], f"{first[1:]}{gap}{second[1:]}".capitalize())
