"""The audit log of supervisors' actions: one inserted row per transition, never an update."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

PERMISSIONS: Final[list[tuple[str, str | StrPromise]]] = [
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
]


class ActionEvent(models.Model):
    """One transition of one action. All that is needed to read it is in the row: nothing refers to rows that may go.

    `request` joins the events of an action; each of its steps happens once (see `Step`). Triggers of the database refuse every
    change, and every deletion but the retention job's; a migration that alters the table must make them anew
    (`dashboard/models/audit_triggers.py`).
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        REQUESTED = "requested", _("requested")
        ACCEPTED = "accepted", _("accepted")
        CONFIRMED = "confirmed", _("confirmed")
        NOT_CONFIRMED = "not_confirmed", _("not confirmed")
        UNANSWERED = "unanswered", _("unanswered")
        FAILED = "failed", _("failed")
        REFUSED = "refused", _("refused")
        CANCELLED = "cancelled", _("cancelled")
        ENDED = "ended", _("ended")

    class Step(models.IntegerChoices):
        """What happens at most once to an action; the database holds it (`event_once_per_step`)."""

        OPENED = 0, _("opened")
        CARRIED_OUT = 1, _("a plan carried out or cancelled")
        ANSWERED = 2, _("answered by the PBX")
        SETTLED = 3, _("shown by the live state, or not")
        ENDED = 4, _("over")

    request = models.UUIDField(_("request"))
    step = models.PositiveSmallIntegerField(_("step"), choices=Step)
    state = models.CharField(_("state"), max_length=13, choices=State)
    at = models.DateTimeField(_("when"), db_index=True)
    actor_id = models.BigIntegerField(_("user ID"), null=True, blank=True)
    actor_name = models.CharField(_("who"), max_length=150, blank=True)
    address = models.CharField(_("address"), max_length=45, blank=True)
    action = models.CharField(_("action"), max_length=20)
    stream = models.CharField(_("PBX"), max_length=40, blank=True)
    agent_id = models.CharField(_("agent ID"), max_length=20, blank=True)
    agent_name = models.CharField(_("agent"), max_length=200, blank=True)
    call_id = models.CharField(_("call"), max_length=80, blank=True)
    queue_id = models.CharField(_("queue ID"), max_length=20, blank=True)
    queue_title = models.CharField(_("queue"), max_length=200, blank=True)
    parameters: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        _("parameters"), default=dict, blank=True
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    code = models.CharField(_("code"), max_length=30, blank=True)
    about: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        _("about"), default=dict, blank=True
    )
    text = models.TextField(_("outcome"), blank=True)
    pbx_text = models.TextField(_("the PBX's own words"), blank=True)

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit log")
        ordering = ["-at", "-id"]
        default_permissions = ("view",)
        permissions = PERMISSIONS
        constraints = [models.UniqueConstraint(fields=["request", "step"], name="event_once_per_step")]
        indexes = [
            models.Index(fields=["actor_id", "at"], name="event_by_actor"),
            models.Index(fields=["stream", "agent_id", "at"], name="event_by_agent"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.actor_name}: {self.action} {self.state}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("The audit log is only added to.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise TypeError("Only the retention job deletes from the audit log.")


class AuditRetention(models.Model):
    """A row of this table, which only the retention job inserts and only within its transaction, lets older events be deleted."""

    deletes_before = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.deletes_before:%Y-%m-%d}"


class OpenAction(models.Model):
    """Work that is left to the follow-up: an action to confirm, a listening to see the end of, a plan to carry out.

    A list of work, not a record: rows go when the work is done. What happened stands in the events.
    """

    class Kind(models.TextChoices):
        OUTCOME = "outcome", _("waits for its confirmation")
        LISTENING = "listening", _("goes on")
        PLAN = "plan", _("waits for the end of a call")

    request = models.UUIDField(primary_key=True)
    stream = models.CharField(max_length=40, db_index=True)
    kind = models.CharField(max_length=9, choices=Kind)
    due_at = models.DateTimeField()
    fact: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    language = models.CharField(max_length=10, blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.request} {self.kind}"


class ActionRule(models.Model):
    """What this site asks for before an action. An action without a row has the rule of the table of actions."""

    action = models.CharField(_("action"), max_length=20, unique=True)
    is_enabled = models.BooleanField(
        _("offered"), default=True, help_text=_("If not, nobody can do it, whatever the permissions.")
    )
    is_reason_required = models.BooleanField(
        _("reason required"),
        default=False,
        help_text=_("The supervisor has to say why; the reason is kept in the audit log."),
    )

    class Meta:
        verbose_name = _("rule of an action")
        verbose_name_plural = _("rules of actions")
        ordering = ["action"]
        default_permissions = ("view", "change")

    def __str__(self) -> str:
        return self.action
