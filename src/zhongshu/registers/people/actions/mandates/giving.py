"""Letting one act for another: given by the principal, recorded at a counter, or begun by a helper with consent."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from zhongshu.base.http.refusals import Forbidden, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.documents import queries as documents
from zhongshu.registers.people import queries
from zhongshu.registers.people import rules as spelling
from zhongshu.registers.people.models import Account, Firm, Mandate, Person
from zhongshu.registers.people.queries.mandates import HELPS
from zhongshu.registers.people.rules import mandates as rules
from zhongshu.registers.people.rules.mandates import Act, Consent, Terms

RECORDS = "mandates.record"
"""What it takes to record a mandate at a counter."""


@transaction.atomic
def give(agent: Account, terms: Terms, *, by: Actor, at: datetime) -> Mandate:
    """Let an agent act for the person or firm behind the account `by`; it holds once the agent accepts."""
    rules.refuse(by, Act.MANDATE)
    account = Account.objects.select_related("person", "firm").get(pk=by.id)
    principal = account.firm or account.person
    if principal is None or terms.kind == "guardian":
        raise Invalid("这种代办关系不能在线授权，请到政务服务窗口办理。", field="kind")
    return _given(principal, agent, terms, Consent("online"), by, at)


@transaction.atomic
def record_in_person(
    principal: Person | Firm, agent: Account, terms: Terms, consent: Consent, *, by: Actor, at: datetime
) -> Mandate:
    """Record at a counter what a principal said there, or a guardianship by its document; the agent accepts later.

    Nobody records a mandate to themselves.
    """
    rules.refuse(by, Act.MANDATE)
    if not permissions.holds_anywhere(by, RECORDS, at):
        raise Forbidden("您的岗位不能登记代办授权。")
    own = Account.objects.get(pk=by.id)
    if own.pk == agent.pk or (own.person_id and own.person_id == agent.person_id):
        raise Forbidden("不能给自己登记代办授权，请由另一位窗口人员登记。")
    if consent.how == "online":
        raise Invalid("请选择本人同意的方式。", field="how")
    return _given(principal, agent, terms, consent, by, at)


@transaction.atomic
def begin_help(principal: Person, terms: Terms, consent: Consent, *, by: Actor, at: datetime) -> Mandate:
    """Begin to help a person (帮办) on the paper they signed; it holds at once, for a month at most."""
    rules.refuse(by, Act.MANDATE)
    if not permissions.holds_anywhere(by, HELPS, at):
        raise Forbidden("您不是帮办员。如有需要，请联系系统管理员。")
    if terms.kind != "helper" or consent.how != "signed":
        raise Invalid("开始帮办须有本人签字的委托书。", field="evidence")
    return _given(principal, Account.objects.get(pk=by.id), terms, consent, by, at, accepted=at)


@transaction.atomic
def open_principal(name: str, phone: str, *, by: Actor, at: datetime) -> Person:
    """Open the record of somebody who never signs in, so that another may act for them; nobody has verified them."""
    rules.refuse(by, Act.CHANGE_DATA)
    if not any(permissions.holds_anywhere(by, needed, at) for needed in (RECORDS, HELPS)):
        raise Forbidden("您的岗位不能登记人员。")
    person = Person.objects.create(
        name=spelling.name(name), phone=spelling.phone(phone) if phone.strip() else "", opened=at
    )
    journal.record(subject=("person", str(person.pk)), verb="people.person_opened", by=by, at=at, body={})
    return person


def _given(
    principal: Person | Firm, agent: Account, terms: Terms, consent: Consent, by: Actor, at: datetime,
    accepted: datetime | None = None,
) -> Mandate:  # fmt: skip
    terms.check(at)
    kept = rules.consent(terms.kind, consent)
    _evident(kept, by)
    parties = _parties(principal, agent, terms, at)
    going_on = Q(ends=None) | Q(ends__gt=at)
    if Mandate.objects.filter(going_on, **parties, kind=terms.kind, revoked=None).exists():
        raise Invalid("已有一份同样的代办授权有效或等待接受。要改动请先撤回。", field="agent")
    made = Mandate.objects.create(
        **parties, kind=terms.kind, matters=list(terms.matters), starts=terms.starts, ends=terms.ends, how=kept.how,
        ground=kept.words, evidence=kept.evidence, given_by=by.id, given=at, accepted=accepted,
    )  # fmt: skip
    journal.record(subject=made.party, verb="people.mandate_given", by=by, at=at, body=told(made))
    return made


def _parties(principal: Person | Firm, agent: Account, terms: Terms, at: datetime) -> dict[str, Any]:
    """Both parties as columns; refused where they do not fit the kind."""
    if isinstance(principal, Firm) != (terms.kind == "firm_agent"):
        raise Invalid("这种代办关系不适用于这位本人或企业。", field="kind")
    if isinstance(principal, Person) and (principal.destroyed or principal.merged_into_id):
        raise Invalid("这条人员记录已停用，请使用合并后的记录。", field="principal")
    side = {"principal_firm" if isinstance(principal, Firm) else "principal_person": principal}
    if terms.kind == "helper":
        helper = queries.actor(agent.pk, at)
        if helper is None or agent.kind != Account.Kind.STAFF or not permissions.holds_anywhere(helper, HELPS, at):
            raise Invalid("这个账号不是帮办员，请核对登录名。", field="agent")
        return {**side, "agent_account": agent}
    if agent.person is None or agent.kind != Account.Kind.RESIDENT or agent.closed:
        raise Invalid("代办人须有个人账号。", field="agent")
    if agent.person == principal:
        raise Invalid("不能授权给自己。", field="agent")
    return {**side, "agent_person": agent.person}


def _evident(consent: Consent, by: Actor) -> None:
    """Refuse evidence that the one who gives or records it has not uploaded."""
    if consent.evidence and not documents.owned([UUID(consent.evidence)], by):
        raise Invalid("证明文件不是您上传的，请重新上传。", field="evidence")


def told(made: Mandate) -> dict[str, Any]:
    """What the entry keeps of a mandate: all of it but the words of its ground."""
    agent = made.agent_person_id or made.agent_account_id
    return {
        "mandate": str(made.pk), "kind": made.kind, "agent": str(agent), "matters": made.matters,
        "starts": made.starts, "ends": made.ends, "how": made.how,
        "evidence": str(made.evidence) if made.evidence else "", "accepted": made.accepted is not None,
    }  # fmt: skip
