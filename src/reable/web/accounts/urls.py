"""Addresses of our own pages of accounts; those of allauth stand in `allauth_urls`."""

from django.urls import path

from reable.web.accounts.views import carers, demo, home, idle, invitations, second_factor

app_name = "accounts"
urlpatterns = [
    path("", home.index, name="index"),
    path("clinic/", home.switch, name="switch"),
    path("everywhere/", home.everywhere, name="sign_out_everywhere"),
    path("demo/", demo.demo_sign_in, name="demo_sign_in"),
    path("stay/", idle.stay, name="stay"),
    path("timeout/", idle.timeout, name="timeout"),
    path("unsent/", idle.late, name="unsent"),
    path("second-step/", second_factor.set_up, name="second_factor"),
    path("invitation/<str:secret>/", invitations.invitation, name="invitation"),
    path("carers/", carers.carers, name="carers"),
    path("carers/add/", carers.add, name="add_carer"),
    path("carers/<uuid:carer_id>/end/", carers.end, name="end_carer"),
]
