"""Verbs on bodies and people."""

from zhongshu.registers.people.actions.accounts import close_account, note_sign_in, open_account
from zhongshu.registers.people.actions.bodies import change_body, end_body, found_body, move_body, reopen_body
from zhongshu.registers.people.actions.grants import appoint_cell_officer, end_grant, give_grant
from zhongshu.registers.people.actions.importing import ask_import, take_in
from zhongshu.registers.people.actions.keys import issue_key, revoke_key, rotate_key, warn_of_ending_keys
from zhongshu.registers.people.actions.staff import change_staff, close_staff, move_staff, open_staff, reopen_staff

__all__ = [
    "appoint_cell_officer", "ask_import", "change_body", "change_staff", "close_account", "close_staff", "end_body",
    "end_grant", "found_body", "give_grant", "issue_key", "move_body", "move_staff", "note_sign_in", "open_account",
    "open_staff", "reopen_body", "reopen_staff", "revoke_key", "rotate_key", "take_in", "warn_of_ending_keys",
]  # fmt: skip
