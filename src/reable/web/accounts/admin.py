"""What an operator may change by hand: who signs in and with which roles. No clinical table is here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from reable.web.accounts.models import Invitation, Membership, User


class _Kept(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that are ended, never deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse to delete."""
        return False


@admin.register(User)
class UserAdmin(_Kept):
    """Users; passwords and rights are not changed here."""

    list_display = ("email", "name", "is_active", "is_superuser", "last_login")
    search_fields = ("email", "name")
    fields = ("email", "name", "is_active")
    readonly_fields = ("email",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse to add: users come by an invitation or a booking."""
        return False


@admin.register(Membership)
class MembershipAdmin(_Kept):
    """Roles; the first manager of a clinic gets theirs here."""

    list_display = ("user", "clinic", "role", "since", "revoked_at")
    list_filter = ("role", "clinic")
    autocomplete_fields = ("user",)


@admin.register(Invitation)
class InvitationAdmin(_Kept):
    """Invitations, to look at."""

    list_display = ("email", "clinic", "role", "invited_at", "expires_at", "accepted_at", "revoked_at")
    exclude = ("digest",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse to add: only a manager's act sends the mail."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse to change."""
        return False
