"""An anonymous way from a statement to a recommendation: what was said and answered, entry by entry."""

from django.db import models

from reable.web.records.models.clinic import Clinic
from reable.web.records.models.row import Row

ENTRY_KINDS = [
    (kind, kind)
    for kind in (
        "about",  # relation, age, country, language
        "statement",
        "goal",
        "taps",  # activities and parts of the body
        "conditions",
        "addition",
        "answers",
        "correction",
        "checked",  # whether a clinician has looked at a danger (S5)
        "not_now",  # "this is not happening now" on a danger page
    )
]


class Inquiry(Row):
    """One way of one person; a clinic sees it only when it was booked there or begun on that clinic's link."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, null=True, blank=True, related_name="inquiries")
    begun_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)


class InquiryEntry(models.Model):
    """One thing that was given; the latest of a kind counts. Never changed; deleted only by `erase`."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=16, choices=ENTRY_KINDS)
    data = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        """Kinds are a closed list."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind for kind, _ in ENTRY_KINDS]), name="entry_kind_is_known"
            )
        ]
        indexes = [models.Index(fields=["inquiry", "id"])]


class ReturnLink(Row):
    """A way back without an account: the link holds a secret of which only the digest is kept."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
