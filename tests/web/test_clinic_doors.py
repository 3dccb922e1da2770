"""Every address of the clinic's pages: nobody gets in without signing in, without a role, or with a role that ended."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from reable.web.accounts.models import Membership
from reable.web.clinic.urls import urlpatterns
from reable.web.records.models import AccessEntry
from tests.web.clinic_people import make_workplace, signed_in
from tests.web.people import make_member, make_patient

pytestmark = pytest.mark.django_db


def address(pattern):
    """Give an address with ids of nothing."""
    converters = pattern.pattern.converters
    given = {name: "arrive" if one.regex == "[-a-zA-Z0-9_]+" else uuid4() for name, one in converters.items()}
    return reverse(f"clinic:{pattern.name}", kwargs=given)


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: pattern.name)
class TestEachAddress:
    def test_asks_who_is_there(self, pattern):
        for method in ("get", "post"):
            answer = getattr(Client(), method)(address(pattern))
            assert answer.status_code == 302
            assert answer.url.startswith("/account/login/")

    def test_refuses_who_has_no_role_here(self, pattern):
        here = make_workplace()
        patient = make_member(here.clinic, "pt")
        Membership.objects.filter(user_id=patient.user_id).update(revoked_at=datetime.now(UTC))
        make_patient(here.clinic, user_id=patient.user_id)
        client = signed_in(patient)

        for method in ("get", "post"):
            assert getattr(client, method)(address(pattern)).status_code in (403, 404, 405)
        assert not AccessEntry.objects.exclude(patients=[]).exists()

    def test_finds_nothing_where_nothing_is(self, pattern):
        if not pattern.pattern.converters:
            return
        here = make_workplace()
        for actor in (here.pt, here.desk, here.boss, here.physician):
            client = signed_in(actor)
            assert client.get(address(pattern)).status_code in (403, 404, 405)
            assert client.post(address(pattern)).status_code in (403, 404, 405)
