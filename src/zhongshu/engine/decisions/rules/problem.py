"""What is said of an expression that cannot be read."""

from typing import Any

from zhongshu.base.http import refusals


class SyntaxProblem(refusals.Invalid):
    """An expression is not FEEL; `position` counts characters from 0, the sentence's `{place}` from 1."""

    def __init__(self, sentence: str, position: int, **gaps: Any) -> None:
        super().__init__(sentence, place=position + 1, **gaps)
        self.position = position


class ForeignFunction(SyntaxProblem):
    """A function whose body lies outside FEEL; `kind` is Java or PMML."""

    def __init__(self, kind: str, position: int) -> None:
        super().__init__("表达式第 {place} 个字符处：不能调用平台以外的函数（Java、PMML）。", position)
        self.kind = kind
