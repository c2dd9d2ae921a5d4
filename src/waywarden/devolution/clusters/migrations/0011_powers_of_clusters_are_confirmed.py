import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clusters", "0010_councils_answer_by_a_link"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClusterConfirmation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("power", models.CharField(max_length=30)),
                ("warning", models.CharField(max_length=60)),
                ("services", models.CharField(blank=True, max_length=500)),
                ("says", models.TextField()),
                ("given_on", models.DateField()),
                ("reference", models.CharField(blank=True, max_length=200)),
                ("note", models.TextField(blank=True)),
                ("is_noted", models.BooleanField(default=False)),
                ("recorded_by_key", models.CharField(max_length=200)),
                ("recorded_by_shown_as", models.CharField(max_length=300)),
                ("recorded_at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                ("taker", models.CharField(max_length=200)),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="clusters.cluster",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("taken_back_at__isnull", True)),
                        fields=("cluster", "power", "taker", "warning", "services"),
                        name="a_warning_of_a_cluster_is_confirmed_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_noted", False),
                            models.Q(("reference", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="what_is_noted_of_a_cluster_has_a_reference",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("taker", ""), _negated=True),
                        name="what_is_confirmed_of_a_cluster_names_who_delivers",
                    ),
                ],
            },
        ),
    ]
