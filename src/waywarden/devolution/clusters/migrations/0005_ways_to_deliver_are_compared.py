import django.db.models.deletion
from django.db import migrations, models

MODELS = [
    ("own", "The lead council’s own staff"),
    ("shared", "Staff that members lend"),
    ("contractor", "A contractor of the lead council"),
    ("local", "A local group or social company"),
    ("volunteers", "Volunteers"),
    ("county", "The county goes on"),
]


class Migration(migrations.Migration):
    dependencies = [("clusters", "0004_who_asked_is_kept_and_answers_stay_with_their_assessment")]

    operations = [
        migrations.AddField(
            model_name="scope",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="scope",
            name="intended",
            field=models.CharField(blank=True, choices=MODELS, max_length=10, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="scope",
            name="intended_why",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="scope",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("intended", ""), ("intended_why", "")),
                    models.Q(
                        (
                            "intended__in",
                            ["own", "shared", "contractor", "local", "volunteers", "county"],
                        ),
                        models.Q(("intended_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_service_is_meant_to_be_delivered_in_a_known_way_and_why",
            ),
        ),
        migrations.CreateModel(
            name="Stated",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("model", models.CharField(choices=MODELS, max_length=10)),
                (
                    "aspect",
                    models.CharField(
                        choices=[
                            ("cost", "Cost a year"),
                            ("jobs", "Jobs"),
                            ("training", "Training"),
                            ("vat", "VAT"),
                            ("insurance", "Insurance"),
                            ("capacity", "Capacity"),
                        ],
                        max_length=10,
                    ),
                ),
                ("says", models.TextField(blank=True)),
                ("pence", models.PositiveBigIntegerField(blank=True, null=True)),
                ("said_by", models.CharField(max_length=200)),
                ("said_on", models.DateField()),
                (
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stated",
                        to="clusters.scope",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("scope", "model", "aspect"),
                        name="of_a_model_each_thing_is_stated_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "aspect__in",
                                ["cost", "jobs", "training", "vat", "insurance", "capacity"],
                            ),
                            (
                                "model__in",
                                ["own", "shared", "contractor", "local", "volunteers", "county"],
                            ),
                        ),
                        name="what_is_stated_is_of_a_known_model_and_aspect",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("aspect", "cost"), ("says", "")),
                            models.Q(
                                models.Q(("aspect", "cost"), _negated=True),
                                ("pence__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="a_cost_is_stated_in_pence_and_all_else_in_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("said_by", ""), _negated=True),
                        name="what_is_stated_names_who_said_it",
                    ),
                ],
            },
        ),
    ]
