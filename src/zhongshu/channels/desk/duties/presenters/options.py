"""What the forms of this workplace offer to choose, and the pages beside each other."""

from zhongshu.base.http import menu
from zhongshu.base.http.access import Request
from zhongshu.base.permissions.rules import Scope
from zhongshu.channels.desk.cases.presenters import scope as narrowing
from zhongshu.channels.desk.cases.presenters.scope import Option
from zhongshu.channels.presenters import names
from zhongshu.registers.catalogue import queries as catalogue

EVERYWHERE = Scope(((None, None),))
_TABS = (
    ("desk:duties", "duties.read", "职责清单"),
    ("desk:duty_proposals", "duties.read", "变更申请"),
    ("desk:duty_versions", "duties.read", "历次变更"),
    ("desk:rosters", "rosters.manage", "排班"),
)


def tabs(request: Request) -> list[menu.Link]:
    """The pages of the workplace that are open to the visitor."""
    return menu.links(_TABS, request.path, request.by, request.at)


def categories(chosen: str) -> list[Option]:
    """The categories in force, finer ones indented; the chosen one also when it has ended."""
    found = [
        Option(code, "　" * (len(code) // 2 - 1) + names.local(category), code == chosen)
        for code, category in catalogue.tree().items() if category.ended is None
    ]  # fmt: skip
    return _with(chosen, names.category(chosen, chosen), found)


def places(scope: Scope, chosen: int | None) -> list[Option]:
    """The places of the scope, unfolded on the way to the chosen one; that also when it is no more."""
    found = narrowing.place_options(scope, chosen)
    return _with(str(chosen or ""), str(chosen), found)


def bodies(chosen: int | None, scope: Scope = EVERYWHERE) -> list[Option]:
    """The living bodies as a tree; their keys are negative, as in a reach."""
    return narrowing.body_options(scope, None if chosen is None else -chosen)


def _with(chosen: str, name: str, found: list[Option]) -> list[Option]:
    """The options, and the chosen one in front when it is not among them."""
    if not chosen or any(option.chosen for option in found):
        return found
    return [Option(chosen, name, True), *found]
