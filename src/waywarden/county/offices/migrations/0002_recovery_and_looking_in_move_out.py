"""Recoveries and looks from outside have rooms of their own, which took over their tables."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("offices", "0001_people_are_invited_and_hand_over"),
        ("recovery", "0001_recoveries_have_a_room_of_their_own"),
        ("looking_in", "0001_looking_in_has_a_room_of_its_own"),
    ]

    operations = [
        migrations.RemoveField(model_name="invitation", name="recovery"),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name="Recovery"),
                migrations.DeleteModel(name="OperatorAccess"),
            ],
        ),
    ]
