"""Addresses of the API, below /api/v1/."""

from django.urls import path

from dashboard.views.api import description, live, past

urlpatterns = [
    path("queues", live.queues, name="api_queues"),
    path("live", live.live, name="api_live"),
    path("catalogue", live.catalogue, name="api_catalogue"),
    path("figures", past.figures, name="api_figures"),
    path("calls", past.calls, name="api_calls"),
    path("openapi.json", description.openapi, name="api_description"),
]
