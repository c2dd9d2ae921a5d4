"""The recoveries move here from the offices, and lead to the invitation that came of them.

The table is taken over as it is: of it, only Django's picture changes.
"""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def lead_to_what_came_of_them(apps: Any, schema_editor: Any) -> None:
    """Keep beside a recovery what was kept beside its invitation, the newest of several."""
    recoveries = apps.get_model("recovery", "Recovery").objects
    invitations = apps.get_model("offices", "Invitation").objects.exclude(recovery=None)
    for invitation in invitations.order_by("pk"):
        recoveries.filter(pk=invitation.recovery_id).update(invitation=invitation)


def lead_back(apps: Any, schema_editor: Any) -> None:
    """Keep beside an invitation which recovery it came of."""
    invitations = apps.get_model("offices", "Invitation").objects
    for recovery in apps.get_model("recovery", "Recovery").objects.exclude(invitation=None):
        invitations.filter(pk=recovery.invitation_id).update(recovery_id=recovery.pk)
    # PostgreSQL alters no table whose foreign keys it has still to check.
    schema_editor.connection.check_constraints()


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
                    name="Recovery",
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
                        ("address", models.EmailField(max_length=254)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("leader", "Leader"),
                                    ("cabinet-member", "Cabinet member"),
                                    ("councillor", "Councillor"),
                                    ("chair", "Chair"),
                                    ("chief-executive", "Chief executive"),
                                    ("director", "Director"),
                                    ("monitoring-officer", "Monitoring officer"),
                                    ("section-151-officer", "Section 151 officer"),
                                    ("partnerships-officer", "Partnerships officer"),
                                    ("finance-officer", "Finance officer"),
                                    ("officer", "Officer"),
                                    ("clerk", "Clerk"),
                                    ("deputy-clerk", "Deputy clerk"),
                                    ("operative", "Service lead's operative"),
                                    ("volunteer-coordinator", "Volunteer coordinator"),
                                    ("contact", "Contact of a group or company"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("ends_on", models.DateField()),
                        ("reason", models.TextField()),
                        ("proposed_at", models.DateTimeField()),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("proposed", "Proposed: a second person must agree"),
                                    ("agreed", "Agreed: an invitation went out"),
                                    ("stopped", "Stopped: nothing came of it"),
                                ],
                                default="proposed",
                                max_length=10,
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "answered_as",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                            ),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recoveries",
                                to="councils.body",
                            ),
                        ),
                        (
                            "proposed_as",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "offices_recovery",
                        "verbose_name_plural": "recoveries",
                    },
                ),
                migrations.AddConstraint(
                    model_name="recovery",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "agreed"), _negated=True),
                            models.Q(
                                ("answered_by__isnull", False),
                                models.Q(("answered_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_recovery_takes_two_people",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="recovery",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="a_recovery_has_a_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="recovery",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status", "proposed")),
                        fields=("body",),
                        name="a_body_is_recovered_by_one_proposal_at_a_time",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="recovery",
            name="invitation",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recovery",
                to="offices.invitation",
            ),
        ),
        migrations.RunPython(lead_to_what_came_of_them, lead_back),
    ]
