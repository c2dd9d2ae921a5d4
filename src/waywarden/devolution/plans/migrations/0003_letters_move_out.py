"""Letters have a room of their own, which took over their table."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0002_letters_of_a_plan_in_one_file"),
        ("letters", "0001_letters_have_a_room_of_their_own"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name="LetterBundle")],
        ),
    ]
