"""The Django app `portal`."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The person's pages."""

    name = "reable.web.portal"
    label = "portal"
