"""The text of an expression cut into words (DMN 1.5 §10.3.1.2, grammar rules 27-38 and 61-69)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhongshu.engine.decisions.rules.problem import SyntaxProblem

CONSTANTS = {"true": True, "false": False, "null": None}
KEYWORDS = {
    *("and", "or", "between", "in", "if", "then", "else", "some", "every", "satisfies"),
    *("for", "return", "function", "external", "instance", "of", *CONSTANTS),
}
_WORDS = re.compile(
    r"""
      (?P<space>  (?: [\s\u180e\u200b\ufeff] | //[^\n]* | /\*.*?\*/ )+ )
    | (?P<number> (?: [0-9]+ (?:\.[0-9]+)? | \.[0-9]+ ) (?: [eE][+-]?[0-9]+ )? )
    | (?P<string> @?"(?: [^"\\] | \\. )*" )
    | (?P<name>   \? | (?: [^\W\d] | [\U00010000-\U000effff] ) [\w\U00010000-\U000effff]* )
    | (?P<symbol> \.\. | \*\* | != | <= | >= | -> | [-+*/=<>()\[\]{},.:'] )
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "'": "'", "\\": "\\"}


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of an expression and where it begins; a keyword and a symbol are their own sort."""

    sort: str
    text: str
    position: int


def words(source: str) -> Iterator[Word]:
    """The words of an expression in order, closed by one of sort "end". Raises SyntaxProblem."""
    position = 0
    while position < len(source):
        found = _WORDS.match(source, position)
        if not found:
            raise _unreadable(source, position)
        if found.lastgroup != "space":
            yield _word(str(found.lastgroup), found[0], position)
        position = found.end()
    yield Word("end", "", len(source))


def _word(group: str, text: str, position: int) -> Word:
    if group == "symbol" or text in KEYWORDS:
        return Word(text, text, position)
    if group != "string":
        return Word(group, text, position)
    literal = text.startswith("@")
    return Word("temporal" if literal else "string", unescape(text[1 + literal : -1], position), position)


def spaced(name: str) -> tuple[str, ...]:
    """The words of a name; two names are the same if these are. Empty for what is no name."""
    try:
        return tuple(word.text for word in words(name) if word.sort != "end")
    except SyntaxProblem:
        return ()


def _unreadable(source: str, position: int) -> SyntaxProblem:
    if source[position] == '"' or source.startswith('@"', position):
        return SyntaxProblem("表达式第 {place} 个字符处的引号没有合上，请补上右引号。", position)
    return SyntaxProblem(
        "表达式第 {place} 个字符“{found}”看不懂，请检查是否用了中文标点。", position, found=source[position]
    )


def unescape(text: str, position: int) -> str:
    """The text a string literal stands for; an escape FEEL does not know (as in patterns) stands for itself.

    Raises SyntaxProblem for an impossible character.
    """

    def character(found: re.Match[str]) -> str:
        code = found[1] or found[2]
        if code and 0 < int(code, 16) <= 0x10FFFF:
            return chr(int(code, 16))
        if not code:
            return _ESCAPED.get(found[3], found[0])
        raise SyntaxProblem("表达式第 {place} 个字符处的文字里有看不懂的转义“{found}”。", position, found=found[0])

    text = _ESCAPE.sub(character, text)
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        raise SyntaxProblem("表达式第 {place} 个字符处的文字里有不成对的代理字符。", position) from None
