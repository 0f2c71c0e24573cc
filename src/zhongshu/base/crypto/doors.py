"""What others tell of themselves: where they keep sealed text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sealed:
    """A column of sealed text; `mark` is the column of its keyed hash, where it has one. The table has a column `id`.

    What is sealed is bound to its place: `sealing.seal` and `sealing.marks` are told `table.column`.
    """

    table: str
    column: str
    mark: str = ""

    @property
    def about(self) -> str:
        """The use its text is sealed for."""
        return f"{self.table}.{self.column}"

    @property
    def mark_about(self) -> str:
        """The use its hash is made for."""
        return f"{self.table}.{self.mark}"


columns: list[Sealed] = []
"""Every such column; filled in `main/wiring.py`."""
