"""What the table editor will not do."""

from zhongshu.base.http import refusals


class Refused(refusals.Invalid):
    """An edit that does not fit the process; the sentence names the element and says what to do."""
