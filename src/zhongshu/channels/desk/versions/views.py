"""Versions of scenarios and the cases in them; a migration from its dry run to the last case."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from zhongshu.base.approvals import actions as approvals
from zhongshu.base.approvals import queries as proposals
from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid, Refusal
from zhongshu.base.permissions import rules as permissions
from zhongshu.channels.desk.versions import presenters
from zhongshu.engine.cases.actions import migrating
from zhongshu.engine.cases.models import Migration
from zhongshu.engine.cases.queries import migrations, scenarios
from zhongshu.registers.people import queries as people
from zhongshu.registers.places import queries as places


@access.holding(migrations.READ)
@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: access.Request) -> HttpResponse:
    """Every scenario with the versions that have running cases; a POST begins a migration to the newest."""
    _seeing_all(request)
    if request.method != "POST":
        return _versions(request)
    try:
        made = migrating.begin(request.POST.get("scenario", ""), by=request.by, at=request.at)
    except (Invalid, Conflict, Forbidden) as problem:
        return _versions(request, problem)
    return redirect("desk:migration", made.pk)


def _versions(request: access.Request, problem: Refusal | None = None) -> HttpResponse:
    found = [_scenario(code, rows) for code, rows in migrations.versions().items()]
    context = {"scenarios": found, "may_propose": _may(request, migrations.PROPOSE), "problem": problem}
    return render(request, "desk/versions/list.html", context, status=problem.status if problem else 200)


def _scenario(code: str, rows: list[migrations.Version]) -> dict[str, object]:
    """A scenario's versions, newest first, with the migrations there were."""
    past, newest = migrations.of_scenario(code), rows[0].version
    return {
        "code": code, "to": newest, "newest": scenarios.version(code, newest).settings, "rows": rows,
        "behind": sum(row.running for row in rows[1:]), "busy": any(one.finished is None for one in past),
        "migrations": [(one, presenters.state(one)) for one in past],
    }  # fmt: skip


@access.holding(migrations.READ)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: access.Request, migration: UUID) -> HttpResponse:
    """A migration: what its dry run found, how far it is; a POST chooses, proposes, decides, stops or gives up."""
    held = _found(request, migration)
    if request.method != "POST":
        return _one(request, held)
    try:
        _ACTS.get(request.POST.get("go", ""), _unknown)(request, held)
    except (Invalid, Conflict, Forbidden) as problem:
        return _one(request, _found(request, migration), problem)
    return redirect("desk:migration", migration)


def _one(request: access.Request, held: Migration, problem: Refusal | None = None) -> HttpResponse:
    proposal = migrations.proposal(held.pk)
    waiting = proposal if proposal and proposal.decided is None else None
    context = {
        "held": held, "settings": scenarios.version(held.scenario, held.version).settings,
        "state": presenters.state(held), "groups": presenters.groups(held) if held.state != "looking" else (),
        "moving": held.state in ("looking", "running"), "proposal": proposal, "waiting": waiting,
        "who": people.names([str(held.begun_by)]).get(str(held.begun_by), ""),
        "decidable": waiting is not None and proposals.may_decide(waiting, request.by, request.at),
        "own": waiting is not None and str(waiting.proposer) == request.by.id,
        "may_propose": _may(request, migrations.PROPOSE), "problem": problem, "typed": request.POST,
        "outcomes": presenters.outcomes(held, "") if held.state in ("running", "stopped", "done", "dropped") else (),
    }  # fmt: skip
    return render(request, "desk/versions/one.html", context, status=problem.status if problem else 200)


def _choose(request: access.Request, held: Migration) -> None:
    answers = {key[2:]: str(value) for key, value in request.POST.items() if key.startswith("q:") and value}
    if not answers:
        raise Invalid("请先选好办法，再保存。", field="answer")
    migrating.choose(held.pk, request.POST.get("shape", ""), answers, by=request.by, at=request.at)


