"""Who listens to whom, who fills which door. The one list of what in a package happens because of another."""

import logging
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest

from zhongshu.base.approvals import doors as approvals
from zhongshu.base.calendar import clock
from zhongshu.base.crypto import doors as crypto
from zhongshu.base.crypto.doors import Sealed
from zhongshu.base.crypto.signing import Ed25519
from zhongshu.base.http import sms
from zhongshu.base.http.doors import Event
from zhongshu.base.http.doors import doors as http
from zhongshu.base.http.sessions import SessionStore
from zhongshu.base.journal import doors as journal
from zhongshu.base.journal import security
from zhongshu.base.journal.doors import Reaction
from zhongshu.base.live import doors as live
from zhongshu.base.live.rules import Filter
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import ANONYMOUS, Actor
from zhongshu.channels.account import acting
from zhongshu.channels.portal import aside as sent
from zhongshu.data.figures import reactions as figures
from zhongshu.engine.cases import doors as cases
from zhongshu.engine.cases import reactions as case_reactions
from zhongshu.engine.cases.actions import clocks, migrating
from zhongshu.engine.cases.actions import personal as told
from zhongshu.engine.cases.queries import handovers, in_hand, migrations, scenarios, seen, ties, under_bodies
from zhongshu.engine.dispatch import actions as dispatch
from zhongshu.engine.dispatch import reactions as dispatch_reactions
from zhongshu.engine.dispatch.actions import responsibility
from zhongshu.engine.dispatch.queries import of_body
from zhongshu.engine.intake import doors as intake
from zhongshu.engine.intake import sources as prefilled
from zhongshu.engine.intake.actions import aside
from zhongshu.engine.intake.personal import Forms
from zhongshu.engine.intake.queries import drafts
from zhongshu.engine.letters import reactions as letters
from zhongshu.engine.letters.queries import trying as letters_tried
from zhongshu.engine.messages import personal as told_of
from zhongshu.engine.messages.reactions import approvals as proposals_told
from zhongshu.engine.messages.reactions import grants as grants_told
from zhongshu.engine.messages.reactions import keys as keys_told
from zhongshu.engine.messages.reactions import mandates as mandates_told
from zhongshu.engine.ratings.personal import Ratings
from zhongshu.engine.studio import actions as studio
from zhongshu.engine.studio.queries import drafts as studied
from zhongshu.main import secret
from zhongshu.registers.identity import actions as identities
from zhongshu.registers.identity import doors as ways_in
from zhongshu.registers.identity import queries as identity
from zhongshu.registers.identity import reactions as identity_reactions
from zhongshu.registers.identity.actions import keys as signing_keys
from zhongshu.registers.identity.actions import totp
from zhongshu.registers.identity.personal import Means
from zhongshu.registers.identity.queries import sources
from zhongshu.registers.identity.ways.openid import OpenId
from zhongshu.registers.identity.ways.wechat import WeChat
from zhongshu.registers.people import actions as granting_actions
from zhongshu.registers.people import doors as accounts
from zhongshu.registers.people.actions import merging
from zhongshu.registers.people.queries import looks, persons, same
from zhongshu.registers.people.rules import grants as granting
from zhongshu.registers.people.rules.mandates import NoLongerActing
from zhongshu.registers.privacy import doors as privacy
from zhongshu.registers.privacy.actions import known, notices, own, retaining

log = logging.getLogger(__name__)
PACES = {
    "portal:places": "search",
    "portal:place": "search",
    "portal:report": "search",
    "mobile:report": "search",
    "desk:export_figures": "export",
    "desk:export_answers": "export",
    "desk:month_pdf": "export",
    "desk:figure_cases": "export",
}
"""Address name → the pace of its own that it has instead of that of a page."""


SEALED = [
    Sealed("people_person", "id_sealed", persons.NUMBER, mark="id_mark"),
    Sealed("intake_draft", "sealed", drafts.ABOUT),
    Sealed("intake_aside", "sealed", aside.ABOUT),
    Sealed("identity_authenticator", "secret", totp.ABOUT),
    Sealed("identity_source", "secret_sealed", sources.SECRET),
    Sealed("identity_signing_key", "sealed", signing_keys.SEALED),
]
"""Where sealed text is kept: what a new key has to seal anew before an older one may go."""


def _actor_of(request: HttpRequest, at: datetime) -> Actor | None:
    if not hasattr(request, "session"):
        return None
    secret.renew(settings)
    try:
        actor = identity.of_session(request.session, at)
    except NoLongerActing:
        acting.end(request)
        raise
    if actor is not None:
        identities.sessions.seen(request.session, at)
    return actor


def _is_fresh(request: HttpRequest, at: datetime) -> bool:
    return identity.is_fresh(request.session, at)


def _record(event: Event, by: Actor | None) -> None:
    """Keep what was tried at a door; that it cannot be kept just now must not turn an answer into an error."""
    told: dict[str, Any] = {"by": by or ANONYMOUS, "at": clock.now(), "body": event.body, "reach": event.reach}
    try:
        security.record(event.verb, **told)
    except (OperationalError, InterfaceError):
        log.warning("Not kept: %s", event.verb)


