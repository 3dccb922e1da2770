"""The Django app `records`."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """All clinical tables, with the only code that writes and reads them."""

    name = "reable.web.records"
    label = "records"
