from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("paperwork", "0002_tries_are_counted"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="back",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="draft",
            name="called",
            field=models.CharField(blank=True, max_length=200),
        ),
    ]
