"""Verbs on bodies and people."""

from zhongshu.registers.people.actions.accounts import close_account, note_sign_in, open_account
from zhongshu.registers.people.actions.bodies import found_body
from zhongshu.registers.people.actions.grants import (
    appoint_cell_officer,
    check_apart,
    confirm_grants,
    end_grant,
    end_lent,
    end_unreviewed,
    give_approved,
    give_grant,
    lend_grants,
    propose_grant,
    take_grant,
)
from zhongshu.registers.people.actions.keys import issue_key, revoke_key

__all__ = [
    "appoint_cell_officer", "check_apart", "close_account", "confirm_grants", "end_grant", "end_lent", "end_unreviewed",
    "found_body", "give_approved", "give_grant", "issue_key", "lend_grants", "note_sign_in", "open_account",
    "propose_grant", "revoke_key", "take_grant",
]  # fmt: skip
