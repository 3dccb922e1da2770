"""Makes the design system a Django app, so that its templates, tags and static files are found."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The design system; it owns no table."""

    name = "reable.web.ui"
    label = "ui"
