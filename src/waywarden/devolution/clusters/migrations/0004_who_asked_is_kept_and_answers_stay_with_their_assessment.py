"""A wish noted by the county says so, and an answer stays with the assessment it answered."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def keep_who_asked_and_what_was_answered(apps: Any, schema_editor: Any) -> None:
    """Read in the journal whose officer asked; give each answer a row beside its wish."""
    wishes = apps.get_model("clusters", "GoingAlone").objects.select_related("body")
    lines = apps.get_model("journal", "Entry").objects.filter(did="asked to go alone")
    bodies = apps.get_model("councils", "Body").objects
    answers = apps.get_model("clusters", "Answer").objects
    for wish in wishes.order_by("pk"):
        line = lines.filter(subject_kind="alone", subject_key=f"alone-{wish.pk}").first()
        others = [key for key in (line.bodies if line else []) if key != wish.body.key]
        wishes.filter(pk=wish.pk).update(noted_by=bodies.filter(key__in=others).first())
        if wish.answer:
            # Assessed again since: what was answered is an earlier one.
            assessed_at = min(wish.assessed_at, wish.answered_at)
            given = {"says": wish.answer, "given_at": wish.answered_at}
            answers.create(going=wish, assessed_at=assessed_at, **given)
    # PostgreSQL alters no table whose foreign keys it has still to check.
    schema_editor.connection.check_constraints()


def keep_one_answer_again(apps: Any, schema_editor: Any) -> None:
    """Write the answer to the assessment that stands into its wish."""
    wishes = apps.get_model("clusters", "GoingAlone").objects
    for given in apps.get_model("clusters", "Answer").objects.select_related("going"):
        stands = wishes.filter(pk=given.going_id, assessed_at=given.assessed_at)
        stands.update(answer=given.says, answered_at=given.given_at)
    schema_editor.connection.check_constraints()


class Migration(migrations.Migration):
    dependencies = [
        ("clusters", "0003_councils_go_alone"),
        ("councils", "0002_contacts_count_their_versions"),
        ("journal", "0002_lines_name_bodies_and_are_guarded"),
    ]

    operations = [
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("assessed_at", models.DateTimeField()),
                ("says", models.TextField()),
                ("given_at", models.DateTimeField()),
                (
                    "going",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="clusters.goingalone",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="goingalone",
            name="noted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="councils.body",
            ),
        ),
        migrations.RunPython(keep_who_asked_and_what_was_answered, keep_one_answer_again),
        migrations.RemoveConstraint(
            model_name="goingalone", name="an_assessment_comes_before_its_answer"
        ),
        migrations.RemoveField(model_name="goingalone", name="answer"),
        migrations.RemoveField(model_name="goingalone", name="answered_at"),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(
                fields=("going", "assessed_at"), name="an_assessment_is_answered_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("says", ""), _negated=True),
                    ("given_at__gte", models.F("assessed_at")),
                ),
                name="an_assessment_comes_before_its_answer",
            ),
        ),
    ]
