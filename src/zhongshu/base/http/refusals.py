"""What the platform answers when it will not do what was asked.

A refusal carries one sentence that says what is wrong and what to do. The sentence is Chinese (it is the key of the
translation) with named gaps; the door that shows it translates it, so that rules stay free of any framework.
"""

from collections.abc import Collection
from typing import Any, ClassVar


class Refusal(Exception):
    """Something asked for is not done, for a reason the asker can read.

    `sentence` is the translation key, `gaps` fill its `{names}`, `field` names the input at fault (if one is).
    """

    status: ClassVar[int] = 422

    def __init__(self, sentence: str, *, field: str = "", **gaps: Any) -> None:
        super().__init__(sentence)
        self.sentence, self.field, self.gaps = sentence, field, gaps

    def __str__(self) -> str:
        return self.sentence.format(**self.gaps)


class Invalid(Refusal):
    """What was sent cannot be understood or is out of bounds."""

    status = 422


class Unauthenticated(Refusal):
    """The asker has to say who they are first."""

    status = 401


class Forbidden(Refusal):
    """The asker is known and may see the thing, but not do this to it."""

    status = 403


class Absent(Refusal):
    """There is no such thing for this asker; foreign things answer the same."""

    status = 404


class Foreign(Absent):
    """The thing is there, but not for this asker. It answers as absent; that it was tried is kept.

    `kind` and `thing` say what was tried, `reach` whose matters it belongs to.
    """

    def __init__(self, sentence: str, *, kind: str, thing: str, reach: Collection[int] = (), **gaps: Any) -> None:
        super().__init__(sentence, **gaps)
        self.kind, self.thing, self.reach = kind, thing, reach


class Conflict(Refusal):
    """The thing has moved on; `happened` tells what happened meanwhile, oldest first."""

    status = 409

    def __init__(self, sentence: str, *, happened: list[dict[str, Any]] | None = None, **gaps: Any) -> None:
        super().__init__(sentence, **gaps)
        self.happened = happened or []


class TooLarge(Refusal):
    """More bytes, pixels, rows or levels than this door lets in."""

    status = 413


class TooMany(Refusal):
    """Asked too often; `retry_after` is in seconds, `door` names which door was it."""

    status = 429

    def __init__(self, sentence: str, *, retry_after: int, door: str = "", **gaps: Any) -> None:
        super().__init__(sentence, **gaps)
        self.retry_after, self.door = retry_after, door


class Unavailable(Refusal):
    """The platform cannot answer just now; nothing was changed; asking again soon is right. `retry_after`: seconds."""

    status = 503

    def __init__(self, sentence: str, *, retry_after: int, **gaps: Any) -> None:
        super().__init__(sentence, **gaps)
        self.retry_after = retry_after
