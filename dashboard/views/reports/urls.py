"""Addresses of the manager pages, below /reports/."""

from django.urls import path

from dashboard.views.reports import (
    agents,
    calls,
    lost,
    lost_acts,
    mails,
    pauses,
    periods,
    recording,
    story,
    today,
)

urlpatterns = [
    path("", today.today, name="reports"),
    path("period/", periods.period, name="reports_range"),
    path("agents/", agents.agents, name="reports_agents"),
    path("agents/<slug:slug>/<str:agent_id>/", agents.agent, name="report_agent"),
    path("pauses/", pauses.pauses, name="reports_pauses"),
    path("lost/", lost.lost, name="reports_lost"),
    path("lost/act/", lost_acts.lost_act, name="reports_lost_act"),
    path("lost/call/", lost_acts.lost_call_back, name="reports_lost_call"),
    path("mails/", mails.mails, name="reports_mails"),
    path("mails/<int:pk>/", mails.mail_act, name="report_mail_act"),
    path("calls/", calls.call_list, name="reports_calls"),
    path("calls/<slug:slug>/<str:call_id>/", story.call_story, name="report_call"),
    path(
        "calls/<slug:slug>/<str:call_id>/recordings/<int:leg>/",
        recording.recording,
        name="report_recording",
    ),
]
