"""Setting passwords: one's own, by recovery, and by the code an administrator hands out."""

from datetime import datetime, timedelta

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import transaction

from zhongshu.base.http.refusals import Invalid
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.identity.actions import factors, recovery
from zhongshu.registers.identity.actions.sessions import end_sessions
from zhongshu.registers.identity.actions.telling import tell
from zhongshu.registers.identity.models import PasswordSet, StartCode
from zhongshu.registers.identity.rules.origins import Origin
from zhongshu.registers.people.models import Account

START = "identity_start_code.mark"
GOOD_FOR = timedelta(hours=24)


@transaction.atomic
def change(account: Account, new: str, *, but: str | None, origin: Origin, by: Actor, at: datetime) -> None:
    """Set the account's password and end its other sessions, except the one with the key `but`."""
    _set(account, new, at)
    end_sessions(account.pk, but=but, origin=origin, by=by, at=at)
    tell(account.pk, "password_set", origin=origin, by=by, at=at)


@transaction.atomic
def reset(account: Account, new: str, *, proof: str, origin: Origin | None = None, by: Actor, at: datetime) -> None:
    """Set a forgotten password after another proof, which the entry names (`recovery`, `sms`, `start`)."""
    _set(account, new, at)
    end_sessions(account.pk, origin=origin, by=by, at=at)
    tell(account.pk, "password_reset", proof=proof, origin=origin, by=by, at=at)


@transaction.atomic
def give_start_code(account: Account, *, by: Actor, at: datetime) -> str:
    """A code with which an official sets a password and begins anew; shown this once, good for a day, voids others."""
    if account.kind != Account.Kind.STAFF:
        raise Invalid("启用码只发给工作人员账号。", field="account")
    code = recovery.new_code()
    kept = {"mark": recovery.marks(code, START)[0], "given_by": by.id, "expires": at + GOOD_FOR}
    StartCode.objects.update_or_create(account=account, defaults=kept)
    tell(account.pk, "start_code_given", by=by, at=at)
    return code


@transaction.atomic
def recover(account: Account, typed: str, new: str, *, origin: Origin, by: Actor, at: datetime) -> bool:
    """Set the password by a code: a resident's or firm's recovery code, an official's start code. False: no such code.

    A start code also takes the factors away: it is for who has none yet, or has lost them.
    """
    if account.kind == Account.Kind.STAFF:
        good = StartCode.objects.filter(account=account, mark__in=recovery.marks(typed, START), expires__gt=at)
        if not good.delete()[0]:
            return False
        factors.clear(account)
    elif not recovery.prove(account, typed, origin=origin, by=by, at=at):
        return False
    reset(account, new, proof="start" if account.kind == "staff" else "recovery", origin=origin, by=by, at=at)
    return True


def check(new: str, account: Account) -> None:
    """Refuse a password that is too short, too common or too much like its owner's name.

    Length and a list of common ones, no rules of composition (NIST SP 800-63B, 5.1.1.2).
    """
    if len(new) > 1000:
        raise Invalid("密码太长，请改短一些。", field="password")
    try:
        password_validation.validate_password(new, account)
    except ValidationError as problem:
        raise Invalid("密码不合要求：{why}", field="password", why=" ".join(problem.messages)) from None


def _set(account: Account, new: str, at: datetime) -> None:
    check(new, account)
    if account.has_usable_password() and account.check_password(new):
        raise Invalid("新密码和原来的一样，请换一个。", field="password")
    account.set_password(new)
    account.save(update_fields=["password"])
    PasswordSet.objects.update_or_create(account=account, defaults={"at": at})
