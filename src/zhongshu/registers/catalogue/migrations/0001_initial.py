import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Category",
            fields=[
                ("code", models.TextField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("name_en", models.TextField()),
                ("kind", models.TextField(choices=[("event", "事件"), ("component", "部件")])),
                ("scenario", models.TextField()),
                ("ended", models.DateTimeField(null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="catalogue.category",
                    ),
                ),
            ],
            options={
                "db_table": "catalogue_category",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[0-9]{2}([0-9]{2})?$")),
                        name="category_code_digits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("code", django.db.models.functions.text.Left("code", 2)), ("parent", None)
                            ),
                            models.Q(
                                ("code__gt", django.db.models.functions.text.Left("code", 2)),
                                ("parent", django.db.models.functions.text.Left("code", 2)),
                            ),
                            _connector="OR",
                        ),
                        name="category_code_begins_with_parent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["event", "component"])), name="category_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scenario", ""), _negated=True), name="category_scenario"
                    ),
                ],
            },
        ),
    ]
