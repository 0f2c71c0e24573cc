"""A pattern to a tree of its parts."""

from zhongshu.engine.decisions.rules.patterns import characters
from zhongshu.engine.decisions.rules.patterns.characters import Takes
from zhongshu.engine.decisions.rules.patterns.parts import Again, Choice, Edge, Group, One, Part, Repeat, Sequence

DEEPEST = 32
MOST_GROUPS = 99
MOST_RANGES = 200
DIGITS = frozenset("0123456789")


class Malformed(ValueError):
    """A text that is no pattern, or flags that are none."""


class Reader:
    """Reads one pattern; `groups` are those closed so far."""

    def __init__(self, pattern: str, flags: str) -> None:
        if not set(flags) <= set("smixq"):
            raise Malformed(flags)
        self.flags = flags
        self.text = _without_space(pattern) if "x" in flags and "q" not in flags else pattern
        self.at = 0
        self.opened = 0
        self.depth = 0
        self.closed: set[int] = set()

    def read(self) -> Part:
        """The whole pattern. Raises Malformed."""
        if "q" in self.flags:
            return Sequence(tuple(self._literal(character) for character in self.text))
        part = self._choice()
        if self.at < len(self.text):
            raise Malformed(self.text)
        return part

    @property
    def _next(self) -> str:
        return self.text[self.at : self.at + 1]

    def _take(self) -> str:
        if self.at >= len(self.text):
            raise Malformed(self.text)
        self.at += 1
        return self.text[self.at - 1]

    def _skip(self, sign: str) -> bool:
        found = self.text.startswith(sign, self.at)
        self.at += len(sign) * found
        return found

    def _one(self, takes: Takes) -> One:
        return One(characters.any_case(takes) if "i" in self.flags else takes)

    def _literal(self, character: str) -> One:
        return self._one(characters.one_of(character))

    def _choice(self) -> Part:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Malformed(self.text)
        parts = [self._sequence()]
        while self._skip("|"):
            parts.append(self._sequence())
        self.depth -= 1
        return parts[0] if len(parts) == 1 else Choice(tuple(parts))

    def _sequence(self) -> Part:
        parts = []
        while self._next not in ("", "|", ")"):
            parts.append(self._repeated(self._atom()))
        return Sequence(tuple(parts))

    def _repeated(self, part: Part) -> Part:
        sign = self._next
        if sign == "" or sign not in "*+?{":
            return part
        self.at += 1
        least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(sign) or self._counts()
        repeat = Repeat(part, least, most, not self._skip("?"))
        if self._next != "" and self._next in "*+?{":
            raise Malformed(self.text)
        return repeat

    def _counts(self) -> tuple[int, int | None]:
        least, comma, most = self.text[self.at : self.text.find("}", self.at)].partition(",")
        self.at += len(least) + len(comma) + len(most)
        if (
            not self._skip("}")
            or not set(least) <= DIGITS
            or not set(most) <= DIGITS
            or not least
            or len(most + least) > 8
        ):
            raise Malformed(self.text)
        bounds = int(least), (int(most) if most else None if comma else int(least))
        if bounds[1] is not None and bounds[1] < bounds[0]:
            raise Malformed(self.text)
        return bounds

    def _atom(self) -> Part:
        character = self._take()
        match character:
            case "(":
                return self._group()
            case "[":
                return One(self._set())
            case ".":
                every = characters.outside(characters.one_of("" if "s" in self.flags else "\n\r"))
                return One(every)
            case "^" | "$":
                return Edge(character)
            case "\\":
                return self._escape()
        if character in "*+?{}])":
            raise Malformed(self.text)
        return self._literal(character)

    def _group(self) -> Part:
        if self._skip("?:"):
            part = self._choice()
        else:
            self.opened += 1
            number = self.opened
            if number > MOST_GROUPS:
                raise Malformed(self.text)
            part = Group(number, self._choice())
            self.closed.add(number)
        if not self._skip(")"):
            raise Malformed(self.text)
        return part

    def _escape(self) -> Part:
        if self._next in DIGITS - {"0"}:
            number = int(self._take())
            while self._next in DIGITS and number * 10 + int(self._next) <= self.opened:
                number = number * 10 + int(self._take())
            if number not in self.closed:
                raise Malformed(self.text)
            return Again(number)
        return One(self._escaped())

    def _escaped(self) -> Takes:
        letter = self._take()
        if letter in ("p", "P"):
            end = self.text.find("}", self.at)
            takes = characters.property_of(self.text[self.at + 1 : end]) if self._next == "{" and end > 0 else None
            if takes is None:
                raise Malformed(self.text)
            self.at = end + 1
            return characters.outside(takes) if letter == "P" else takes
        if letter in characters.CLASSES:
            return characters.CLASSES[letter]
        if letter not in characters.ESCAPED:
            raise Malformed(self.text)
        return characters.one_of(characters.ESCAPED[letter])

    def _set(self) -> Takes:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Malformed(self.text)
        negated = self._skip("^")
        parts: list[Takes] = []
        taken_out: Takes | None = None
        while not self._skip("]"):
            if parts and self._skip("-["):
                taken_out = self._set()
                if self._next != "]":
                    raise Malformed(self.text)
                continue
            parts.append(self._range())
        if not parts or len(parts) > MOST_RANGES:
            raise Malformed(self.text)
        self.depth -= 1
        takes = characters.either(parts)
        takes = characters.outside(takes) if negated else takes
        return characters.without(takes, taken_out) if taken_out else takes

    def _range(self) -> Takes:
        low = self._take()
        if low == "[":
            raise Malformed(self.text)
        if low == "\\":
            letter = self._next
            takes = self._escaped()
            if letter not in characters.ESCAPED:
                return takes
            low = characters.ESCAPED[letter]
        if self._next != "-" or self.text[self.at + 1 : self.at + 2] in ("]", "[", ""):
            return self._literal(low).takes
        self.at += 1
        high = self._take()
        high = characters.ESCAPED.get(self._take(), "") if high == "\\" else high
        if high < low:
            raise Malformed(self.text)
        return self._one(characters.between(low, high)).takes


def _without_space(pattern: str) -> str:
    kept, depth, escaped = [], 0, False
    for character in pattern:
        if depth == 0 and character in " \t\n\r":
            continue
        if not escaped:
            depth += (character == "[") - (character == "]" and depth > 0)
        escaped = character == "\\" and not escaped
        kept.append(character)
    return "".join(kept)
