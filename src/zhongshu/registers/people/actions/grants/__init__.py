"""Giving, ending, proposing, reviewing and lending grants, and who looks after a cell."""

from zhongshu.registers.people.actions.grants.giving import appoint_cell_officer, end_grant, give_grant
from zhongshu.registers.people.actions.grants.lending import end_lent, lend_grants
from zhongshu.registers.people.actions.grants.proposing import check_apart, give_approved, propose_grant, take_grant
from zhongshu.registers.people.actions.grants.reviewing import confirm_grant, confirm_grants, end_unreviewed

__all__ = [
    "appoint_cell_officer", "check_apart", "confirm_grant", "confirm_grants", "end_grant", "end_lent",
    "end_unreviewed", "give_approved", "give_grant", "lend_grants", "propose_grant", "take_grant",
]  # fmt: skip
