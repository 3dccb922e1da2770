"""The Django app `clinic`."""

from django.apps import AppConfig


class ClinicConfig(AppConfig):
    """The clinic's pages."""

    name = "reable.web.clinic"
    label = "clinic"
