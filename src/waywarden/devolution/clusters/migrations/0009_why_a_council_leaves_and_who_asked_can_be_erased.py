"""A reason for leaving lies where it can be erased, and who asked the county is named there alone."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def name_who_asked_where_they_asked(apps: Any, schema_editor: Any) -> None:
    """Put the expression in the place of a copied name, where one expression alone can be meant.

    What the journal's chain says by then stays as it is.
    """
    asked = apps.get_model("interest", "Expression").objects
    agreed = asked.filter(outcome="agreed", status="decided", erased_on__isnull=True)
    roles = apps.get_model("clusters", "Role").objects
    stated = apps.get_model("clusters", "Stated").objects
    for role in roles.exclude(holder_name=""):
        named = {"who": role.holder_name, "kind": role.holder_kind, "services": role.service_id}
        found = list(agreed.filter(**named)[:2])
        if len(found) == 1:
            roles.filter(pk=role.pk).update(holder_name="", holder_kind="", expression=found[0])
            of_it = stated.filter(scope__cluster=role.cluster_id, scope__service=role.service_id)
            said = of_it.filter(said_by=role.holder_name, model="local")
            said.update(said_by="", expression=found[0])
    # PostgreSQL alters no table whose foreign keys it has still to check.
    schema_editor.connection.check_constraints()


def copy_the_names_again(apps: Any, schema_editor: Any) -> None:
    """Write the names where they were; a reason for leaving stays beside the journal alone."""
    stated = apps.get_model("clusters", "Stated").objects.filter(expression__isnull=False)
    for said in stated.select_related("expression"):
        stated.filter(pk=said.pk).update(said_by=said.expression.who[:200], expression=None)
    schema_editor.connection.check_constraints()


class Migration(migrations.Migration):
    dependencies = [
        ("clusters", "0008_a_group_or_company_leads"),
        ("councils", "0002_contacts_count_their_versions"),
        ("decisions", "0002_a_record_of_what_never_was_is_withdrawn"),
        ("interest", "0006_hosts_answer_and_bodies_are_set_up"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="stated",
            name="what_is_stated_names_who_said_it",
        ),
        migrations.AddField(
            model_name="membership",
            name="why_for",
            field=models.CharField(
                blank=True,
                choices=[
                    ("members", "The members of the cluster"),
                    ("county", "The members and the county"),
                    ("nobody", "Nobody but our council"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="why_reference",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="stated",
            name="expression",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="interest.expression",
            ),
        ),
        migrations.AlterField(
            model_name="stated",
            name="said_by",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("why_for", ""), ("why_reference__isnull", True)),
                    models.Q(
                        ("ends_on__isnull", False),
                        ("why_for__in", ["members", "county", "nobody"]),
                        ("why_reference__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="who_leaves_chooses_who_reads_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="stated",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("said_by", ""), _negated=True), ("expression__isnull", True)
                    ),
                    models.Q(("expression__isnull", False), ("said_by", "")),
                    _connector="OR",
                ),
                name="what_is_stated_names_who_said_it",
            ),
        ),
        migrations.RunPython(name_who_asked_where_they_asked, copy_the_names_again),
    ]
