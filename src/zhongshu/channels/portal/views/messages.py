"""What the platform has told the visitor."""

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhongshu.base.http import access
from zhongshu.base.http.language import language
from zhongshu.base.permissions import rules as permissions
from zhongshu.engine.dispatch.actions import responsibility
from zhongshu.engine.messages import actions, queries, rules
from zhongshu.engine.messages.models import Message
from zhongshu.registers.people.actions import merging
from zhongshu.registers.people.rules import grants as granting


@dataclass(frozen=True, slots=True)
class Told:
    """A message as shown: what it says in the page's language, and the page it leads to, if any."""

    message: Message
    sentence: str
    address: str


@never_cache
@require_safe
@access.signed_in
def inbox(request: access.Request) -> HttpResponse:
    """The visitor's messages, newest first; those shown are read from now on."""
    after = queries.After.parse(request.GET.get("after", ""))
    found = queries.inbox(request.by, after, queries.PAGE + 1)
    page = found[: queries.PAGE]
    following = str(queries.After(page[-1].sent, page[-1].pk)) if len(found) > queries.PAGE else ""
    if request.method == "GET" and any(message.read is None for message in page):
        actions.mark_read([message.pk for message in page], request.by, request.at)
    return render(request, "portal/messages.html", {"told": [_told(m, request) for m in page], "next": following})


@require_POST
@access.signed_in
def read(request: access.Request) -> HttpResponse:
    """Every message is read; back to them."""
    actions.mark_all_read(request.by, request.at)
    return HttpResponseRedirect(reverse("portal:messages"))


def _told(message: Message, request: access.Request) -> Told:
    sentence = gettext(rules.sentence(message.template)).format(**rules.gaps(message.facts, language()))
    return Told(message, sentence, _address(message, request))


def _address(message: Message, request: access.Request) -> str:
    """Who decides goes to what is to be decided; a reporter follows their matter; an officer goes to the task, in the
    street when that is where they work.
    """
    if message.facts.get("asks") == responsibility.KIND:
        return reverse("desk:duty_proposal", args=[message.facts["proposal"]])
    if message.facts.get("asks") == granting.GIVE:
        return reverse("desk:grant_proposal", args=[message.facts["proposal"]])
    if message.facts.get("asks") == merging.KIND:
        return reverse("desk:merging", args=[message.facts["proposal"]])
    if message.facts.get("asks") and message.facts.get("number"):
        return reverse("desk:case", args=[message.facts["number"]])
    if message.template.startswith("mandate."):
        return reverse("account:acting" if message.template == "mandate.news" else "account:mandates")
    if message.template.startswith("privacy."):
        return reverse("account:privacy")
    if message.case_id is None:
        return ""
    if message.template in rules.FOR_REPORTERS:
        return reverse("portal:progress", args=[message.case_id])
    number, token = message.facts["number"], message.facts.get("token")
    if token and permissions.holds_anywhere(request.by, "mobile.open", request.at):
        gone = message.template == "task.taken"
        return reverse("mobile:mine") if gone else reverse("mobile:task", args=[number, token])
    return reverse("desk:case", args=[number])
