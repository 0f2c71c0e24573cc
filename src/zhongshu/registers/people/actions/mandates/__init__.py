"""Verbs on mandates: giving, recording, accepting, ending."""

from zhongshu.registers.people.actions.mandates.answering import accept, decline, revoke
from zhongshu.registers.people.actions.mandates.giving import begin_help, give, open_principal, record_in_person

__all__ = ["accept", "begin_help", "decline", "give", "open_principal", "record_in_person", "revoke"]
