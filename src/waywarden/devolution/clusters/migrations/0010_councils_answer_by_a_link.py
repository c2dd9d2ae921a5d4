import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clusters", "0009_why_a_council_leaves_and_who_asked_can_be_erased"),
    ]

    operations = [
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("token_hash", models.CharField(max_length=64)),
                ("sent_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="clusters.membership",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("token_hash",), name="a_link_to_a_council_opens_one_invitation"
                    ),
                    models.UniqueConstraint(
                        fields=("membership", "number"), name="links_to_a_council_are_numbered"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number__gte", 1), models.Q(("token_hash", ""), _negated=True)
                        ),
                        name="a_link_to_a_council_has_a_number_and_a_secret",
                    ),
                ],
            },
        ),
    ]
