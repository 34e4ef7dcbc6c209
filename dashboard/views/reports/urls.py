"""Addresses of the manager pages, below /reports/."""

from django.urls import path

from dashboard.views.reports import today

urlpatterns = [path("", today.today, name="reports")]
