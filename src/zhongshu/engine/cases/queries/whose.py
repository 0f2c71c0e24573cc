"""Whose matters are somebody's: told of by their person or firm, or for it; while acting for another, that one's.

One definition for the list and for the check of one case. The parts below are of a contact `k` of a case `c`, beside
`people.PARTIES`, and take `people.whose(...)`.
"""

THEIRS = """(k.behalf IN (SELECT id FROM parties)
    OR (k.behalf IS NULL AND k.account IN (SELECT id FROM accounts)))"""
"""Of one case's contacts: those by which somebody told of it."""
WITHIN = """(%(matters)s::text[] = '{}' OR c.scenario = ANY(%(matters)s::text[]) OR EXISTS (
    SELECT 1 FROM unnest(%(matters)s::text[]) AS one WHERE starts_with(c.category, one)))"""
"""Of a case: whether it is among the matters a mandate is for (`MandateScope.covers`)."""
EVERY = """(
    SELECT k.* FROM cases_contact k JOIN accounts a ON k.account = a.id WHERE k.behalf IS NULL
    UNION ALL SELECT k.* FROM cases_contact k JOIN parties p ON k.behalf = p.id
)"""
"""Every contact of somebody: two walks over an index each."""
