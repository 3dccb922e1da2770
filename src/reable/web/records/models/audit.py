"""Who read or did what to whose data: ids and acts, never content. Never changed, never deleted."""

from django.db import models

from reable.web.records.models.clinic import Clinic
from reable.web.records.models.row import Row


class AccessEntry(models.Model):
    """One request that read or changed a patient's data. Triggers refuse any change."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    request_id = models.CharField(max_length=36)
    user_id = models.UUIDField(null=True, blank=True)
    actor = models.CharField(max_length=24)  # the kind of actor: a role, patient, link holder, anonymous, tick
    act = models.CharField(max_length=80)  # the name of the page or the service
    method = models.CharField(max_length=8)
    status = models.PositiveSmallIntegerField()
    patients = models.JSONField(default=list)  # ids
    inquiries = models.JSONField(default=list)  # ids

    class Meta:
        """Read in order, clinic by clinic."""

        indexes = [models.Index(fields=["clinic", "id"])]


class AuditSeal(models.Model):
    """A link of the hash chain of one clinic: entries up to `last_entry`, hashed with the seal before."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    number = models.PositiveIntegerField()
    first_entry = models.BigIntegerField()
    last_entry = models.BigIntegerField()
    entries = models.PositiveIntegerField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        """One seal of a number for each clinic; null clinics count as one."""

        constraints = [
            models.UniqueConstraint(fields=["clinic", "number"], name="one_seal_a_number", nulls_distinct=False)
        ]


class Erasure(Row):
    """A tombstone: that something was erased, when and by what kind of actor; not what it was."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=12)  # inquiry, patient
    erased_id = models.UUIDField()
    actor = models.CharField(max_length=24)
    at = models.DateTimeField()
