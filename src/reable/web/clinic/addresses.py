"""Addresses of the clinic's pages."""

from uuid import UUID

from django.urls import reverse


def url(name: str, *ids: UUID | str | int) -> str:
    """Give the address of a page of the clinic."""
    return reverse(f"clinic:{name}", args=ids)
