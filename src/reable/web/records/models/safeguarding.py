"""What was told in confidence (S13): where it may be seen, what was done about it, and whether contact is safe.

What was said stands with the inquiry or the referral alone; a row here says that it is there. None of these rows is
ever changed.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from reable.web.records.models.clinic import Clinic
from reable.web.records.models.inquiry import Inquiry
from reable.web.records.models.patient import Patient
from reable.web.records.models.referral import Referral
from reable.web.records.models.row import Row

DISCLOSURE_ACTS = ("seen", "note", "closed")
CONTACT_WAYS = ("call", "text", "email")


class Disclosure(Row):
    """Somebody told of abuse, violence or neglect: on a way that this clinic may see, or in a letter to it."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="disclosures")
    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="disclosures", null=True)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="disclosures", null=True)
    patient = models.ForeignKey(  # where the clinic knows who it is though nothing was booked
        Patient, on_delete=models.SET_NULL, related_name="disclosures", null=True
    )
    flags = models.JSONField(default=list)  # keys of the private flags that stood then; emptied by `erase`
    since = models.DateTimeField()  # when this clinic could see it first

    class Meta:
        """One row for each clinic that may see an inquiry, one for a referral."""

        constraints = [
            models.UniqueConstraint(fields=["clinic", "inquiry"], name="one_disclosure_a_clinic"),
            models.UniqueConstraint(fields=["referral"], name="one_disclosure_a_referral"),
            models.CheckConstraint(
                condition=Q(inquiry__isnull=False, referral__isnull=True)
                | Q(inquiry__isnull=True, referral__isnull=False),
                name="disclosure_has_one_source",
            ),
        ]


class DisclosureAct(models.Model):
    """What the safeguarding clinician did about it; never changed."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.CASCADE, related_name="acts")
    kind = models.CharField(max_length=8)
    outcome = models.CharField(max_length=16, blank=True)  # how it ended, where it is closed
    text = models.TextField(max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Acts are a closed list; a note says something, and what is closed says how it ended and what was done."""

        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DISCLOSURE_ACTS), name="disclosure_act_is_known"),
            models.CheckConstraint(condition=Q(kind="seen") | ~Q(text=""), name="disclosure_act_says_what"),
            models.CheckConstraint(
                condition=Q(kind="closed") & ~Q(outcome="") | ~Q(kind="closed") & Q(outcome=""),
                name="closed_disclosure_says_how",
            ),
        ]


class SafeContact(models.Model):
    """Whether and how it is safe to make contact, as the person said; the latest counts."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="safe_contacts")
    is_safe = models.BooleanField()
    way = models.CharField(max_length=8, blank=True)
    address = models.CharField(max_length=254, blank=True)  # a telephone number or an e-mail address
    when = models.CharField(max_length=300, blank=True)  # when it is safe, and what to say to somebody else
    at = models.DateTimeField()

    class Meta:
        """A safe way has an address; where contact is not safe, none is kept."""

        constraints = [
            models.CheckConstraint(
                condition=Q(is_safe=True, way__in=CONTACT_WAYS) & ~Q(address="")
                | Q(is_safe=False, way="", address="", when=""),
                name="safe_contact_whole",
            )
        ]
