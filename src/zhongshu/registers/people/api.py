"""Who speaks at the machine door: a device account with an API key."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from zhongshu.base.http import origin
from zhongshu.base.http.doors import doors
from zhongshu.base.http.refusals import Forbidden
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people import queries


class Key(HttpBearer):
    """`Authorization: Bearer zs_…` of an account that holds `permission` somewhere, with a key that is for it.

    Every endpoint names its own. Which things it may be used on, the action or query decides.
    """

    def __init__(self, permission: str) -> None:
        super().__init__()
        self.permission = permission

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        """The key's holder; `request.at` becomes the business moment of the request."""
        at = request.at = doors.now()  # type: ignore[attr-defined]
        actor = queries.key_holder(token, at, permission=self.permission, address=origin.address(request))
        if not permissions.holds_anywhere(actor, self.permission, at):
            raise Forbidden("这个密钥没有权限 {permission}。", permission=self.permission)
        return actor
