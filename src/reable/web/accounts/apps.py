"""The Django apps of users and memberships, and of the operator's admin."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class AccountsConfig(AppConfig):
    """Users, memberships, invitations."""

    name = "reable.web.accounts"
    label = "accounts"
    default = True

    def ready(self) -> None:
        """Listen to what allauth says about sign-ins."""
        from reable.web.accounts import sign_in

        sign_in.connect()


class OperatorAdmin(AdminConfig):
    """Django's admin, for operators behind their second step; stands in INSTALLED_APPS for `django.contrib.admin`."""

    default_site = "reable.web.accounts.operator_site.OperatorSite"
    default = False
