"""Verbs on bodies and people."""

from zhongshu.registers.people.actions.accounts import close_account, note_sign_in, open_account
from zhongshu.registers.people.actions.bodies import found_body
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
from zhongshu.registers.people.actions.keys import issue_key, revoke_key
from zhongshu.registers.people.actions.looks import note_contacts, show_identity
from zhongshu.registers.people.actions.merging import merge_persons, propose_merge, undo_merge
from zhongshu.registers.people.actions.persons import (
    claim_identity,
    correct_person,
    find_person,
    open_person,
    verify_in_person,
)

__all__ = [
    "appoint_agent", "appoint_cell_officer", "check_apart", "claim_identity", "close_account", "confirm_grants",
    "confirm_representative", "correct_person", "end_grant", "end_lent", "end_role", "end_unreviewed", "find_person",
    "found_body", "give_approved", "give_grant", "issue_key", "lend_grants", "merge_persons", "note_contacts",
    "note_sign_in", "open_account", "open_person", "propose_grant", "propose_merge", "register_firm", "revoke_key",
    "show_identity", "take_grant", "undo_merge", "verify_in_person",
]  # fmt: skip
