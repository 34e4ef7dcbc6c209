"""The fleet of screens in the administration, with playlists, holidays and announcements."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from dashboard import conf
from dashboard.consumers.screen import seat_name
from dashboard.hub.control import control_send
from dashboard.models import Announcement, Playlist, PlaylistEntry, Screen
from dashboard.models.screens import WEEKDAYS
from dashboard.screens.selectors import is_on
from dashboard.screens.services import screen_revoke

DAYS = dict(
    zip(WEEKDAYS, [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")], strict=True)
)


class ScreenForm(forms.ModelForm[Screen]):
    """The language is chosen from the site's."""

    language = forms.ChoiceField(label=_("Language"), required=False)

    class Meta:
        model = Screen
        fields = [
            *("name", "board", "playlist", "language", "blank_from", "blank_until", "shifts_pixels"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language: Any = self.fields["language"]
        language.choices = [("", _("as the installation")), *conf.languages()]


class IsOn(admin.SimpleListFilter):
    """On, off or shut out."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("on", _("on")), ("off", _("off")), ("revoked", _("shut out"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Screen]) -> QuerySet[Screen]:
        if self.value() == "revoked":
            return queryset.exclude(revoked_at=None)
        if self.value() not in {"on", "off"}:
            return queryset
        on = [screen.pk for screen in queryset if is_on(screen)]
        known = queryset.filter(revoked_at=None)
        return known.filter(pk__in=on) if self.value() == "on" else known.exclude(pk__in=on)


@admin.register(Screen)
class ScreenAdmin(admin.ModelAdmin[Screen]):
    """Every screen with what it shows, when it was last there, and what is wrong with it."""

    form = ScreenForm
    change_list_template = "admin/dashboard/screen/change_list.html"
    list_display = ["name", "state", "shows", "last_seen", "size", "version", "sound_state", "error"]
    list_filter = [IsOn, "board", "playlist"]
    list_select_related = ["board", "playlist"]
    search_fields = ["name"]
    actions = ["identify", "reload", "revoke"]
    readonly_fields = [
        "state",
        "last_seen",
        "size",
        "version",
        "sound_state",
        "error",
        "paired_at",
        "paired_by",
    ]
    fieldsets = [
        (None, {"fields": ["name", "board", "playlist", "language"]}),
        (_("Night and picture"), {"fields": ["blank_from", "blank_until", "shifts_pixels"]}),
        (
            _("How it is"),
            {
                "fields": [
                    "state",
                    "last_seen",
                    "size",
                    "version",
                    "sound_state",
                    "error",
                    "paired_at",
                    "paired_by",
                ]
            },
        ),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Screens are let in by their code, on a page of their own."""
        return False

    @admin.display(description=_("state"))
    def state(self, screen: Screen) -> str:
        if screen.revoked_at is not None:
            return format_html('<span class="wb-state is-off">✕ {}</span>', gettext("shut out"))
        if is_on(screen):
            return format_html('<span class="wb-state is-good">● {}</span>', gettext("on"))
        return format_html('<span class="wb-state is-bad">▲ {}</span>', gettext("off"))

    @admin.display(description=_("shows"))
    def shows(self, screen: Screen) -> str:
        if screen.playlist is not None:
            return gettext("playlist %(name)s") % {"name": screen.playlist.name}
        return screen.board.title if screen.board is not None else gettext("nothing yet")

    @admin.display(description=_("last seen"), ordering="seen_at")
    def last_seen(self, screen: Screen) -> str:
        if screen.seen_at is None:
            return gettext("never")
        if is_on(screen):
            return gettext("now")
        return gettext("%(time)s ago") % {"time": timesince(screen.seen_at)}

    @admin.display(description=_("size"))
    def size(self, screen: Screen) -> str:
        return f"{screen.width} × {screen.height}" if screen.width and screen.height else "–"

    @admin.display(description=_("version"), ordering="build")
    def version(self, screen: Screen) -> str:
        if not screen.build or screen.build == conf.build():
            return screen.build or "–"
        return gettext("%(version)s, older than the server's") % {"version": screen.build}

    @admin.display(description=_("sound"))
    def sound_state(self, screen: Screen) -> str:
        return screen.get_sound_display()

    @admin.display(description=_("last error"))
    def error(self, screen: Screen) -> str:
        if not screen.last_error or screen.error_at is None:
            return "–"
        at = timezone.localtime(screen.error_at)
        return f"{at:%d.%m. %H:%M} {screen.last_error}"

    @admin.action(description=_("Show the name on the chosen screens"), permissions=["change"])
    def identify(self, request: HttpRequest, queryset: QuerySet[Screen]) -> None:
        sent = [control_send("identify", board=seat_name(screen.pk), name=screen.name) for screen in queryset]
        self._said(
            request, sent, ngettext("%d screen shows its name.", "%d screens show their names.", len(sent))
        )

    @admin.action(description=_("Load the chosen screens anew"), permissions=["change"])
    def reload(self, request: HttpRequest, queryset: QuerySet[Screen]) -> None:
        sent = [control_send("reload", board=seat_name(screen.pk), within_ms=0) for screen in queryset]
        self._said(request, sent, ngettext("%d screen loads anew.", "%d screens load anew.", len(sent)))

    @admin.action(description=_("Shut the chosen screens out…"), permissions=["delete"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[Screen]) -> HttpResponse | None:
        """Asks first, by name."""
        if "confirmed" not in request.POST:
            context = {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": gettext("Shut these screens out?"),
                "screens": queryset,
                "action_name": "revoke",
            }
            return TemplateResponse(request, "admin/dashboard/screen/revoke.html", context)
        for screen in queryset:
            screen_revoke(screen)
        count = queryset.count()
        messages.success(
            request, ngettext("%d screen is shut out.", "%d screens are shut out.", count) % count
        )
        return redirect(request.get_full_path())

    def _said(self, request: HttpRequest, sent: list[bool], text: str) -> None:
        if all(sent):
            messages.success(request, text % len(sent))
        else:
            messages.error(
                request, gettext("Redis does not answer, so the screens could not be told. Try again soon.")
            )


class EntryForm(forms.ModelForm[PlaylistEntry]):
    weekdays = forms.MultipleChoiceField(
        label=_("Days"), choices=list(DAYS.items()), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = PlaylistEntry
        fields = ["position", "board", "seconds", "weekdays", "starts", "ends", "holidays"]


class EntryInline(admin.TabularInline[PlaylistEntry, Playlist]):
    model = PlaylistEntry
    form = EntryForm
    extra = 1


@admin.register(Playlist)
class PlaylistAdmin(admin.ModelAdmin[Playlist]):
    list_display = ["name", "boards", "screens_shown", "jumps_on_critical"]
    search_fields = ["name", "entries__board__title"]
    inlines = [EntryInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Playlist]:
        return super().get_queryset(request).prefetch_related("entries__board", "screens")

    @admin.display(description=_("boards"))
    def boards(self, playlist: Playlist) -> str:
        return ", ".join(f"{entry.board.title} {entry.seconds} s" for entry in playlist.entries.all()) or "–"

    @admin.display(description=_("screens"))
    def screens_shown(self, playlist: Playlist) -> str:
        return ", ".join(screen.name for screen in playlist.screens.all()) or "–"


class AnnouncementForm(forms.ModelForm[Announcement]):
    """Everywhere, or somewhere: never by leaving something out."""

    class Meta:
        model = Announcement
        fields = ("text", "level", "starts_at", "ends_at", "everywhere", "screens", "boards")
        widgets = {"text": forms.TextInput(attrs={"size": 100})}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_somewhere = bool(data.get("screens") or data.get("boards"))
        if data.get("everywhere") and is_somewhere:
            self.add_error("everywhere", _("Choose screens and boards, or everywhere, not both."))
        if not data.get("everywhere") and not is_somewhere:
            self.add_error("everywhere", _("Choose at least one screen or board, or everywhere."))
        return data


@admin.register(Announcement)
class AnnouncementAdmin(admin.ModelAdmin[Announcement]):
    form = AnnouncementForm
    fields = ["text", "level", "starts_at", "ends_at", "everywhere", "screens", "boards"]
    list_display = ["text", "level", "when", "starts_at", "ends_at", "where", "made_by"]
    list_filter = ["level", "screens", "boards"]
    search_fields = ["text"]
    filter_horizontal = ["screens", "boards"]

    class Media:
        css = {"all": ["css/admin.css"]}

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"starts_at": timezone.now(), **super().get_changeform_initial_data(request)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Announcement]:
        return super().get_queryset(request).prefetch_related("screens", "boards")

    def save_model(self, request: HttpRequest, obj: Announcement, form: Any, change: bool) -> None:  # noqa: FBT001
        if not change:
            obj.made_by_id = request.user.pk
        super().save_model(request, obj, form, change)

    @admin.display(description=_("state"))
    def when(self, announcement: Announcement) -> str:
        now = timezone.now()
        if announcement.ends_at is not None and announcement.ends_at <= now:
            return gettext("over")
        if not (announcement.everywhere or self._names(announcement)):
            return gettext("not shown")
        return gettext("to come") if announcement.starts_at > now else gettext("shown now")

    @admin.display(description=_("where"))
    def where(self, announcement: Announcement) -> str:
        if announcement.everywhere:
            return gettext("everywhere")
        return self._names(announcement) or format_html(
            '<strong class="warns">▲ {}</strong>', gettext("nowhere: what it was for was deleted")
        )

    def _names(self, announcement: Announcement) -> str:
        return ", ".join(str(one) for one in (*announcement.screens.all(), *announcement.boards.all()))
