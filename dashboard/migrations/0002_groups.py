"""The four roles."""

from django.db import migrations

ROLES = ("viewer", "manager", "supervisor", "administrator")


def roles_create(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    for name in ROLES:
        group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("dashboard", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(roles_create, migrations.RunPython.noop)]
