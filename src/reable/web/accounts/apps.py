"""The Django apps of users and memberships, and of the operator's admin."""

from typing import Any

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """Users, memberships, invitations."""

    name = "reable.web.accounts"
    label = "accounts"
    default = True

    def ready(self) -> None:
        """Listen to what allauth says about sign-ins; keep the table in which they are counted beside the others."""
        from reable.web.accounts import sign_in

        sign_in.connect()
        post_migrate.connect(_make_cache_table, sender=self)


def _make_cache_table(using: str, **_: Any) -> None:
    """Make the table of a cache in the database, if the settings have one: without it nobody could sign in."""
    call_command("createcachetable", database=using, verbosity=0)


class OperatorAdmin(AdminConfig):
    """Django's admin, for operators behind their second step; stands in INSTALLED_APPS for `django.contrib.admin`."""

    default_site = "reable.web.accounts.operator_site.OperatorSite"
    default = False