def _anew(request: access.Request, held: Migration) -> None:
    migrating.choose(held.pk, request.POST.get("shape", ""), {}, by=request.by, at=request.at)


def _propose(request: access.Request, held: Migration) -> None:
    migrating.propose(held.pk, request.POST.get("reason", ""), by=request.by, at=request.at)


def _decide(request: access.Request, held: Migration) -> None:
    approve = request.POST.get("go") == "approve"
    approvals.decide(_waiting(held), approve, request.POST.get("reason", ""), by=request.by, at=request.at)


def _withdraw(request: access.Request, held: Migration) -> None:
    approvals.withdraw(_waiting(held), by=request.by, at=request.at)


def _turn(verb: Callable[..., None]) -> Callable[[access.Request, Migration], None]:
    return lambda request, held: verb(held.pk, by=request.by, at=request.at)


def _unknown(request: access.Request, held: Migration) -> None:
    raise Invalid("请从页面上的按钮里选一个。")


_ACTS: dict[str, Callable[[access.Request, Migration], None]] = {
    "choose": _choose, "anew": _anew, "propose": _propose, "approve": _decide, "refuse": _decide,
    "withdraw": _withdraw, "stop": _turn(migrating.stop), "resume": _turn(migrating.resume),
    "drop": _turn(migrating.drop),
}  # fmt: skip


def _waiting(held: Migration) -> UUID:
    found = migrations.awaited(held.pk)
    if found is None:
        raise Conflict("这次迁移没有在等待审批的申请。")
    return found.pk


@access.holding(migrations.READ)
@require_http_methods(["GET", "HEAD", "POST"])
def cases(request: access.Request, migration: UUID) -> HttpResponse:
    """What became of the cases, by outcome; a POST undoes the move of one."""
    held = _found(request, migration)
    outcome = request.GET.get("outcome", "")
    shown = outcome if outcome in presenters.OUTCOMES else "moved"
    if request.method != "POST":
        return _cases(request, held, shown)
    try:
        migrating.undo(held.pk, _case(request), request.POST.get("reason", ""), by=request.by, at=request.at)
    except (Invalid, Conflict, Forbidden) as problem:
        return _cases(request, held, shown, problem)
    return redirect(f"{reverse('desk:migrated', args=[held.pk])}?{urlencode({'outcome': 'undone'})}")


def _cases(request: access.Request, held: Migration, shown: str, problem: Refusal | None = None) -> HttpResponse:
    after = _uuid(request.GET.get("after", "")) or migrations.NOBODY
    rows = migrations.rows(held.pk, shown, after, migrations.PAGE + 1)
    context = {
        "held": held, "settings": scenarios.version(held.scenario, held.version).settings, "shown": shown,
        "outcomes": presenters.outcomes(held, shown), "rows": presenters.listed(rows[: migrations.PAGE]),
        "next": rows[migrations.PAGE - 1].case_id if len(rows) > migrations.PAGE else "",
        "later": after != migrations.NOBODY, "problem": problem, "typed": request.POST,
        "may_propose": _may(request, migrations.PROPOSE),
        "may_read": permissions.holds_anywhere(request.by, "case.read", request.at),
    }  # fmt: skip
    return render(request, "desk/versions/cases.html", context, status=problem.status if problem else 200)


def _case(request: access.Request) -> UUID:
    if (found := _uuid(request.POST.get("case", ""))) is None:
        raise Absent("没有找到这个办件。")
    return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _found(request: access.Request, migration: UUID) -> Migration:
    _seeing_all(request)
    return migrations.one(migration)


def _seeing_all(request: access.Request) -> None:
    """A scenario is the whole city's: a part of it is not enough."""
    if not _may(request, migrations.READ):
        raise Forbidden("场景版本由全市统一管理，请联系系统管理员。")


def _may(request: access.Request, permission: str) -> bool:
    return permissions.may(request.by, permission, (places.root(),), request.at)
