"""Whether duties that must not meet have met after all: looked for in what is kept, whichever way it came there."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from zhongshu.base.permissions import duties
from zhongshu.base.permissions.duties import Clash
from zhongshu.registers.people.models import Grant
from zhongshu.registers.people.queries.grants.held import above, given


@dataclass(frozen=True, slots=True)
class Violation:
    """A person, by the login of each of their accounts that takes part, and the rule they break."""

    logins: tuple[str, ...]
    clash: Clash


# Whoever holds both roles of some pair: persons are told apart as in `same.accounts_of`.
_SUSPECTS = """
WITH who AS (
    SELECT a.id AS account, coalesce(p.merged_into_id, a.person_id)::text AS person,
           CASE WHEN a.phone <> '' THEN a.name || chr(31) || a.phone END AS called
    FROM people_account a LEFT JOIN people_person p ON p.id = a.person_id
    WHERE EXISTS (SELECT 1 FROM people_grant g WHERE g.account_id = a.id AND g.role = ANY(%(roles)s)
                  AND (g.ends IS NULL OR g.ends > %(at)s))
), pair AS (
    SELECT a.account AS one, b.account AS other FROM who a JOIN who b ON b.account = a.account
    UNION SELECT a.account, b.account FROM who a JOIN who b ON b.person = a.person
    UNION SELECT a.account, b.account FROM who a JOIN who b ON b.called = a.called
)
SELECT DISTINCT g.id, h.id FROM pair
JOIN people_grant g ON g.account_id = pair.one AND (g.ends IS NULL OR g.ends > %(at)s)
JOIN people_grant h ON h.account_id = pair.other AND (h.ends IS NULL OR h.ends > %(at)s)
JOIN unnest(%(ones)s::text[], %(others)s::text[]) AS rule (one, other) ON rule.one = g.role AND rule.other = h.role
ORDER BY 1, 2
"""


def violations(at: datetime) -> list[Violation]:
    """Every pair of grants, running or to come, whose duties must not meet and which one person holds."""
    ones, others = [rule.one for rule in duties.APART], [rule.other for rule in duties.APART]
    with connection.cursor() as cursor:
        cursor.execute(_SUSPECTS, {"at": at, "roles": [*ones, *others], "ones": ones, "others": others})
        found = cursor.fetchall()
    grants = Grant.objects.select_related("account").in_bulk({id_ for pair in found for id_ in pair})
    return [
        Violation(tuple(dict.fromkeys(grants[id_].account.login for id_ in pair)), clash)
        for pair in found for clash in duties.clashes(given(grants[pair[1]]), [given(grants[pair[0]])], above)
    ]  # fmt: skip
