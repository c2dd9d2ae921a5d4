"""The letters of plans move here from the plans.

The table is taken over as it is: only Django's picture of it changes.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0001_files_are_kept"),
        ("plans", "0002_letters_of_a_plan_in_one_file"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="LetterBundle",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("councils_done", models.PositiveIntegerField(default=0)),
                        ("asked_by_key", models.CharField(max_length=200)),
                        ("asked_by_shown_as", models.CharField(max_length=300)),
                        ("asked_at", models.DateTimeField()),
                        (
                            "file",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="letter_bundles",
                                to="documents.storedfile",
                            ),
                        ),
                        (
                            "run",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="letters",
                                to="plans.planrun",
                            ),
                        ),
                    ],
                    options={"db_table": "plans_letterbundle"},
                ),
            ],
        ),
    ]