class _Feed:
    """Whose session a stream runs in, and which pages may read it."""

    def filter_of(self, session: str) -> Filter | None:
        secret.renew(settings)
        try:
            actor = identity.of_session(SessionStore(session_key=session), clock.now())
        except NoLongerActing:
            return None
        return Filter(actor.id, permissions.scope(actor, seen.READ, clock.now())) if actor else None

    def is_ours(self, origin: str, host: str) -> bool:
        asked = urlsplit(origin)
        if origin in settings.CSRF_TRUSTED_ORIGINS:
            return True
        return asked.hostname == urlsplit(f"//{host}").hostname and asked.port in (settings.PORT, None)


def _sender() -> ways_in.Sender | None:
    if settings.SMS_URL == "console":
        return sms.Console()
    return sms.HttpGateway(settings.SMS_URL, settings.SMS_KEY, settings.SMS_TEMPLATE) if settings.SMS_URL else None


def fill_doors() -> None:
    """Plug every package's doors; called once when the program starts."""
    http.actor_of = _actor_of
    http.is_fresh = _is_fresh
    http.now = clock.now
    http.record = _record
    http.paces = PACES
    http.for_another = acting.PAGES
    http.set_aside = sent.set_aside
    live.door = _Feed()
    crypto.columns[:] = SEALED
    journal.doors.log = journal.Log(settings.JOURNAL_ORIGIN, lambda: [Ed25519(key) for key in settings.JOURNAL_KEYS])
    intake.doors.in_hand = in_hand.in_hand
    intake.doors.let_go = told.let_go
    intake.doors.form_of = scenarios.form
    intake.sources |= {"person": prefilled.OfPerson(), "firm": prefilled.OfFirm()}
    cases.handlers["dispatch.assign"] = cases.Service(dispatch.assign, writes=False)
    cases.looks.append(letters_tried.look)
    accounts.burdens.append(handovers.held)
    accounts.body_work.extend(_BODY_WORK)
    accounts.ties.append(ties.tied)
    approvals.doors.same_person = same.same_person
    approvals.kinds |= APPROVED
    ways_in.ways |= {"openid": OpenId(), "wechat": WeChat()}
    ways_in.doors.sender = _sender()
    for holding in _HOLDINGS:
        privacy.holdings[holding.about.code] = holding


_BODY_WORK = (
    accounts.BodyWork("还有 {n} 件在办办件归本单位或其下级，请先办结或改派。", under_bodies.open_under),
    accounts.BodyWork("职责清单还有 {n} 条以本单位为责任单位，请先申请变更。", of_body.duties_of),
    accounts.BodyWork("还有 {n} 份场景草稿归本单位或其下级，请先发布或放弃。", studied.under),
)
"""What keeps a body from being dissolved."""

_Kind = approvals.Kind
APPROVED: dict[str, approvals.Kind] = {
    granting.GIVE: _Kind("授权", "Giving a role", granting.APPROVE, granting_actions.give_approved),
    responsibility.KIND: _Kind(
        "职责清单变更", "Change of the responsibility table", responsibility.APPROVE, dispatch.apply_change
    ),
    clocks.SUSPEND: _Kind("办件挂起", "Suspension of a case", clocks.APPROVE, clocks.apply_suspend),
    clocks.EXTEND: _Kind("环节延期", "More time for a step", clocks.APPROVE, clocks.apply_extend),
    migrations.KIND: _Kind("办件迁移", "Migration of running cases", migrations.APPROVE, migrating.apply),
    studied.KIND: _Kind("场景发布", "Publishing a scenario", studied.APPROVE, studio.apply_publish),
    merging.KIND: _Kind("个人档案合并", "Merging of two records of a person", looks.MERGE, merging.apply),
    retaining.KIND: _Kind("个人信息保存期限", "Retention of personal data", "privacy.handle", retaining.apply_days),
    notices.KIND: _Kind("个人信息告知书", "Privacy notice", "privacy.notices", notices.apply),
}
"""What one person proposes and another approves: who may, and what is done then."""

# Ratings are found by contacts, which go after them; the account goes last.
_HOLDINGS: tuple[privacy.Holding, ...] = (
    Ratings(), told.Contacts(), told.Photos(), told.Drafts(), Forms(), told_of.Messages(), own.SignIns(),
    own.Requests(), known.Looks(), known.Acting(), own.Consents(), Means(), own.Accounts(),
)  # fmt: skip


REACTIONS: dict[str, Reaction] = {
    "figures count cases": Reaction(figures.COUNTED, figures.count),
    "cases hear signals": Reaction(case_reactions.HEARD, case_reactions.hear),
    "letters are made": Reaction(letters.MAKING, letters.make),
    "people are told": Reaction(case_reactions.TELLING, case_reactions.tell),
    "successors are told": Reaction(case_reactions.FINISHED, case_reactions.tell_successor),
    "deadlines follow the calendar": Reaction(case_reactions.ANNOUNCED, case_reactions.announced),
    "deciders and proposers are told": Reaction(proposals_told.TELLING, proposals_told.tell),
    "cases follow their bodies": Reaction(case_reactions.MOVED, case_reactions.body_moved),
    "administrators are told of ending keys": Reaction(keys_told.TELLING, keys_told.tell),
    "holders are told of their grants": Reaction(grants_told.TELLING, grants_told.tell),
    "both sides of a mandate are told": Reaction(mandates_told.TELLING, mandates_told.tell),
    "sessions end with their account": Reaction(identity_reactions.CLOSING, identity_reactions.close),
    "people are told of their data": Reaction(told_of.TELLING, told_of.tell),
    "dispatch learns who handled what": Reaction(dispatch_reactions.TEACHING, dispatch_reactions.learn),
}
"""Reader's name → what it does with which entries, in the scheduler, after commit, at least once."""
