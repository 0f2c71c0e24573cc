"""What has to follow the first proof of who one is. Pure."""

from typing import Literal

Step = Literal["in", "prove", "enrol"]
WEAK = frozenset({"", "password", "sms", "wechat"})
"""Methods that prove one thing only; a passkey proves two, as its owner unlocks it (user verification)."""


def after(method: str, kind: str, has_factor: bool, required: bool) -> Step:
    """What comes after a proof by `method`: the pages, a second proof, or setting one up.

    Whoever has a second factor is asked for it; officials without one set it up first where it is required
    (GB/T 22239-2019, 8.1.4.1 d: two of what one knows, has or is).
    """
    if method not in WEAK:
        return "in"
    if has_factor:
        return "prove"
    return "enrol" if required and kind == "staff" else "in"


def strong_enough(method: str, kind: str, required: bool) -> bool:
    """Whether a session begun so may go on: where two are required of officials, one was not enough."""
    return not (required and kind == "staff" and method in WEAK)
