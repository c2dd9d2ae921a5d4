"""A group or company that asked the county holds a role by its expression."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def name_the_group_again(apps: Any, schema_editor: Any) -> None:
    """Write the names back; no group leads a whole cluster any more, and its terms tell that."""
    roles = apps.get_model("clusters", "Role").objects.filter(expression__isnull=False)
    of_clusters = roles.filter(service__isnull=True)
    of_clusters.update(expression=None, taken_at=None, monthly_milli=[])
    for role in roles.select_related("expression"):
        named = {"holder_name": role.expression.who, "holder_kind": role.expression.kind}
        roles.filter(pk=role.pk).update(expression=None, **named)
    # Terms that such a lead's councils agreed to are shown as changed: draw them up anew.
    terms = apps.get_model("clusters", "Terms").objects.filter(led_by_group__isnull=False)
    for each in terms.select_related("led_by_group"):
        terms.filter(pk=each.pk).update(led_by=each.led_by_group.who)
    schema_editor.connection.check_constraints()


class Migration(migrations.Migration):
    dependencies = [
        ("clusters", "0007_what_is_unpaid_and_who_has_what_afterwards"),
        ("councils", "0002_contacts_count_their_versions"),
        ("interest", "0006_hosts_answer_and_bodies_are_set_up"),
        ("services", "0003_a_dispute_has_a_photo"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="role",
            name="a_role_is_held_by_one_at_a_moment_or_by_nobody",
        ),
        migrations.AddField(
            model_name="role",
            name="expression",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="interest.expression",
            ),
        ),
        migrations.AddField(
            model_name="terms",
            name="led_by_group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="interest.expression",
            ),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("expression__isnull", True),
                        ("holder__isnull", True),
                        ("holder_kind", ""),
                        ("holder_name", ""),
                        ("taken_at__isnull", True),
                    ),
                    models.Q(
                        ("expression__isnull", True),
                        ("holder__isnull", False),
                        ("holder_kind", ""),
                        ("holder_name", ""),
                        ("taken_at__isnull", False),
                    ),
                    models.Q(
                        ("expression__isnull", False),
                        ("holder__isnull", True),
                        ("holder_kind", ""),
                        ("holder_name", ""),
                        ("taken_at__isnull", False),
                    ),
                    models.Q(
                        ("expression__isnull", True),
                        ("holder__isnull", True),
                        ("holder_kind__in", ["group", "voluntary", "company", "contractor"]),
                        ("service__isnull", False),
                        ("taken_at__isnull", False),
                        models.Q(("holder_name", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_role_is_held_by_one_at_a_moment_or_by_nobody",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, name_the_group_again),
    ]
