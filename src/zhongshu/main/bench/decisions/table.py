"""A made-up table of four columns, as DMN and as the rows a hand would write."""

from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

Row = tuple[str, str, int, int, bool, str]
COLUMNS = ("category", "district", "amount", "urgent")


def rows(number: int) -> list[Row]:
    """Category, district, amount from and (not quite) to, urgent, answer. No two rows are met at once."""
    return [
        (f"C{n % 50:02}", f"D{n // 50}", 10 * n, 10 * n + 500, n % 2 == 1, f"R{n}") for n in range(number)
    ]  # fmt: skip


def last(found: list[Row]) -> dict[str, Any]:
    """Data that only the last row is met by."""
    category, district, low, _, urgent, _ = found[-1]
    return {"category": category, "district": district, "amount": low + 1, "urgent": urgent}


def by_hand(found: list[Row], data: Mapping[str, Any]) -> str | None:
    """What a loop over the rows answers."""
    category, district, amount, urgent = (data[column] for column in COLUMNS)
    for row in found:
        if row[0] == category and row[1] == district and row[2] <= amount < row[3] and row[4] is urgent:
            return row[5]
    return None


def model(found: list[Row]) -> bytes:
    """The decision `answer` over the four inputs."""
    inputs = "".join(f'<inputData id="{name}" name="{name}"/>' for name in COLUMNS)
    needs = "".join(
        f'<informationRequirement><requiredInput href="#{name}"/></informationRequirement>' for name in COLUMNS
    )
    asked = "".join(f"<input>{_cell('inputExpression', name)}</input>" for name in COLUMNS)
    rules = "".join(f"<rule>{_rule(row)}</rule>" for row in found)
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="bench" namespace="urn:bench">'
        f'{inputs}<decision id="answer" name="answer">{needs}<decisionTable>{asked}<output/>{rules}</decisionTable>'
        "</decision></definitions>"
    ).encode()


def _rule(row: Row) -> str:
    category, district, low, high, urgent, answer = row
    tests = f'"{category}"', f'"{district}"', f"[{low}..{high})", str(urgent).lower()
    return "".join(_cell("inputEntry", test) for test in tests) + _cell("outputEntry", f'"{answer}"')


def _cell(tag: str, text: str) -> str:
    return f"<{tag}><text>{escape(text)}</text></{tag}>"
