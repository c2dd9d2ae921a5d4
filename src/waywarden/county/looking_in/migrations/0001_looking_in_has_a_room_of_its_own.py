"""Who looks in from outside moves here from the offices.

The table is taken over as it is: only Django's picture of it changes.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("councils", "0001_initial"),
        ("people", "0004_offices_end_at_once_and_count_versions"),
        ("offices", "0001_people_are_invited_and_hand_over"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="OperatorAccess",
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
                        ("reason", models.TextField()),
                        ("starts_at", models.DateTimeField()),
                        ("hours", models.PositiveSmallIntegerField()),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="looked_into",
                                to="councils.body",
                            ),
                        ),
                        (
                            "opened_as",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "offices_operatoraccess",
                        "verbose_name_plural": "operator accesses",
                        "indexes": [
                            models.Index(
                                fields=["body", "starts_at"], name="who_looked_into_a_body_when"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("hours__gte", 1), ("hours__lte", 8)),
                                name="access_from_outside_lasts_eight_hours_at_most",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="access_from_outside_has_a_reason",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
