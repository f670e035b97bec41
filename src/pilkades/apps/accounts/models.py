"""People who sign in, the roles they hold in regions, and the links that let them in first.

An account is made by somebody above (nobody signs up alone), so a row here always has someone who
answers for it. Roles are granted with a term and are ended, never deleted.
"""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pilkades.apps.accounts.roles import Role

USERNAME_PATTERN = r"^[a-z0-9](?:[a-z0-9._-]{1,62})[a-z0-9]$"
REGION_CODE_PATTERN = r"^(?:\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?)?$"


class UserManager(BaseUserManager["User"]):
    """Creates accounts; the username is kept in lower case so that it is one spelling."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account; without a password nobody can sign in until it is activated."""
        user = self.model(username=username.strip().lower(), **fields)
        user.email = user.email.strip().lower()
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by username in any case."""
        return self.get(username=(username or "").lower())


class User(AbstractBaseUser):
    """Akun seorang petugas, calon, saksi atau pemeriksa."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    username = models.CharField(
        _("nama pengguna"),
        max_length=64,
        unique=True,
        validators=[
            RegexValidator(
                USERNAME_PATTERN,
                _("Pakai 3 sampai 64 huruf kecil, angka, titik, garis bawah atau tanda hubung."),
            )
        ],
    )
    full_name = models.CharField(_("nama lengkap"), max_length=160)
    email = models.EmailField(_("surel"), blank=True, default="")
    is_active = models.BooleanField(_("aktif"), default=True)
    created_at = models.DateTimeField(_("dibuat"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_demo_persona = models.BooleanField(default=False, editable=False)
    persona_title = models.CharField(max_length=160, blank=True, default="", editable=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        ordering = ["full_name", "pk"]
        verbose_name = _("akun")
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="user_email_once", condition=~models.Q(email="")
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        """The name that pages show."""
        return str(self)


class RoleAssignment(models.Model):
    """Penugasan: a role in a region for a term, with who gave it and who ended it.

    A role that needs two people (see `accounts.grants`) is in force only once confirmed.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_assignments")
    role = models.CharField(_("peran"), max_length=20, choices=Role.choices)
    region_code = models.CharField(
        _("wilayah"),
        max_length=13,
        blank=True,
        default="",
        validators=[RegexValidator(REGION_CODE_PATTERN)],
        help_text=_("kosong berarti seluruh Indonesia"),
    )
    valid_from = models.DateTimeField(_("berlaku sejak"), default=timezone.now)
    valid_to = models.DateTimeField(_("berlaku sampai"), null=True, blank=True)
    decree = models.CharField(_("nomor SK"), max_length=120, blank=True, default="")
    granted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    granted_at = models.DateTimeField(default=timezone.now, editable=False)
    needs_confirmation = models.BooleanField(default=False, editable=False)
    confirmed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.CharField(max_length=300, blank=True, default="")
    # Salts of what the ledger holds only as a commitment: the decree and the reason.
    decree_salt = models.CharField(max_length=64, blank=True, default="", editable=False)
    reason_salt = models.CharField(max_length=64, blank=True, default="", editable=False)

    class Meta:
        ordering = ["region_code", "role", "pk"]
        verbose_name = _("penugasan")
        indexes = [models.Index(fields=["region_code", "role"], name="role_by_region")]
        constraints = [
            models.CheckConstraint(name="role_is_known", condition=models.Q(role__in=Role.values)),
            models.CheckConstraint(
                name="role_term_is_forward",
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
            ),
            models.CheckConstraint(
                name="role_confirmed_by_another",
                condition=models.Q(confirmed_by__isnull=True)
                | models.Q(granted_by__isnull=True)
                | ~models.Q(confirmed_by=models.F("granted_by")),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "region_code"],
                name="role_held_once",
                condition=models.Q(revoked_at__isnull=True, valid_to__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.region_code}"

    @property
    def is_waiting(self) -> bool:
        """Whether it still waits for a second person."""
        return self.needs_confirmation and self.confirmed_at is None and self.revoked_at is None


class AccessLink(models.Model):
    """Tautan masuk sekali pakai: lets one person set a password once, before it expires.

    Only a hash of the token is stored: whoever reads the database cannot use the link.
    """

    class Purpose(models.TextChoices):
        """Why the link was made."""

        ACTIVATE = "ACTIVATE", _("Aktivasi akun")
        RESET = "RESET", _("Ganti kata sandi")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="access_links")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    token_sha256 = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-issued_at"]
        verbose_name = _("tautan masuk")

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.uuid}"


class SignInAttempts(models.Model):
    """Percobaan masuk: failed guesses in a row against one account from one kind of device.

    `bucket` is a keyed digest of the account, or of a name that is no account, so that the table
    tells nobody which names were tried. It outlives a restart, which a cache would not.
    """

    bucket = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    blocked_until = models.DateTimeField(null=True, blank=True)
    last_failed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("percobaan masuk")

    def __str__(self) -> str:
        return f"{self.bucket[:8]} {self.failures}"
