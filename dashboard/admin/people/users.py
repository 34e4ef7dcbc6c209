"""Users in the administration."""

from __future__ import annotations

from typing import Any

from axes.utils import reset as attempts_reset
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from dashboard import conf
from dashboard.access.roles import role_title
from dashboard.access.scope import ADMINISTRATORS
from dashboard.admin.losses import TellsLosses
from dashboard.admin.people.accounts import AccountInline
from dashboard.admin.people.user_forms import NewUserForm, UserForm

admin.site.unregister(User)

IN_NO_TEAM = Q(teams=None, is_superuser=False, is_active=True) & ~Q(groups__name=ADMINISTRATORS)
"""Active users who see nothing, since they are in no team and do not administer."""


class TeamFilter(admin.SimpleListFilter):
    """By team, and who is in none."""

    title = _("team")
    parameter_name = "team"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        teams = User.objects.exclude(teams=None).values_list("teams__pk", "teams__name").distinct()
        rows = sorted(teams, key=lambda row: str(row[1]))
        return [("none", gettext("▲ in no team: sees nothing")), *((str(pk), str(name)) for pk, name in rows)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        value = self.value() or ""
        if value == "none":
            return queryset.filter(IN_NO_TEAM)
        return queryset.filter(teams=int(value)) if value in dict(self.lookup_choices) else queryset


@admin.register(User)
class UserAdmin(TellsLosses, StockUserAdmin):  # type: ignore[type-arg]
    """Administrators who are no superusers look after everybody but superusers, and make none."""

    form = UserForm
    add_form = NewUserForm
    add_form_template = None
    list_display = [
        "username",
        "full_name",
        "roles",
        "member_of",
        "may_administer",
        "language",
        "last_seen",
        "is_active",
    ]
    list_filter = ["groups", TeamFilter, "is_active", "profile__language", "pbx_accounts__pbx"]
    search_fields = [
        "username",
        "first_name",
        "last_name",
        "email",
        "pbx_accounts__extension",
        "pbx_accounts__agent_id",
    ]
    search_help_text = _("A name, an e-mail address, an extension or an agent ID.")
    filter_horizontal = []
    inlines = [AccountInline]
    actions = ["unlock"]
    readonly_fields = ["password_link", "last_login", "date_joined"]
    add_fieldsets = [
        (None, {"fields": ["username", "first_name", "last_name", "email", "password1", "password2"]}),
        (_("What the user does here"), {"fields": ["groups", "member_of", "language"]}),
    ]

    class Media:
        css = {"all": ["css/admin.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).select_related("profile").prefetch_related("groups", "teams")

    # The list

    @admin.display(description=_("name"), ordering="last_name")
    def full_name(self, user: User) -> str:
        return user.get_full_name() or "–"

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        names = [role_title(group) for group in user.groups.all()]
        if user.is_superuser:
            names.insert(0, gettext("Superuser"))
        return ", ".join(names) or gettext("none")

    @admin.display(description=_("teams"))
    def member_of(self, user: User) -> str | SafeString:
        names = [team.name for team in user.teams.all()]
        if names:
            return ", ".join(names)
        if (
            not user.is_active
            or user.is_superuser
            or ADMINISTRATORS in {group.name for group in user.groups.all()}
        ):
            return "–"
        return format_html('<strong class="warns">▲ {}</strong>', gettext("none: sees nothing"))

    @admin.display(description=_("staff"), ordering="is_staff")
    def may_administer(self, user: User) -> str:
        """Whether the administration opens for the user."""
        return gettext("yes") if user.is_staff else "–"

    @admin.display(description=_("language"), ordering="profile__language")
    def language(self, user: User) -> str:
        chosen = user.profile.language if hasattr(user, "profile") else ""
        return dict(conf.languages()).get(chosen, "–")

    @admin.display(description=_("last login"), ordering="last_login")
    def last_seen(self, user: User) -> str:
        return (
            f"{timezone.localtime(user.last_login):%Y-%m-%d %H:%M}" if user.last_login else gettext("never")
        )

    # The form

    def get_form(
        self,
        request: HttpRequest,
        obj: User | None = None,
        change: bool = False,  # noqa: FBT001, FBT002  # Django's signature
        **kwargs: Any,
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.actor = request.user
        return form

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return self.add_fieldsets
        rights = ["groups", "member_of", "is_active"]
        if request.user.is_superuser:
            rights.append("is_superuser")
        return [
            (None, {"fields": ["username", "password_link", "first_name", "last_name", "email"]}),
            (_("What the user does here"), {"fields": [*rights, "language"]}),
            (_("When"), {"fields": ["last_login", "date_joined"]}),
        ]

    def get_inlines(self, request: HttpRequest, obj: User | None) -> list[Any]:
        return [] if obj is None else [*self.inlines]

    @admin.display(description=_("password"))
    def password_link(self, user: User) -> SafeString:
        """Never the stored hash, not even a part of it."""
        address = reverse("admin:auth_user_password_change", args=[user.pk])
        return format_html('<a href="{}">{}</a>', address, gettext("Set a new password"))

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's signature
        form.staff_note()
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001  # Django's signature
        super().save_related(request, form, formsets, change)
        form.place_keep()

    # Rights

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and _is_in_reach(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody deletes himself."""
        is_own = obj is not None and obj.pk == request.user.pk
        return super().has_delete_permission(request, obj) and _is_in_reach(request, obj) and not is_own

    @admin.action(description=_("Unlock after too many wrong passwords"), permissions=["change"])
    def unlock(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        names = [user.get_username() for user in queryset]
        count = sum(attempts_reset(username=name) for name in names)
        told = ngettext("%(count)s lock was taken away.", "%(count)s locks were taken away.", count)
        messages.success(request, told % {"count": count} if count else gettext("None of them was locked."))

    def losses(self, row: User) -> list[str]:
        name = row.get_full_name() or row.get_username()
        told = [gettext("%(name)s can no longer log in; open pages close within seconds.") % {"name": name}]
        if teams := [team.name for team in row.teams.all()]:
            told.append(gettext("The place in these teams: %(names)s.") % {"names": ", ".join(teams)})
        told += [
            gettext("What ties the user to an agent and an extension of %(pbx)s.")
            % {"pbx": account.pbx.title}
            for account in row.pbx_accounts.select_related("pbx")
        ]
        told.append(gettext("The audit log keeps the name and everything the user did."))
        told.append(gettext("To shut somebody out and lose nothing, make the user inactive instead."))
        return told


def _is_in_reach(request: HttpRequest, user: User | None) -> bool:
    """Superusers are changed by superusers only."""
    return user is None or not user.is_superuser or bool(request.user.is_superuser)
