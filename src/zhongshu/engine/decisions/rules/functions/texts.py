"""Functions of texts (§10.3.4.3)."""

import re
from typing import Any

from zhongshu.engine.decisions.rules.functions.declaring import built_in
from zhongshu.engine.decisions.rules.patterns import matching
from zhongshu.engine.decisions.rules.values import MOST_CHARACTERS

TWO = "string: string, match: string"
built_in("contains", TWO)(lambda text, part: part in text)
built_in("starts with", TWO)(str.startswith)
built_in("ends with", TWO)(str.endswith)
built_in("string length", "string: string")(len)
built_in("upper case", "string: string")(str.upper)
built_in("lower case", "string: string")(str.lower)


@built_in("substring", "string: string, start position: number, length: number?")
def substring(text: str, start: Any, *length: Any) -> str | None:
    """So many characters from a place; a negative place counts from the end."""
    start = int(start)
    first = start - 1 if start > 0 else len(text) + start
    if start == 0 or abs(start) > len(text) or None in length or any(many < 1 for many in length):
        return None
    return text[first : first + int(length[0])] if length else text[first:]


@built_in("substring before", TWO)
def before(text: str, part: str) -> str:
    """What stands before the part; empty if it is not there."""
    return text.partition(part)[0] if part and part in text else ""


@built_in("substring after", TWO)
def after(text: str, part: str) -> str:
    """What stands after the part; empty if it is not there."""
    return text.partition(part)[2] if part else text


@built_in("matches", "input: string, pattern: string, flags: string?", scoped=True)
def matches(scope: Any, text: str, pattern: str, flags: str | None = None) -> bool:
    """Whether the pattern is found in the text."""
    return next(matching.search(pattern, flags or "", text, scope.spend), None) is not None


@built_in("replace", "input: string, pattern: string, replacement: string, flags: string?", scoped=True)
def replace(scope: Any, text: str, pattern: str, replacement: str, flags: str | None = None) -> str | None:
    """The text with each find replaced, `$1` by the first group; null for a pattern that can find nothing at all."""
    parts, last, flags = [], 0, flags or ""
    if matches(scope, "", pattern, flags):
        return None
    for found in matching.search(pattern, flags, text, scope.spend):
        parts += [text[last : found[0]], replacement if "q" in flags else _filled(replacement, text, found)]
        scope.spend(len(parts[-1]) // 16)
        last = found[1]
        if sum(map(len, parts[-2:])) > MOST_CHARACTERS:
            return None
    return "".join([*parts, text[last:]])


def _filled(replacement: str, text: str, found: matching.Groups) -> str:
    groups = len(found) // 2

    def fill(sign: re.Match[str]) -> str:
        if sign[0][0] == "\\":
            if sign[0] == "\\":
                raise ValueError("a \\ before neither \\ nor $")
            return sign[0][1:]
        digits = sign[0][1:]
        if not digits:
            raise ValueError("a $ without a number")
        kept = next((n for n in range(len(digits), 1, -1) if int(digits[:n]) < groups), 1)
        group = int(digits[:kept])
        taken = text[found[2 * group] : found[2 * group + 1]] if group < groups and found[2 * group] >= 0 else ""
        return taken + digits[kept:]

    return re.sub(r"\\[\\$]?|\$[0-9]*", fill, replacement)


@built_in("split", "string: string, delimiter: string", scoped=True)
def split(scope: Any, text: str, delimiter: str) -> list[str] | None:
    """The pieces between the finds of a pattern; null for one that can find nothing at all."""
    pieces, last = [], 0
    if matches(scope, "", delimiter):
        return None
    for found in matching.search(delimiter, "", text, scope.spend):
        pieces.append(text[last : found[0]])
        last = found[1]
    return [*pieces, text[last:]]


@built_in("string join", "list: list, delimiter: string?, prefix: string?, suffix: string?")
def join(values: list[Any], delimiter: str | None = None, prefix: str | None = None, suffix: str | None = None) -> Any:
    """The texts of a list, one after the other; a null among them is left out."""
    texts = [value for value in values if value is not None]
    if not all(isinstance(text, str) for text in texts):
        return None
    if sum(map(len, texts)) + len(delimiter or "") * len(texts) > MOST_CHARACTERS:
        return None
    return (prefix or "") + (delimiter or "").join(texts) + (suffix or "")
