"""Calls of functions: built-in ones by name, others by value; the arguments may be named."""

from zhongshu.engine.decisions.rules import tree
from zhongshu.engine.decisions.rules.functions import IS_DEFINED, TABLE
from zhongshu.engine.decisions.rules.grammar.cursor import Cursor
from zhongshu.engine.decisions.rules.lexer import Word
from zhongshu.engine.decisions.rules.problem import SyntaxProblem


def read(cursor: Cursor, name: str, word: Word) -> tree.Node:
    """The call of a function by a name that is no datum here. Raises SyntaxProblem."""
    names, given = arguments(cursor)
    if name == IS_DEFINED and len(given) == 1 and not names:
        return tree.Call(name, given)
    function = TABLE.get(name)
    if function is None and cursor.around.strict:
        raise SyntaxProblem("表达式第 {place} 个字符处：没有名为“{found}”的函数。", word.position, found=name)
    if function is None:
        cursor.names.add(name)
        return tree.Invocation(tree.Name(name), given, names)
    if cursor.around.strict and not function.takes(len(given), names):
        raise SyntaxProblem("表达式第 {place} 个字符处：函数“{found}”的参数个数不对。", word.position, found=name)
    return tree.Call(name, given, names)


def arguments(cursor: Cursor) -> tuple[tuple[str, ...], tuple[tree.Node, ...]]:
    """What stands between the brackets: names, if there are any, and what is given."""
    cursor.take("(")
    names: list[str] = []
    given: list[tree.Node] = []
    named = _is_named(cursor)
    while not cursor.skip(")"):
        if given:
            cursor.take(",")
        if named:
            names.append(cursor.new_name(":"))
            cursor.take(":")
        given.append(cursor.expression())
    if len(set(names)) < len(names):
        raise cursor.unexpected(cursor.next)
    return tuple(names), tuple(given)


def _is_named(cursor: Cursor) -> bool:
    ahead = cursor.at
    while cursor.words[ahead].sort == "name" or cursor.words[ahead].sort in "+-*/.'":
        ahead += 1
    return ahead > cursor.at and cursor.words[ahead].sort == ":"
