import django.db.models.deletion
import django.db.models.expressions
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
                        condition=models.Q(("code__regex", "^([0-9]{2}){1,4}$")), name="category_code_digits"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code__regex", "^[0-9]{2}$"), ("parent", None)),
                            models.Q(
                                (
                                    "parent",
                                    django.db.models.functions.text.Left(
                                        "code",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.functions.text.Length("code"),
                                            "-",
                                            models.Value(2),
                                        ),
                                    ),
                                ),
                                ("parent__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="category_code_begins_with_parent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["event", "component"])), name="category_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent", None), models.Q(("scenario", ""), _negated=True), _connector="OR"
                        ),
                        name="category_scenario",
                    ),
                ],
            },
        ),
    ]
