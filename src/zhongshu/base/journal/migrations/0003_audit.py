from django.db import migrations

# What an auditor reads, a small part of all entries: the hot path of cases writes to none of these indexes. The
# condition stands word for word in queries/audit.py.
SECURITY = """(split_part(verb, '.', 1) IN ('people', 'identity', 'security', 'approvals', 'privacy', 'audit')
 OR verb IN ('cases.contact_revealed', 'cases.foreign_case_tried', 'figures.exported', 'cases.handover_asked',
             'dispatch.track_seen'))"""
INDEXES = {
    "journal_entry_audit": "at DESC, id DESC",
    "journal_entry_audit_actor": "actor, at DESC, id DESC",
    "journal_entry_audit_verb": "verb, at DESC, id DESC",
}


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_sign_ins")]

    operations = [
        migrations.RunSQL(f"CREATE INDEX {name} ON journal_entry ({columns}) WHERE {SECURITY}", f"DROP INDEX {name}")
        for name, columns in INDEXES.items()
    ]
