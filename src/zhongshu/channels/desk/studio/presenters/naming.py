"""What a new scenario is called: what its author types, and what follows from it."""

import re
from collections.abc import Collection, Iterator, Mapping

from zhongshu.base.http.refusals import Conflict, Invalid
from zhongshu.engine.studio.actions import Called

LONGEST = 40


def called(typed: Mapping[str, str], taken: Mapping[str, str]) -> Called:
    """The names typed; code and prefix, where they are left empty, made from the English name.

    `taken` is code → prefix of the scenarios there are. Invalid names the part that is wrong.
    """
    name, english = named(typed.get("name", "")), typed.get("name_en", "").strip()
    words = re.findall(r"[a-z0-9]+", english.lower())
    code = typed.get("code", "").strip() or _free("-".join(_from_letter(words)[:6])[:LONGEST] or "scenario", taken)
    if code in taken:
        raise Conflict("已有代码为 {code} 的场景，请换一个代码，或从它复制。", field="code", code=code)
    prefix = prefixed(typed.get("prefix", "").strip() or _prefix(words, set(taken.values())))
    return Called(code, name, english or name, prefix)


def named(typed: str) -> str:
    """The name of a scenario; Invalid if it is too short or too long."""
    name = typed.strip()
    if not 2 <= len(name) <= LONGEST:
        raise Invalid("请写上场景的名称（2 至 {most} 个字）。", field="name", most=LONGEST)
    return name


def prefixed(typed: str) -> str:
    """What the numbers of a scenario's cases begin with; Invalid if it is anything but two to six letters."""
    prefix = typed.strip().upper()
    if not re.fullmatch("[A-Z]{2,6}", prefix):
        raise Invalid("编号前缀是 2 至 6 个字母，例如 ZX。", field="prefix")
    return prefix


def _from_letter(words: list[str]) -> list[str]:
    first = next((n for n, word in enumerate(words) if word[0].isalpha()), len(words))
    return words[first:]


def _free(code: str, taken: Collection[str]) -> str:
    return next(each for each in _numbered(code) if each not in taken)


def _numbered(code: str) -> Iterator[str]:
    yield code
    yield from (f"{code}-{number}" for number in range(2, 10_000))


def _prefix(words: list[str], taken: Collection[str]) -> str:
    """The initials of the words, or the first free letters after them."""
    initials = "".join(word[0] for word in words if word[0].isalpha()).upper()[:4]
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    stem = initials if len(initials) > 1 else "CJ"
    if stem not in taken:
        return stem
    return next(
        each for each in (f"{stem}{one}{two}" for one in letters for two in ("", *letters)) if each not in taken
    )
