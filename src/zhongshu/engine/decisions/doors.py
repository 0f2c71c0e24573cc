"""What others plug into decisions: where SQL finds what an expression speaks of."""

from typing import Protocol

from zhongshu.engine.decisions.rules.sql.terms import Column


class Facts(Protocol):
    """The columns of one kind of thing (cases, people, bodies) by the names FEEL knows them by.

    `rules.sql.terms.in_json` makes a column of a path in a jsonb document.
    """

    def __call__(self, path: tuple[str, ...]) -> Column | None:
        """The column of a name, `("age",)`, or of a path, `("answers", "depth")`; None if it has none."""
