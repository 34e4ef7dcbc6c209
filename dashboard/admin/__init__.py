"""The administration pages."""

from django.contrib import admin

from dashboard.models import Board, Pbx


@admin.register(Board)
class BoardAdmin(admin.ModelAdmin[Board]):
    list_display = ["title", "slug", "numbers", "names"]
    list_filter = ["numbers", "names"]
    search_fields = ["title", "slug"]
    prepopulated_fields = {"slug": ["title"]}


@admin.register(Pbx)
class PbxAdmin(admin.ModelAdmin[Pbx]):
    """The token is never shown: it can be neither read nor overwritten here."""

    list_display = ["title", "slug", "base_url", "is_enabled"]
    list_filter = ["is_enabled"]
    search_fields = ["title", "slug", "base_url"]
    exclude = ["token"]
