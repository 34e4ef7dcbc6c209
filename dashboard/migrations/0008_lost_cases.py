"""What people do about lost calls; managers, supervisors and administrators may see the reports."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


ROLES = ("manager", "supervisor", "administrator")


def permission_grant(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="dashboard", model="lostcase"
    )
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename="view_reports", defaults={"name": "Can see the reports"}
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("dashboard", "0007_history"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LostCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("queue_id", models.CharField(max_length=20, verbose_name="queue ID")),
                ("caller_key", models.BigIntegerField(verbose_name="digest of the number")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                ("closed_until_at", models.DateTimeField(blank=True, null=True, verbose_name="done until")),
                ("changed_at", models.DateTimeField(verbose_name="changed")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="lost_cases",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "pbx",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lost_cases",
                        to="dashboard.pbx",
                        verbose_name="PBX",
                    ),
                ),
            ],
            options={
                "verbose_name": "lost call in work",
                "verbose_name_plural": "lost calls in work",
                "permissions": [("view_reports", "Can see the reports")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pbx", "queue_id", "caller_key"), name="lost_case_once_per_queue"
                    )
                ],
            },
        ),
        migrations.RunPython(permission_grant, migrations.RunPython.noop),
    ]
