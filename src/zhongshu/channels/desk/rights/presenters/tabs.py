"""The pages of this workplace, and what its forms offer."""

from django.urls import reverse
from django.utils.translation import gettext

from zhongshu.base.http import menu
from zhongshu.base.http.access import Request
from zhongshu.base.permissions.roles import ROLES
from zhongshu.base.permissions.rules import Scope
from zhongshu.channels.desk.cases.presenters import scope as narrowing
from zhongshu.channels.desk.cases.presenters.scope import Option
from zhongshu.channels.presenters import names

_TABS = (
    ("desk:grant_proposals", "grants.approve", "授权审批"),
    ("desk:propose_grant", "grants.propose", "申请授权"),
    ("desk:review_grants", "grants.review", "年度复核"),
)
_EVERYBODY = (("desk:rights", "授权"), ("desk:why", "权限原因"), ("desk:roles", "角色"))


def tabs(request: Request) -> list[menu.Link]:
    """The pages open to the visitor; some are open to every official."""
    first, *rest = (_link(route, name, request.path) for route, name in _EVERYBODY)
    return [first, *menu.links(_TABS, request.path, request.by, request.at), *rest]


def _link(route: str, name: str, path: str) -> menu.Link:
    address = reverse(route)
    return menu.Link(gettext(name), address, path == address)


def roles(chosen: str) -> list[Option]:
    """Every role."""
    return [Option(role.code, names.local(role), role.code == chosen) for role in ROLES.values()]


def bodies(scope: Scope, chosen: int | None) -> list[Option]:
    """The living bodies of a scope as a tree; their keys are negative, as in a reach."""
    return narrowing.body_options(scope, chosen)


def places(scope: Scope, chosen: int | None) -> list[Option]:
    """The places of a scope, unfolded on the way to the chosen one, which is there however fine it is."""
    found = narrowing.place_options(scope, chosen)
    if chosen is None or any(option.chosen for option in found):
        return found
    return [Option(str(chosen), names.place(chosen) or str(chosen), True), *found]
