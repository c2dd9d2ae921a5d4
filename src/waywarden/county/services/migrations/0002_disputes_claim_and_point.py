from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="quantity",
            name="claims_milli",
            field=models.PositiveBigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="quantity",
            name="pin",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddConstraint(
            model_name="quantity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_disputed", True),
                    models.Q(("claims_milli__isnull", True), ("pin", "")),
                    _connector="OR",
                ),
                name="only_a_dispute_claims_and_points",
            ),
        ),
    ]
