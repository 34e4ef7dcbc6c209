"""Addresses below `/admin/supervision/`."""

from django.urls import path

from dashboard.views import supervision

app_name = "supervision"

urlpatterns = [
    path("options/", supervision.options, name="options"),
    path("actions/", supervision.actions, name="actions"),
    path("actions/bulk/", supervision.bulk, name="bulk"),
    path("actions/<uuid:pk>/", supervision.action, name="action"),
    path("actions/<uuid:pk>/cancel/", supervision.cancel, name="cancel"),
    path("agents/<slug:stream>/absent/", supervision.absent, name="absent"),
    path("agents/<slug:stream>/<str:agent_id>/<slug:part>/", supervision.agent_part, name="agent_part"),
    path("extension/", supervision.extension, name="extension"),
]
