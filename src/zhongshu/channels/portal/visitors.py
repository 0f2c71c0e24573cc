"""Whose use of a door is counted."""

from zhongshu.base.http import origin
from zhongshu.base.http.access import Request
from zhongshu.base.permissions.rules import ANONYMOUS


def address(request: Request) -> str:
    """The network address a request comes from."""
    return origin.address(request)


def counted(request: Request) -> str:
    """The visitor's account, or for want of one the address they come from."""
    return origin.network(request) if request.by is ANONYMOUS else request.by.id
