"""FEEL as PostgreSQL: the condition that decides one case finds all for which it is true.

    written = conditions.condition(feel.compile('age >= 60 and city in ("本市", "本区")'), facts)
    cursor.execute(f"SELECT id FROM person WHERE {written.where}", written.where_params)

What SQL can say means what the closures mean, true, false and null; a law drawn at random holds them together.
All else is refused with a finding that names the construct. Values are parameters, never spliced into the text.

`tables` > `conditions` > `comparing`, `reckoning`, `calling` > `saying` > `terms`.
"""
