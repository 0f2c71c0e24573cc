"""Consent where somebody comes in: ticked when registering, asked again at sign-in when there is a new version."""

from datetime import datetime

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from zhongshu.base.http.refusals import Invalid
from zhongshu.registers.privacy.queries import notices


def version_ticked(sent: QueryDict, otherwise: str) -> int:
    """The version of the notice that was shown and agreed to; Invalid, saying `otherwise`, when the box is empty."""
    version = sent.get("consent-version", "")[:9]
    if sent.get("consent") != "yes" or not (version.isascii() and version.isdecimal()):
        raise Invalid(otherwise, field="consent")
    return int(version)


def onward(account: str, page: str, at: datetime) -> str:
    """Where to go after signing in: to a notice that was agreed to in an earlier version, then to `page`."""
    again = notices.to_ask_again(account, at)
    return f"{reverse('account:notice', args=[again[0].code])}?{urlencode({'next': page})}" if again else page
