from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offers", "0001_offers_are_made"),
    ]

    operations = [
        migrations.AddField(
            model_name="offer",
            name="called_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="offer",
            name="link_ended_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("link_ended_at__isnull", True),
                    models.Q(("token_hash", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_link_that_was_ended_was_sent",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(("called_on__isnull", True), ("call_back", ""), _connector="OR"),
                name="a_number_is_erased_once_called",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("called_on__isnull", True),
                    ("call_back_at__isnull", False),
                    _connector="OR",
                ),
                name="who_was_called_had_asked",
            ),
        ),
    ]
