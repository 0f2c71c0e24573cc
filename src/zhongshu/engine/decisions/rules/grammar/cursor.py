"""Where a reader stands among the words, and the names it knows there."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager

from zhongshu.engine.decisions.rules import lexer, tree
from zhongshu.engine.decisions.rules.functions import IS_DEFINED, TABLE
from zhongshu.engine.decisions.rules.lexer import KEYWORDS, Word
from zhongshu.engine.decisions.rules.problem import SyntaxProblem
from zhongshu.engine.decisions.rules.surroundings import Phrases, Surroundings, phrases

DEEPEST = 64
BUILT_IN = phrases((*TABLE, IS_DEFINED))


class Cursor(ABC):
    """A place in the words of one text; `names` are the names taken from outside so far."""

    def __init__(self, source: str, around: Surroundings) -> None:
        self.source = source
        self.words = tuple(lexer.words(source))
        self.around = around
        self.at = 0
        self.depth = 0
        self.bound: list[str] = []
        self.names: set[str] = set()

    @abstractmethod
    def expression(self, above: int = 0) -> tree.Node:
        """An expression whose operators all bind tighter than `above`."""

    @abstractmethod
    def test(self) -> tree.Test:
        """One thing a value may meet."""

    @property
    def next(self) -> Word:
        """The word to be read."""
        return self.words[self.at]

    def take(self, *sorts: str) -> Word:
        """The next word, which must be of one of these sorts. Raises SyntaxProblem."""
        word = self.next
        if word.sort not in sorts:
            raise self.unexpected(word, sorts[0])
        self.at += 1
        return word

    def skip(self, sort: str) -> bool:
        """Whether the next word is of this sort; it is passed then."""
        found = self.next.sort == sort
        self.at += found
        return found

    def follows(self, *sorts: str) -> bool:
        """Whether the words after the next are of these sorts."""
        ahead = self.words[self.at + 1 : self.at + 1 + len(sorts)]
        return tuple(word.sort for word in ahead) == sorts

    def unexpected(self, word: Word, wanted: str = "") -> SyntaxProblem:
        """The refusal of a word that does not belong where it stands."""
        if word.sort == "end" and wanted in ("", "name"):
            return SyntaxProblem("表达式没有写完，请补上后面的内容。", word.position)
        if wanted in ("", "end", "name"):
            return SyntaxProblem("表达式第 {place} 个字符处的“{found}”放得不对。", word.position, found=word.text)
        return SyntaxProblem("表达式第 {place} 个字符处应当是“{wanted}”。", word.position, wanted=wanted)

    def descend(self) -> None:
        """One level deeper. Raises SyntaxProblem past the deepest."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise too_deep(self.next.position)

    # Names

    def name(self) -> str:
        """The longest name known here; a single word if none of several is."""
        known = self._longest(self.around.phrases) or self._longest(
            phrases(name for name in self.bound if not name.isidentifier())
        )
        return known or self._called() or self.take("name").text

    def _called(self) -> str:
        start = self.at
        found = self._longest(BUILT_IN)
        if found and self.next.sort == "(":
            return found
        self.at = start
        return ""

    def _longest(self, known: Phrases) -> str:
        for words, name in known.get(self.next.text, ()):
            ahead = self.words[self.at : self.at + len(words)]
            if tuple(word.text for word in ahead) == words and not any(word.sort == "string" for word in ahead):
                self.at += len(words)
                return name
        return ""

    def new_name(self, *closing: str) -> str:
        """A name being given: every word before one of the closing sorts. Raises SyntaxProblem."""
        start = self.at
        while self.next.sort not in closing:
            if not (self.next.sort in ("name", "number") or self.next.sort in _IN_NAMES):
                raise self.unexpected(self.next, "name")
            self.at += 1
        if start == self.at or self.words[start].sort != "name":
            raise self.unexpected(self.words[start], "name")
        last = self.words[self.at - 1]
        return " ".join(self.source[self.words[start].position : last.position + len(last.text)].split())

    def is_known(self, name: str) -> bool:
        """Whether a name has a meaning here that is not that of a built-in function."""
        return name in self.bound or name in self.around.names

    @contextmanager
    def binding(self) -> Iterator[None]:
        """Names bound inside are forgotten outside."""
        known = len(self.bound)
        yield
        del self.bound[known:]


_IN_NAMES = KEYWORDS - {"in", "null", "true", "false"} | set("+-*/.'")


def too_deep(position: int) -> SyntaxProblem:
    """The refusal of an expression nested too deeply."""
    return SyntaxProblem("表达式嵌套超过 {most} 层，请拆成几个表达式。", position, most=DEEPEST)
