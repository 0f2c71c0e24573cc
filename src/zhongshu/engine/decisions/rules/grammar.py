"""Words to a tree: FEEL's expressions by operator precedence (DMN 1.5 §10.3.1.2)."""

from collections.abc import Iterable

from zhongshu.engine.decisions.rules import tree
from zhongshu.engine.decisions.rules.functions import IS_DEFINED, TABLE, Function
from zhongshu.engine.decisions.rules.lexer import CONSTANTS, Word
from zhongshu.engine.decisions.rules.problem import SyntaxProblem
from zhongshu.engine.decisions.rules.temporal import read_any
from zhongshu.engine.decisions.rules.values import number

DEEPEST = 64
OR, AND, COMPARED, ADDED, MULTIPLIED, RAISED, NEGATED = range(1, 8)
SIGNS = ("=", "!=", "<", "<=", ">", ">=")
PRECEDENCE = {
    "or": OR,
    "and": AND,
    **dict.fromkeys((*SIGNS, "between", "in"), COMPARED),
    **dict.fromkeys("+-", ADDED),
    **dict.fromkeys("*/", MULTIPLIED),
    "**": RAISED,
}


class Reader:
    """Reads one expression; `names` are the names it takes from outside."""

    def __init__(self, words: Iterable[Word]) -> None:
        self.words = tuple(words)
        self.at = 0
        self.depth = 0
        self.bound: list[str] = []
        self.names: set[str] = set()

    def read(self) -> tree.Node:
        """The whole expression as a tree. Raises SyntaxProblem."""
        node = self._expression()
        self._take("end")
        return node

    # Words

    @property
    def _next(self) -> Word:
        return self.words[self.at]

    def _take(self, *sorts: str) -> Word:
        word = self._next
        if word.sort not in sorts:
            raise self._unexpected(word, sorts[0])
        self.at += 1
        return word

    def _skip(self, sort: str) -> bool:
        found = self._next.sort == sort
        self.at += found
        return found

    def _unexpected(self, word: Word, wanted: str = "") -> SyntaxProblem:
        if word.sort == "end" and wanted in ("", "name"):
            return SyntaxProblem("表达式没有写完，请补上后面的内容。", word.position)
        if wanted in ("", "end", "name"):
            return SyntaxProblem("表达式第 {place} 个字符处的“{found}”放得不对。", word.position, found=word.text)
        return SyntaxProblem("表达式第 {place} 个字符处应当是“{wanted}”。", word.position, wanted=wanted)

    # Operators

    def _expression(self, above: int = 0) -> tree.Node:
        """An expression whose operators all bind tighter than `above`."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise too_deep(self._next.position)
        node = self._operand()
        while (level := PRECEDENCE.get(self._next.sort, 0)) > above:
            node = self._infix(node, level)
        self.depth -= 1
        return node

    def _infix(self, left: tree.Node, level: int) -> tree.Node:
        if level == COMPARED:
            return self._compared_once(left)
        if level in (OR, AND):
            word = self._next.sort
            parts = [left]
            while self._skip(word):
                parts.append(self._expression(level))
            return tree.Junction("and" if level == AND else "or", tuple(parts))
        rest = []
        while PRECEDENCE.get(self._next.sort) == level:
            sign = self._take(self._next.sort).text
            rest.append((sign, self._expression(level)))
        return tree.Arithmetic(left, tuple(rest))

    def _compared_once(self, left: tree.Node) -> tree.Node:
        node = self._compared(left)
        if PRECEDENCE.get(self._next.sort) == COMPARED:
            raise SyntaxProblem(
                "表达式第 {place} 个字符处：比较不能连写，请用 between，或用 and 连接两个比较。",
                self._next.position,
            )
        return node

    def _compared(self, left: tree.Node) -> tree.Node:
        word = self._take(*SIGNS, "between", "in").sort
        if word == "in":
            return tree.Membership(left, self._tests())
        right = self._expression(COMPARED)
        if word != "between":
            return tree.Comparison(word, left, right)
        self._take("and")
        return tree.Between(left, right, self._expression(COMPARED))

    def _tests(self) -> tuple[tree.Test, ...]:
        if not self._skip("("):
            return (self._test(),)
        first = self._test()
        if not first.sign and self._next.sort == "..":
            return (tree.Test("", self._interval(first.operand, low_closed=False)),)
        tests = [first]
        while self._skip(","):
            tests.append(self._test())
        self._take(")")
        return tuple(tests)

    def _test(self) -> tree.Test:
        sign = self._take(*SIGNS).sort if self._next.sort in SIGNS else ""
        return tree.Test(sign, self._expression(COMPARED))

    # Operands

    def _operand(self) -> tree.Node:
        if self._skip("-"):
            return tree.Negation(self._expression(RAISED))
        node = self._primary()
        keys = []
        while self._skip("."):
            keys.append(self._take("name").text)
        return tree.Path(node, tuple(keys)) if keys else node

    def _primary(self) -> tree.Node:
        word = self._take("name", "number", "string", "temporal", *CONSTANTS, "(", "[", "]", "if", "some", "every")
        match word.sort:
            case "true" | "false" | "null":
                return tree.Literal(CONSTANTS[word.sort])
            case "number" | "temporal":
                return _literal(word)
            case "string":
                return tree.Literal(word.text)
            case "(" | "]":
                return self._group(word)
            case "[":
                return self._listing()
            case "if":
                return self._condition()
            case "some" | "every":
                return self._quantified(word)
        return self._call(word) if self._next.sort == "(" else self._name(word)

    def _name(self, word: Word) -> tree.Name:
        if word.text not in self.bound:
            self.names.add(word.text)
        return tree.Name(word.text)

    def _group(self, opening: Word) -> tree.Node:
        node = self._expression()
        if opening.sort == "]" or self._next.sort == "..":
            return self._interval(node, low_closed=False)
        self._take(")")
        return node

    def _interval(self, low: tree.Node, *, low_closed: bool) -> tree.Interval:
        self._take("..")
        high = self._expression(COMPARED)
        closing = self._take("]", ")", "[")
        return tree.Interval(low, high, low_closed, closing.sort == "]")

    def _listing(self) -> tree.Node:
        if self._skip("]"):
            return tree.Listing(())
        items = [self._expression()]
        if self._next.sort == "..":
            return self._interval(items[0], low_closed=True)
        while self._skip(","):
            items.append(self._expression())
        self._take("]")
        return tree.Listing(tuple(items))

    def _condition(self) -> tree.Condition:
        test = self._expression()
        self._take("then")
        chosen = self._expression()
        self._take("else")
        return tree.Condition(test, chosen, self._expression())

    def _quantified(self, word: Word) -> tree.Quantified:
        bindings: list[tuple[str, tree.Node]] = []
        while not bindings or self._skip(","):
            name = self._take("name").text
            self._take("in")
            bindings.append((name, self._expression()))
            self.bound.append(name)
        self._take("satisfies")
        start = self.at
        body = self._expression()
        del self.bound[-len(bindings) :]
        every = word.sort == "every"
        return tree.Quantified("every" if every else "some", tuple(bindings), body, self.at - start)

    def _call(self, word: Word) -> tree.Call:
        function = Function(1, 1, bool) if word.text == IS_DEFINED else TABLE.get(word.text)
        if function is None:
            raise SyntaxProblem("表达式第 {place} 个字符处：没有名为“{found}”的函数。", word.position, found=word.text)
        arguments = self._arguments()
        if not function.fewest <= len(arguments) <= function.most:
            raise SyntaxProblem(
                "表达式第 {place} 个字符处：函数“{found}”的参数个数不对。", word.position, found=word.text
            )
        return tree.Call(word.text, tuple(arguments))

    def _arguments(self) -> list[tree.Node]:
        self._take("(")
        if self._skip(")"):
            return []
        arguments = [self._expression()]
        while self._skip(","):
            arguments.append(self._expression())
        self._take(")")
        return arguments


def _literal(word: Word) -> tree.Literal:
    value = number(word.text) if word.sort == "number" else read_any(word.text)
    if value is None:
        raise SyntaxProblem(
            "表达式第 {place} 个字符处的“{found}”不是有效的数、日期、时间或时长。",
            word.position,
            found=word.text,
        )
    return tree.Literal(value)


def too_deep(position: int) -> SyntaxProblem:
    """The refusal of an expression nested too deeply."""
    return SyntaxProblem("表达式嵌套超过 {most} 层，请拆成几个表达式。", position, most=DEEPEST)
