import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("digest", models.BinaryField(max_length=32)),
                ("media", models.TextField()),
                ("bytes", models.IntegerField()),
                ("width", models.IntegerField()),
                ("height", models.IntegerField()),
                ("name", models.TextField(blank=True)),
                ("uploader", models.UUIDField(null=True)),
                ("kept", models.DateTimeField()),
                ("destroyed", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "documents_document",
                "indexes": [
                    models.Index(condition=models.Q(("destroyed", None)), fields=["digest"], name="document_living")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("bytes__gt", 0), ("height__gt", 0), ("width__gt", 0)),
                        name="document_has_size",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("destroyed", None),
                            models.Q(("destroyed__gte", models.F("kept")), ("name", "")),
                            _connector="OR",
                        ),
                        name="document_destroyed_whole",
                    ),
                ],
            },
        ),
    ]
