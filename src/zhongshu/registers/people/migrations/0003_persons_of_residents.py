from django.db import migrations

# Whoever has a resident's account is a person, whom nobody has verified yet.
PERSONS = """
WITH whom AS (SELECT id, gen_random_uuid() AS person, name, phone, opened FROM people_account WHERE kind = 'resident'),
made AS (
    INSERT INTO people_person (id, name, level, id_kind, id_sealed, phone, opened)
    SELECT person, name, 'unverified', '', '', phone, opened FROM whom
)
UPDATE people_account a SET person_id = w.person FROM whom w WHERE w.id = a.id
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_persons")]

    operations = [migrations.RunSQL(PERSONS, migrations.RunSQL.noop)]
