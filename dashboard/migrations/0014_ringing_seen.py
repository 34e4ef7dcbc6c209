from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dashboard", "0013_titles_of_contacts_and_pbxs"),
    ]

    operations = [
        migrations.AddField(
            model_name="historypolicy",
            name="seen_with_ringing",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="historypolicy",
            name="seen_without_ringing",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
    ]
