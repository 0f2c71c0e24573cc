import django.contrib.postgres.fields
import uuid_utils.compat
from django.db import migrations, models

from zhongshu.base.permissions.roles import ROLES


def give_scopes(apps, schema_editor):
    """Keys that were issued before keys had scopes go on doing what their holder may."""
    for key in apps.get_model("people", "ApiKey").objects.select_related("account"):
        roles = {grant.role for grant in key.account.grants.all()}
        key.scopes = sorted({p for role in roles if role in ROLES for p in ROLES[role].permissions})
        key.save(update_fields=["scopes"])


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_mandates"),
    ]

    operations = [
        migrations.CreateModel(
            name="Import",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.TextField(choices=[("bodies", "单位"), ("staff", "人员")])),
                ("digest", models.TextField()),
                ("actor", models.UUIDField()),
                ("asked", models.DateTimeField()),
                ("rows", models.IntegerField()),
                ("done", models.IntegerField(default=0)),
                ("finished", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "people_import",
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "import_id", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("import_id", models.UUIDField()),
                ("number", models.IntegerField()),
                ("cells", models.JSONField()),
                ("outcome", models.TextField(blank=True)),
                ("sentence", models.TextField(blank=True)),
                ("gaps", models.JSONField(default=dict)),
                ("account", models.UUIDField(null=True)),
                ("proposing", models.JSONField(default=list)),
            ],
            options={
                "db_table": "people_import_row",
            },
        ),
        migrations.AddField(
            model_name="apikey",
            name="networks",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
        ),
        migrations.AddField(
            model_name="apikey",
            name="per_day",
            field=models.IntegerField(default=1000000),
        ),
        migrations.AddField(
            model_name="apikey",
            name="scopes",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
        ),
        migrations.AddField(
            model_name="apikey",
            name="used_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="apikey",
            name="warned",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="keyuse",
            name="day",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="keyuse",
            name="used_today",
            field=models.IntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name="account",
            index=models.Index(
                condition=models.Q(("body__isnull", False)), fields=["body", "name", "id"], name="account_of_body"
            ),
        ),
        migrations.AddIndex(
            model_name="account",
            index=models.Index(
                condition=models.Q(("body__isnull", False)),
                fields=["name"],
                name="account_called",
                opclasses=["text_pattern_ops"],
            ),
        ),
        migrations.AddIndex(
            model_name="apikey",
            index=models.Index(
                condition=models.Q(("expires__isnull", False), ("revoked", None), ("warned", None)),
                fields=["expires"],
                name="api_key_ending",
            ),
        ),
        migrations.RunPython(give_scopes, migrations.RunPython.noop),
        migrations.RunSQL(
            "UPDATE people_api_key SET per_day = per_minute WHERE per_day < per_minute", migrations.RunSQL.noop
        ),
        migrations.AddConstraint(
            model_name="apikey",
            constraint=models.CheckConstraint(
                condition=models.Q(("per_day__gte", models.F("per_minute"))), name="api_key_limit_of_day"
            ),
        ),
        migrations.AddIndex(
            model_name="import",
            index=models.Index(fields=["actor", "-asked"], name="import_newest"),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["bodies", "staff"])), name="import_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(("done__gte", 0), ("done__lte", models.F("rows"))), name="import_counts"
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.UniqueConstraint(
                condition=models.Q(("finished", None)), fields=("actor",), name="import_one_at_a_time"
            ),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(
                condition=models.Q(("outcome", "")), fields=["import_id", "number"], name="import_row_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="importrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["", "new", "changed", "same", "wrong"])), name="import_row_outcome"
            ),
        ),
    ]
