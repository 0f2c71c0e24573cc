"""The pages of this workplace beside each other."""

from zhongshu.base.http import menu
from zhongshu.base.http.access import Request

_TABS = (
    ("desk:places", "places.manage", "地点库"),
    ("desk:import_places", "places.manage", "导入文件"),
    ("desk:place_imports", "places.manage", "导入记录"),
)


def tabs(request: Request) -> list[menu.Link]:
    """The pages of the workplace that are open to the visitor."""
    return menu.links(_TABS, request.path, request.by, request.at)
