"""What happened to an account's door."""

from uuid import UUID

from zhongshu.base.journal.models import Entry

SHOWN = 20
VERBS = frozenset(
    {"people.signed_in", "people.sign_in_failed", "people.account_opened", "people.account_closed"}
    | {
        f"identity.{what}"
        for what in (
            "locked", "signed_out", "session_ended", "sessions_ended", "proved", "proof_failed", "password_set",
            "password_reset", "factor_added", "factor_removed", "factor_renamed", "factor_used", "passkey_cloned",
            "recovery_codes_made", "recovery_code_used", "start_code_given", "device_code_given", "device_bound",
            "device_revoked", "device_refused",
        )
    }
)  # fmt: skip


def events(account: UUID | str) -> list[Entry]:
    """The account's last 20 entries about who came in and how, newest first."""
    found = Entry.objects.filter(kind="account", subject=str(account), verb__in=VERBS)
    return list(found.order_by("-number")[:SHOWN])
