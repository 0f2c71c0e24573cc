"""The pages beside each other."""

from zhongshu.base.http import menu
from zhongshu.base.http.access import Request

_TABS = (("desk:figures", "figures.read", "指标查询"), ("desk:reports", "figures.read", "月报"))


def tabs(request: Request) -> list[menu.Link]:
    """The pages of the workplace that are open to the visitor."""
    return menu.links(_TABS, request.path, request.by, request.at)
