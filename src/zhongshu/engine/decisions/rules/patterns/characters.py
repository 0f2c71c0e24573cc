"""Which characters a part of a pattern takes."""

import unicodedata
from collections.abc import Callable

Takes = Callable[[str], bool]

BLOCKS = {
    "BasicLatin": (0x00, 0x7F),
    "Latin-1Supplement": (0x80, 0xFF),
    "LatinExtended-A": (0x100, 0x17F),
    "LatinExtended-B": (0x180, 0x24F),
    "Greek": (0x370, 0x3FF),
    "GreekandCoptic": (0x370, 0x3FF),
    "Cyrillic": (0x400, 0x4FF),
    "Hebrew": (0x590, 0x5FF),
    "Arabic": (0x600, 0x6FF),
    "GeneralPunctuation": (0x2000, 0x206F),
    "CJKSymbolsandPunctuation": (0x3000, 0x303F),
    "Hiragana": (0x3040, 0x309F),
    "Katakana": (0x30A0, 0x30FF),
    "CJKUnifiedIdeographsExtensionA": (0x3400, 0x4DBF),
    "CJKUnifiedIdeographs": (0x4E00, 0x9FFF),
    "HangulSyllables": (0xAC00, 0xD7AF),
    "HalfwidthandFullwidthForms": (0xFF00, 0xFFEF),
}
GENERAL = {"L": "ultmo", "M": "nce", "N": "dlo", "P": "cdseifo", "Z": "slp", "S": "mcko", "C": "cfon"}
CATEGORIES = {*GENERAL, *(first + second for first, seconds in GENERAL.items() for second in seconds)}


def between(low: str, high: str) -> Takes:
    """The characters from one to another."""
    return lambda character: low <= character <= high


def one_of(characters: str) -> Takes:
    """These characters."""
    return lambda character: character in characters


def outside(takes: Takes) -> Takes:
    """All others."""
    return lambda character: not takes(character)


def either(parts: list[Takes]) -> Takes:
    """What one of the parts takes."""
    return lambda character: any(takes(character) for takes in parts)


def without(takes: Takes, taken_out: Takes) -> Takes:
    """What the first takes and the second does not."""
    return lambda character: takes(character) and not taken_out(character)


def any_case(takes: Takes) -> Takes:
    """What is taken in upper or in lower case."""
    return lambda character: any(takes(each) for each in _cases(character))


def _cases(character: str) -> set[str]:
    """The character in every case that is one character: an upper-case ß is two."""
    return {each for each in (character, character.lower(), character.upper()) if len(each) == 1}


def property_of(name: str) -> Takes | None:
    """The characters of a Unicode category (`Lu`) or block (`IsBasicLatin`); None if there is none by the name."""
    if name.startswith("Is"):
        block = BLOCKS.get(name[2:])
        return between(chr(block[0]), chr(block[1])) if block else None
    if name not in CATEGORIES:
        return None
    return lambda character: unicodedata.category(character).startswith(name)


def _is_word(character: str) -> bool:
    return unicodedata.category(character)[0] not in "PZC"


CLASSES: dict[str, Takes] = {
    "d": lambda character: unicodedata.category(character) == "Nd",
    "s": one_of(" \t\n\r"),
    "w": _is_word,
    "i": lambda character: character.isalpha() or character in "_:",
    "c": lambda character: character.isalnum() or character in "_:-.\u00b7",
}
CLASSES |= {letter.upper(): outside(takes) for letter, takes in tuple(CLASSES.items())}
ESCAPED = {"n": "\n", "r": "\r", "t": "\t", **{sign: sign for sign in "\\|.?*+(){}$-[]^"}}
