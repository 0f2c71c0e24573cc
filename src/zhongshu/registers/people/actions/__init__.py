"""Verbs on bodies and people."""

from zhongshu.registers.people.actions.accounts import close_account, note_sign_in, open_account
from zhongshu.registers.people.actions.bodies import change_body, end_body, found_body, move_body, reopen_body
from zhongshu.registers.people.actions.firms import appoint_agent, confirm_representative, end_role, register_firm
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
from zhongshu.registers.people.actions.importing import ask_import, take_in
from zhongshu.registers.people.actions.keys import issue_key, revoke_key, rotate_key, warn_of_ending_keys
from zhongshu.registers.people.actions.looks import note_contacts, show_identity
from zhongshu.registers.people.actions.merging import merge_persons, propose_merge, undo_merge
from zhongshu.registers.people.actions.persons import (
    claim_identity,
    correct_person,
    find_person,
    open_person,
    verify_in_person,
)
from zhongshu.registers.people.actions.staff import change_staff, close_staff, move_staff, open_staff, reopen_staff

__all__ = [
    "appoint_agent", "appoint_cell_officer", "ask_import", "change_body", "change_staff", "check_apart",
    "claim_identity", "close_account", "close_staff", "confirm_grants", "confirm_representative", "correct_person",
    "end_body", "end_grant", "end_lent", "end_role", "end_unreviewed", "find_person", "found_body", "give_approved",
    "give_grant", "issue_key", "lend_grants", "merge_persons", "move_body", "move_staff", "note_contacts",
    "note_sign_in", "open_account", "open_person", "open_staff", "propose_grant", "propose_merge", "register_firm",
    "reopen_body", "reopen_staff", "revoke_key", "rotate_key", "show_identity", "take_grant", "take_in", "undo_merge",
    "verify_in_person", "warn_of_ending_keys",
]  # fmt: skip
