"""Celery's own settings, under Celery's names. Loaded when the application is first used, so Django's settings are ready."""

from celery.schedules import crontab
from django.conf import settings

POLL_INTERVAL_S = 1.0
REGISTER_INTERVAL_S = 20.0
PULSE_INTERVAL_S = 5.0
REPORTS_INTERVAL_S = 60.0
SETTLE_INTERVAL_S = 30.0
HISTORY_INTERVALS_S = {
    "history_seen": 2.0,
    "history_latest": 20.0,
    "history_gaps": 20.0,
    "history_ready": 60.0,
    "roll_ups_rebase": 60.0,
    "history_trail": 600.0,
    "history_nightly": 3600.0,
}

broker_url = settings.REDIS_URL
if broker_url.startswith("unix://"):
    broker_url = "redis+socket://" + broker_url.removeprefix("unix://")
broker_connection_retry_on_startup = True
broker_connection_max_retries = None
broker_transport_options = {"socket_connect_timeout": 5, "health_check_interval": 10}
result_backend = None
task_ignore_result = True
task_default_queue = "slow"
task_routes = {"dashboard.tasks.poll_*": {"queue": "live"}}
worker_pool = "threads"
worker_prefetch_multiplier = 1
worker_hijack_root_logger = False
# No task acknowledges late, so this cancels none; without it the worker warns at length whenever Redis goes away.
worker_cancel_long_running_tasks_on_connection_loss = True
beat_max_loop_interval = 1
beat_schedule = {
    "poll every PBX": {
        "task": "dashboard.tasks.poll_all",
        "schedule": POLL_INTERVAL_S,
        # A dispatch that waited longer than its interval is worthless: the next one is there already.
        "options": {"expires": POLL_INTERVAL_S, "queue": "live"},
    },
    "register queues": {
        "task": "dashboard.tasks.queues_register",
        "schedule": REGISTER_INTERVAL_S,
        "options": {"expires": REGISTER_INTERVAL_S},
    },
    **{
        f"pulse of the queue {queue}": {
            "task": "dashboard.tasks.pulse",
            "schedule": PULSE_INTERVAL_S,
            "args": (queue,),
            "options": {"expires": PULSE_INTERVAL_S, "queue": queue},
        }
        for queue in ("live", "slow")
    },
    "send reports": {
        "task": "dashboard.tasks.reports_send",
        "schedule": REPORTS_INTERVAL_S,
        "options": {"expires": REPORTS_INTERVAL_S},
    },
    "settle open actions": {
        "task": "dashboard.tasks.actions_settle",
        "schedule": SETTLE_INTERVAL_S,
        "options": {"expires": SETTLE_INTERVAL_S},
    },
    "expire the audit log": {
        "task": "dashboard.tasks.audit_expire",
        "schedule": crontab(hour=3, minute=17),
    },
    **{
        name: {"task": f"dashboard.tasks.{name}", "schedule": every_s, "options": {"expires": every_s}}
        for name, every_s in HISTORY_INTERVALS_S.items()
    },
}
timezone = "UTC"
