"""Types and parameters as they are written (grammar rules 53-56)."""

from zhongshu.engine.decisions.rules.grammar.cursor import Cursor
from zhongshu.engine.decisions.rules.problem import SyntaxProblem
from zhongshu.engine.decisions.rules.types import ANY, ContextOf, FunctionOf, ListOf, RangeOf, Type

LONGEST_NAME = 12


def read_type(cursor: Cursor) -> Type:
    """A type by name or by its parts. Raises SyntaxProblem for one nobody knows."""
    if cursor.follows("<"):
        match cursor.next.text:
            case "list" | "range":
                return _of_one(cursor)
            case "context":
                return _context(cursor)
            case "function":
                return _function(cursor)
    for length in range(LONGEST_NAME, 0, -1):
        words = tuple(word.text for word in cursor.words[cursor.at : cursor.at + length])
        if words in cursor.around.typed:
            cursor.at += length
            return cursor.around.typed[words]
    raise SyntaxProblem(
        "表达式第 {place} 个字符处：没有名为“{found}”的类型。", cursor.next.position, found=cursor.next.text
    )


def _of_one(cursor: Cursor) -> Type:
    kind = cursor.take("name").text
    cursor.take("<")
    item = _part(cursor)
    cursor.take(">")
    return ListOf(item) if kind == "list" else RangeOf(item)


def _context(cursor: Cursor) -> Type:
    cursor.take("name")
    cursor.take("<")
    entries: list[tuple[str, Type]] = []
    while not cursor.skip(">"):
        if entries:
            cursor.take(",")
        name = cursor.new_name(":")
        cursor.take(":")
        entries.append((name, _part(cursor)))
    return ContextOf(tuple(entries))


def _function(cursor: Cursor) -> Type:
    cursor.take("function")
    cursor.take("<")
    parameters: list[Type] = []
    while not cursor.skip(">"):
        if parameters:
            cursor.take(",")
        parameters.append(_part(cursor))
    result = _part(cursor) if cursor.skip("->") else ANY
    return FunctionOf(tuple(parameters), result)


def _part(cursor: Cursor) -> Type:
    cursor.descend()
    found = read_type(cursor)
    cursor.depth -= 1
    return found


def read_parameters(cursor: Cursor) -> tuple[tuple[str, Type], ...]:
    """`(name: type, …)` of a function being defined; each name is known from here on."""
    cursor.take("(")
    parameters: list[tuple[str, Type]] = []
    while not cursor.skip(")"):
        if parameters:
            cursor.take(",")
        name = cursor.new_name(":", ",", ")")
        parameters.append((name, read_type(cursor) if cursor.skip(":") else ANY))
        cursor.bound.append(name)
    return tuple(parameters)
