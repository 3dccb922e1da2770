"""The Django app of users and memberships."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, memberships, invitations."""

    name = "reable.web.accounts"
    label = "accounts"
