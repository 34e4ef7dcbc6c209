"""Addresses of the manager pages, below /reports/."""

from django.urls import path

from dashboard.views.reports import lost, today

urlpatterns = [
    path("", today.today, name="reports"),
    path("lost/", lost.lost, name="reports_lost"),
    path("lost/act/", lost.lost_act, name="reports_lost_act"),
]
