"""The audit log with its triggers, the permissions of supervisors' actions, and which of them ask for a reason."""

from django.db import migrations, models

from dashboard.models.audit_triggers import triggers_drop, triggers_make

ACTIONS = [
    *("monitoring", "pause_on", "pause_off", "pause_after_call", "transfer", "hangup", "answer", "pickup"),
    *("queue_login", "queue_logout", "login", "logout", "call", "playback"),
]
PERMISSIONS = {
    "use_supervision": "May use the supervision page",
    "act_monitoring": "May listen to calls",
    "act_pause_on": "May put agents on a pause",
    "act_pause_off": "May end agents' pauses",
    "act_transfer": "May transfer calls",
    "act_hangup": "May hang up calls",
    "act_answer": "May answer calls for agents",
    "act_pickup": "May hand waiting calls to agents",
    "act_queue_login": "May log agents in to queues",
    "act_queue_logout": "May log agents out of queues",
    "act_login": "May log agents in",
    "act_logout": "May log agents out",
    "act_call": "May have agents call a number",
    "act_playback": "May play announcements into calls",
    "view_actionevent": "Can view audit event",
}
ROLES = {"supervisor": set(PERMISSIONS) - {"view_actionevent"}, "administrator": set(PERMISSIONS)}


def roles_permit(apps, schema_editor):
    """Permissions are made only after all migrations otherwise."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="dashboard", model="actionevent"
    )
    permissions = {
        codename: apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": name}
        )[0]
        for codename, name in PERMISSIONS.items()
    }
    for role, codenames in ROLES.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=role)
        group.permissions.add(*(permissions[codename] for codename in codenames))


def rules_make(apps, schema_editor):
    rule = apps.get_model("dashboard", "ActionRule")
    for action in ACTIONS:
        rule.objects.get_or_create(action=action, defaults={"is_reason_required": action == "monitoring"})


def triggers_on(apps, schema_editor):
    triggers_make(schema_editor)


def triggers_off(apps, schema_editor):
    triggers_drop(schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("dashboard", "0008_lost_cases"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="ActionRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("action", models.CharField(max_length=20, unique=True, verbose_name="action")),
                (
                    "is_enabled",
                    models.BooleanField(
                        default=True,
                        help_text="If not, nobody can do it, whatever the permissions.",
                        verbose_name="offered",
                    ),
                ),
                (
                    "is_reason_required",
                    models.BooleanField(
                        default=False,
                        help_text="The supervisor has to say why; the reason is kept in the audit log.",
                        verbose_name="reason required",
                    ),
                ),
            ],
            options={
                "verbose_name": "rule of an action",
                "verbose_name_plural": "rules of actions",
                "ordering": ["action"],
                "default_permissions": ("view", "change"),
            },
        ),
        migrations.CreateModel(
            name="AuditRetention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("deletes_before", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="OpenAction",
            fields=[
                ("request", models.UUIDField(primary_key=True, serialize=False)),
                ("stream", models.CharField(db_index=True, max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("outcome", "waits for its confirmation"),
                            ("listening", "goes on"),
                            ("plan", "waits for the end of a call"),
                        ],
                        max_length=9,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("fact", models.JSONField(default=dict)),
                ("language", models.CharField(blank=True, max_length=10)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ActionEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("request", models.UUIDField(verbose_name="request")),
                (
                    "step",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "opened"),
                            (1, "a plan carried out or cancelled"),
                            (2, "answered by the PBX"),
                            (3, "shown by the live state, or not"),
                            (4, "over"),
                        ],
                        verbose_name="step",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("requested", "requested"),
                            ("accepted", "accepted"),
                            ("confirmed", "confirmed"),
                            ("not_confirmed", "not confirmed"),
                            ("unanswered", "unanswered"),
                            ("failed", "failed"),
                            ("refused", "refused"),
                            ("cancelled", "cancelled"),
                            ("ended", "ended"),
                        ],
                        max_length=13,
                        verbose_name="state",
                    ),
                ),
                ("at", models.DateTimeField(db_index=True, verbose_name="when")),
                ("actor_id", models.BigIntegerField(blank=True, null=True, verbose_name="user ID")),
                ("actor_name", models.CharField(blank=True, max_length=150, verbose_name="who")),
                ("address", models.CharField(blank=True, max_length=45, verbose_name="address")),
                ("action", models.CharField(max_length=20, verbose_name="action")),
                ("stream", models.CharField(blank=True, max_length=40, verbose_name="PBX")),
                ("agent_id", models.CharField(blank=True, max_length=20, verbose_name="agent ID")),
                ("agent_name", models.CharField(blank=True, max_length=200, verbose_name="agent")),
                ("call_id", models.CharField(blank=True, max_length=80, verbose_name="call")),
                ("queue_id", models.CharField(blank=True, max_length=20, verbose_name="queue ID")),
                ("queue_title", models.CharField(blank=True, max_length=200, verbose_name="queue")),
                ("parameters", models.JSONField(blank=True, default=dict, verbose_name="parameters")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("code", models.CharField(blank=True, max_length=30, verbose_name="code")),
                ("about", models.JSONField(blank=True, default=dict, verbose_name="about")),
                ("text", models.TextField(blank=True, verbose_name="outcome")),
                ("pbx_text", models.TextField(blank=True, verbose_name="the PBX's own words")),
            ],
            options={
                "verbose_name": "audit event",
                "verbose_name_plural": "audit log",
                "ordering": ["-at", "-id"],
                "permissions": [
                    ("use_supervision", "May use the supervision page"),
                    ("act_monitoring", "May listen to calls"),
                    ("act_pause_on", "May put agents on a pause"),
                    ("act_pause_off", "May end agents' pauses"),
                    ("act_transfer", "May transfer calls"),
                    ("act_hangup", "May hang up calls"),
                    ("act_answer", "May answer calls for agents"),
                    ("act_pickup", "May hand waiting calls to agents"),
                    ("act_queue_login", "May log agents in to queues"),
                    ("act_queue_logout", "May log agents out of queues"),
                    ("act_login", "May log agents in"),
                    ("act_logout", "May log agents out"),
                    ("act_call", "May have agents call a number"),
                    ("act_playback", "May play announcements into calls"),
                ],
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(fields=["actor_id", "at"], name="event_by_actor"),
                    models.Index(fields=["stream", "agent_id", "at"], name="event_by_agent"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("request", "step"), name="event_once_per_step")
                ],
            },
        ),
        migrations.RunPython(roles_permit, migrations.RunPython.noop),
        migrations.RunPython(rules_make, migrations.RunPython.noop),
        migrations.RunPython(triggers_on, triggers_off),
    ]
