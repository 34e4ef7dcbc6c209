"""Addresses of the site."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path, re_path
from django.views.decorators.cache import cache_control

from dashboard.admin.start.views import start_page, status
from dashboard.views import account, boards, desk, editor, health, home, hooks, pictures, tv, words
from dashboard.views.reports.urls import urlpatterns as reports

urlpatterns = [
    path("", home.home, name="home"),
    path("boards/", boards.board_list, name="boards"),
    path("boards/pictures/", pictures.picture_upload, name="picture-upload"),
    path("boards/pictures/<str:key>/", pictures.picture, name="picture"),
    path("boards/<slug:slug>/", boards.board_page, name="board"),
    path("boards/<slug:slug>/config/", boards.board_config_data, name="board-config"),
    path("boards/<slug:slug>/edit/", editor.editor, name="board-editor"),
    path("boards/<slug:slug>/edit/canvas/", editor.canvas, name="board-canvas"),
    path("boards/<slug:slug>/edit/here/", editor.presence, name="board-presence"),
    path("boards/<slug:slug>/layout/", editor.layout, name="board-layout"),
    path("boards/<slug:slug>/layout/check/", editor.layout_check, name="board-layout-check"),
    path("boards/<slug:slug>/trend/", boards.board_trend, name="board-trend"),
    path("reports/", include(reports)),
    path("accounts/login/", auth.LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("accounts/logout/", auth.LogoutView.as_view(), name="logout"),
    path("account/", account.account_page, name="account"),
    path("account/password/", account.PasswordPage.as_view(), name="account-password"),
    path("admin/", admin.site.admin_view(start_page)),
    path("admin/status/", admin.site.admin_view(status), name="administration-status"),
    path("admin/supervision/", admin.site.admin_view(desk.supervision_page), name="supervision"),
    path("admin/supervision/", include("dashboard.views.supervision_urls")),
    path("tv/", tv.tv, name="tv"),
    path("tv/demo/", tv.demo, name="tv-demo"),
    path("tv/status/", tv.status, name="tv-status"),
    path("tv/approve/", tv.approve, name="tv-approve"),
    path("tv/approved/", tv.approved, name="tv-approved"),
    path("admin/", admin.site.urls),
    path("jsi18n/", cache_control(max_age=3600, private=True)(words.Catalogue.as_view()), name="jsi18n"),
    re_path(r"^hooks/(?P<secret>[^/]+)(?:/.*)?$", hooks.hook, name="hook"),
    path("api/v1/", include("dashboard.views.api.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("metrics", health.metrics, name="metrics"),
]
