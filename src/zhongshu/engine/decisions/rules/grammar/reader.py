"""Operators by precedence, and the tests of a table's cell."""

from zhongshu.engine.decisions.rules import tree
from zhongshu.engine.decisions.rules.grammar import operands
from zhongshu.engine.decisions.rules.grammar.cursor import Cursor
from zhongshu.engine.decisions.rules.grammar.operands import COMPARED, SIGNS
from zhongshu.engine.decisions.rules.problem import SyntaxProblem

OR, AND, ADDED, MULTIPLIED, RAISED = 1, 2, 4, 5, 6
PRECEDENCE = {
    "or": OR,
    "and": AND,
    **dict.fromkeys((*SIGNS, "between", "in"), COMPARED),
    **dict.fromkeys("+-", ADDED),
    **dict.fromkeys("*/", MULTIPLIED),
    "**": RAISED,
}


class Reader(Cursor):
    """Reads one text."""

    def read(self) -> tree.Node:
        """The whole text as an expression. Raises SyntaxProblem."""
        node = self.expression()
        self.take("end")
        return node

    def read_tests(self) -> tree.UnaryTests:
        """The whole text as what a cell asks of `?` (grammar rules 15-17). Raises SyntaxProblem."""
        self.bound.append("?")
        if self.next.sort == "-" and self.follows("end"):
            return tree.UnaryTests((), False)
        if self.next.text == "not" and self.follows("("):
            self.at += 2
            inside = self._tests_until(")")
            if self.skip("end"):
                return tree.UnaryTests(inside, True)
            self.at = 0
        return tree.UnaryTests(self._tests_until("end"), False)

    def _tests_until(self, closing: str) -> tuple[tree.Test, ...]:
        tests = [self.test()]
        while self.skip(","):
            tests.append(self.test())
        self.take(closing)
        return tuple(tests)

    def expression(self, above: int = 0) -> tree.Node:
        """An expression whose operators all bind tighter than `above`."""
        self.descend()
        node = self._operand()
        while (level := PRECEDENCE.get(self.next.sort, 0)) > above:
            node = self._infix(node, level)
        self.depth -= 1
        return node

    def test(self) -> tree.Test:
        """One thing a value may meet."""
        sign = self.take(*SIGNS).sort if self.next.sort in SIGNS else ""
        start = self.at
        operand = self.expression(COMPARED if sign or "?" not in self.bound else 0)
        asks = any(word.text == "?" and word.sort == "name" for word in self.words[start : self.at])
        return tree.Test(sign, operand, asks)

    def _operand(self) -> tree.Node:
        if self.skip("-"):
            return tree.Negation(self.expression(RAISED))
        return operands.read(self)

    def _infix(self, left: tree.Node, level: int) -> tree.Node:
        if level == COMPARED:
            return self._compared_once(left)
        if level in (OR, AND):
            word = self.next.sort
            parts = [left]
            while self.skip(word):
                parts.append(self.expression(level))
            return tree.Junction("and" if level == AND else "or", tuple(parts))
        rest = []
        while PRECEDENCE.get(self.next.sort) == level:
            sign = self.take(self.next.sort).text
            rest.append((sign, self.expression(level)))
        return tree.Arithmetic(left, tuple(rest))

    def _compared_once(self, left: tree.Node) -> tree.Node:
        node = self._compared(left)
        if PRECEDENCE.get(self.next.sort) == COMPARED:
            raise SyntaxProblem(
                "表达式第 {place} 个字符处：比较不能连写，请用 between，或用 and 连接两个比较。",
                self.next.position,
            )
        return node

    def _compared(self, left: tree.Node) -> tree.Node:
        word = self.take(*SIGNS, "between", "in").sort
        if word == "in":
            return tree.Membership(left, self._in_tests())
        right = self.expression(COMPARED)
        if word != "between":
            return tree.Comparison(word, left, right)
        self.take("and")
        return tree.Between(left, right, self.expression(COMPARED))

    def _in_tests(self) -> tuple[tree.Test, ...]:
        if not self.skip("("):
            return (self.test(),)
        first = self.test()
        if not first.sign and self.next.sort == "..":
            return (tree.Test("", operands.interval(self, first.operand, low_closed=False)),)
        tests = [first]
        while self.skip(","):
            tests.append(self.test())
        self.take(")")
        return tuple(tests)
