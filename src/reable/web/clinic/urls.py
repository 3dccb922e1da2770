"""Addresses of the clinic's pages."""

from django.urls import URLPattern

app_name = "clinic"
urlpatterns: list[URLPattern] = []
