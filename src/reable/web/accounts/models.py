"""`User`, who signs in by e-mail address; `Membership`, a role in a clinic; `Invitation`, the way into one."""

from typing import Any
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Users(BaseUserManager["User"]):
    """Makes users; the e-mail address is kept in lower case, so that it is one however it is typed."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user; without a password they sign in with a code or a passkey."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an operator, who alone may use the admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a user by e-mail address, however its letters are cased."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """Whoever signs in: patient, carer, therapist, physician, front desk, manager, operator."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)  # Django's word: may use the admin, which only the operator may
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        """Hold in the database what the code promises."""

        constraints = [models.CheckConstraint(condition=Q(email=Lower("email")), name="email_is_lower")]

    def __str__(self) -> str:
        return self.name or self.email


class RoleName(models.TextChoices):
    """What somebody does in a clinic."""

    PT = "pt", _("Physical therapist")
    OT = "ot", _("Occupational therapist")
    FRONT_DESK = "front_desk", _("Front desk")
    MANAGER = "manager", _("Manager")
    REFERRING_PHYSICIAN = "referring_physician", _("Referring physician")
    SAFEGUARDING = "safeguarding", _("Safeguarding clinician")
    INTEGRATION = "integration", _("Connected system")


class Membership(models.Model):
    """One role of one user in one clinic; it ends by being revoked, never by being deleted."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    clinic = models.ForeignKey("records.Clinic", on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=24, choices=RoleName.choices)
    since = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One live membership for each user, clinic and role."""

        constraints = [
            models.UniqueConstraint(
                fields=["user", "clinic", "role"], condition=Q(revoked_at__isnull=True), name="one_live_membership"
            ),
            models.CheckConstraint(condition=Q(role__in=RoleName.values), name="membership_role_is_known"),
        ]


class Invitation(models.Model):
    """An offer of a role, sent by e-mail: the link holds a secret of which only the digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    clinic = models.ForeignKey("records.Clinic", on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=24, choices=RoleName.choices)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
