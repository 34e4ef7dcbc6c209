"""Addresses of the site."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import path, re_path

from dashboard.views import boards, health, home, hooks

urlpatterns = [
    path("", home.home, name="home"),
    path("boards/", boards.board_list, name="boards"),
    path("boards/<slug:slug>/", boards.board_page, name="board"),
    path("accounts/login/", auth.LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("accounts/logout/", auth.LogoutView.as_view(), name="logout"),
    path("admin/", admin.site.urls),
    re_path(r"^hooks/(?P<secret>[^/]+)(?:/.*)?$", hooks.hook, name="hook"),
    path("healthz", health.healthz, name="healthz"),
    path("metrics", health.metrics, name="metrics"),
]
