"""What stands between operators: values, names, lists, contexts, choices, loops and calls."""

from zhongshu.engine.decisions.rules import tree
from zhongshu.engine.decisions.rules.grammar import calls
from zhongshu.engine.decisions.rules.grammar.cursor import Cursor
from zhongshu.engine.decisions.rules.grammar.signatures import read_parameters, read_type
from zhongshu.engine.decisions.rules.lexer import CONSTANTS, Word
from zhongshu.engine.decisions.rules.problem import ForeignFunction, SyntaxProblem
from zhongshu.engine.decisions.rules.temporal import read_any
from zhongshu.engine.decisions.rules.values import number

COMPARED = 3
SIGNS = ("=", "!=", "<", "<=", ">", ">=")
OPENINGS = (
    "name",
    "number",
    "string",
    "temporal",
    *CONSTANTS,
    "(",
    "[",
    "]",
    "{",
    "if",
    "for",
    "some",
    "every",
    "function",
)


def read(cursor: Cursor) -> tree.Node:
    """An operand with all that follows it: paths, filters, calls and `instance of`.

    A bracket that nothing follows closes an open range, as in `]0..1[`.
    """
    node = _primary(cursor)
    while True:
        if cursor.skip("."):
            key = cursor.name()
            node = tree.Path(node.base, (*node.keys, key)) if isinstance(node, tree.Path) else tree.Path(node, (key,))
        elif cursor.next.sort == "[" and cursor.words[cursor.at + 1].sort in (*OPENINGS, "-"):
            node = _filter(cursor, node)
        elif cursor.next.sort == "(" and not isinstance(node, tree.Literal):
            names, arguments = calls.arguments(cursor)
            node = tree.Invocation(node, arguments, names)
        elif cursor.next.sort == "instance":
            cursor.take("instance")
            cursor.take("of")
            node = tree.InstanceOf(node, read_type(cursor))
        else:
            return node


def _primary(cursor: Cursor) -> tree.Node:
    word = cursor.next
    if word.sort == "name":
        return _named(cursor)
    cursor.take(*OPENINGS)
    match word.sort:
        case "true" | "false" | "null":
            return tree.Literal(CONSTANTS[word.sort])
        case "number" | "temporal":
            return _literal(word)
        case "string":
            return tree.Literal(word.text)
        case "(" | "]":
            return _group(cursor, word)
        case "[":
            return _listing(cursor)
        case "{":
            return _contexting(cursor)
        case "if":
            return _condition(cursor)
        case "function":
            return _defining(cursor)
    return _iteration(cursor, word.sort)


def _named(cursor: Cursor) -> tree.Node:
    word = cursor.next
    name = cursor.name()
    if cursor.next.sort == "(" and not cursor.is_known(name):
        return calls.read(cursor, name, word)
    if name not in cursor.bound:
        cursor.names.add(name)
    return tree.Name(name)


def _literal(word: Word) -> tree.Literal:
    value = number(word.text) if word.sort == "number" else read_any(word.text)
    if value is None:
        raise SyntaxProblem(
            "表达式第 {place} 个字符处的“{found}”不是有效的数、日期、时间或时长。",
            word.position,
            found=word.text,
        )
    return tree.Literal(value)


def _group(cursor: Cursor, opening: Word) -> tree.Node:
    if opening.sort == "(" and cursor.next.sort in SIGNS:
        test = cursor.test()
        cursor.take(")")
        return _one_ended(test)
    node = cursor.expression()
    if opening.sort == "]" or cursor.next.sort == "..":
        return interval(cursor, node, low_closed=False)
    cursor.take(")")
    return node


def _one_ended(test: tree.Test) -> tree.Node:
    nothing = tree.Literal(None)
    match test.sign:
        case "=":
            return tree.Interval(test.operand, test.operand, True, True, "=")
        case "<" | "<=":
            return tree.Interval(nothing, test.operand, False, test.sign == "<=", test.sign)
        case ">" | ">=":
            return tree.Interval(test.operand, nothing, test.sign == ">=", False, test.sign)
    return tree.Interval(test.operand, test.operand, False, False, "!=")


def interval(cursor: Cursor, low: tree.Node, *, low_closed: bool) -> tree.Interval:
    """The rest of a range whose low end is read."""
    cursor.take("..")
    high = cursor.expression(COMPARED)
    closing = cursor.take("]", ")", "[")
    return tree.Interval(low, high, low_closed, closing.sort == "]")


def _listing(cursor: Cursor) -> tree.Node:
    if cursor.skip("]"):
        return tree.Listing(())
    items = [cursor.expression()]
    if cursor.next.sort == "..":
        return interval(cursor, items[0], low_closed=True)
    while cursor.skip(","):
        items.append(cursor.expression())
    cursor.take("]")
    return tree.Listing(tuple(items))


def _filter(cursor: Cursor, base: tree.Node) -> tree.Filter:
    cursor.take("[")
    with cursor.binding():
        cursor.bound.append("item")
        start = cursor.at
        test = cursor.expression()
    weight = cursor.at - start
    cursor.take("]")
    return tree.Filter(base, test, weight)


def _contexting(cursor: Cursor) -> tree.Node:
    entries: dict[str, tree.Node] = {}
    with cursor.binding():
        while not cursor.skip("}"):
            if entries:
                cursor.take(",")
            start = cursor.next
            key = cursor.take("string").text if start.sort == "string" else cursor.new_name(":")
            cursor.take(":")
            if key in entries:
                raise SyntaxProblem(
                    "表达式第 {place} 个字符处：“{found}”在同一个上下文里写了两次。", start.position, found=key
                )
            entries[key] = cursor.expression()
            cursor.bound.append(key)
    return tree.Contexting(tuple(entries.items()))


def _condition(cursor: Cursor) -> tree.Condition:
    test = cursor.expression()
    cursor.take("then")
    chosen = cursor.expression()
    cursor.take("else")
    return tree.Condition(test, chosen, cursor.expression())


def _iteration(cursor: Cursor, word: str) -> tree.Node:
    with cursor.binding():
        bindings: list[tuple[str, tree.Node]] = []
        while not bindings or cursor.skip(","):
            name = cursor.new_name("in")
            cursor.take("in")
            bindings.append((name, _column(cursor)))
            cursor.bound.append(name)
        if word == "for":
            cursor.bound.append("partial")
        cursor.take("return" if word == "for" else "satisfies")
        start = cursor.at
        body = cursor.expression()
    weight = cursor.at - start
    if word == "for":
        return tree.For(tuple(bindings), body, weight)
    return tree.Quantified("every" if word == "every" else "some", tuple(bindings), body, weight)


def _column(cursor: Cursor) -> tree.Node:
    values = cursor.expression()
    if not cursor.skip(".."):
        return values
    return tree.Steps(values, cursor.expression(COMPARED))


def _defining(cursor: Cursor) -> tree.Node:
    with cursor.binding():
        parameters = read_parameters(cursor)
        if cursor.next.sort == "external":
            raise ForeignFunction("PMML" if "pmml" in cursor.source.lower() else "Java", cursor.next.position)
        start = cursor.at
        body = cursor.expression()
        return tree.Defining(parameters, body, cursor.at - start)
