"""Signing out: here, and what hangs on the session with it."""

from django.contrib import auth

from zhongshu.base.http import access
from zhongshu.base.permissions.rules import ANONYMOUS
from zhongshu.channels.account.views import entering
from zhongshu.registers.identity import actions as identity
from zhongshu.registers.identity import queries
from zhongshu.registers.identity.actions import leaving
from zhongshu.registers.identity.models import Source


def leave(request: access.Request) -> Source | None:
    """End this browser's session, and the sign-ins at other systems it reached; the source it came from, if any."""
    held = queries.session_id(request.session.session_key)
    source = leaving.left([held], request.at) if held else None
    if request.by is not ANONYMOUS:
        identity.sessions.leave(request.session, origin=entering.origin(request), by=request.by, at=request.at)
    auth.logout(request)
    return source
