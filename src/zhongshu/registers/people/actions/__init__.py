"""Verbs on bodies and people."""

from zhongshu.registers.people.actions.accounts import close_account, note_sign_in, open_account
from zhongshu.registers.people.actions.bodies import found_body
from zhongshu.registers.people.actions.grants import appoint_cell_officer, end_grant, give_grant
from zhongshu.registers.people.actions.keys import issue_key, revoke_key

__all__ = [
    "appoint_cell_officer", "close_account", "end_grant", "found_body", "give_grant", "issue_key", "note_sign_in",
    "open_account", "revoke_key",
]  # fmt: skip
