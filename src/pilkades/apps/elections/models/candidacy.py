"""The file of one applicant: identity, declared facts, documents, checks and decisions."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pilkades.apps.vault.fields import EncryptedTextField, KeyedIndexField


class CandidacyStatus(models.TextChoices):
    REGISTERED = "registered", _("Terdaftar, diperiksa")
    COMPLETING = "completing", _("Harus melengkapi berkas")
    QUALIFIED = "qualified", _("Memenuhi syarat")
    REJECTED = "rejected", _("Tidak memenuhi syarat")
    NOT_SELECTED = "not_selected", _("Tidak lolos seleksi tambahan")
    DETERMINED = "determined", _("Calon tetap")
    WITHDRAWN = "withdrawn", _("Mengundurkan diri")
    DECEASED = "deceased", _("Meninggal dunia")


class Sex(models.TextChoices):
    MALE = "L", _("Laki-laki")
    FEMALE = "P", _("Perempuan")


class Candidacy(models.Model):
    """Bakal calon, later calon kepala desa: one person's file in one election.

    NIK, birth, address, phone and the declared facts are sealed. `nik_commitment` stands in the
    ledger and its salt here, so that the person can later prove which entry was theirs.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.ForeignKey("elections.Election", models.PROTECT, related_name="candidacies")
    registration_number = models.PositiveSmallIntegerField()
    receipt_code = models.CharField(max_length=12, unique=True)
    full_name = models.CharField(max_length=160)
    ballot_name = models.CharField(max_length=100)
    sex = models.CharField(max_length=1, choices=Sex.choices)
    nik = EncryptedTextField()
    nik_index = KeyedIndexField(source="nik")
    nik_salt = models.CharField(max_length=64)
    nik_commitment = models.CharField(max_length=64)
    birth_place = EncryptedTextField()
    birth_date = EncryptedTextField()
    address = EncryptedTextField()
    phone = EncryptedTextField(blank=True)
    facts = EncryptedTextField()
    occupation = models.CharField(max_length=120, blank=True)
    education_label = models.CharField(max_length=120, blank=True)
    public_disclosure = models.TextField(blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="candidacies"
    )
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=12,
        choices=CandidacyStatus.choices,
        default=CandidacyStatus.REGISTERED.value,
    )
    ballot_number = models.PositiveSmallIntegerField(null=True, blank=True)
    photo = models.UUIDField(null=True, blank=True)
    photo_small = models.UUIDField(null=True, blank=True)
    photo_sha256 = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["election_id", "registration_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "registration_number"], name="candidacy_number_once"
            ),
            models.UniqueConstraint(fields=["election", "nik_index"], name="candidacy_person_once"),
            models.UniqueConstraint(
                fields=["election", "user"],
                condition=Q(user__isnull=False),
                name="candidacy_account_once",
            ),
            models.UniqueConstraint(
                fields=["election", "ballot_number"],
                condition=Q(ballot_number__isnull=False),
                name="candidacy_ballot_number_once",
            ),
            models.CheckConstraint(
                condition=Q(ballot_number__isnull=True)
                | (Q(ballot_number__gte=1) & Q(status__in=["determined", "withdrawn", "deceased"])),
                name="candidacy_number_of_determined",
            ),
            models.CheckConstraint(
                condition=~Q(full_name="") & ~Q(ballot_name=""), name="candidacy_has_name"
            ),
        ]
        indexes = [models.Index(fields=["election", "status"])]

    def __str__(self) -> str:
        return self.full_name


class DocumentOutcome(models.TextChoices):
    VALID = "valid", _("Sah dan sesuai")
    UNCLEAR = "unclear", _("Perlu diperjelas")
    INVALID = "invalid", _("Tidak sah")


class CandidacyDocument(models.Model):
    """Berkas persyaratan: one sealed file for one requirement; a newer one replaces it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="documents")
    requirement_id = models.CharField(max_length=80)
    file = models.UUIDField()
    media_type = models.CharField(max_length=40)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["requirement_id", "uploaded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy", "requirement_id"],
                condition=Q(replaced_at__isnull=True),
                name="document_in_force_once",
            ),
            models.CheckConstraint(
                condition=Q(media_type__in=["application/pdf", "image/jpeg", "image/png"]),
                name="document_media_type",
            ),
        ]

    def __str__(self) -> str:
        return self.requirement_id


class DocumentCheck(models.Model):
    """Verifikasi berkas: what one of two different officers saw in one document."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(CandidacyDocument, models.CASCADE, related_name="checks")
    slot = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=8, choices=DocumentOutcome.choices)
    note = models.CharField(max_length=500, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()

    class Meta:
        ordering = ["slot"]
        constraints = [
            models.UniqueConstraint(fields=["document", "slot"], name="document_check_slot_once"),
            models.UniqueConstraint(
                fields=["document", "checked_by"], name="document_checked_by_two_people"
            ),
            models.CheckConstraint(condition=Q(slot__in=[1, 2]), name="document_check_two_slots"),
            models.CheckConstraint(
                condition=Q(outcome="valid") | ~Q(note=""), name="document_doubt_has_note"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}/{self.slot}"


class DecisionKind(models.TextChoices):
    COMPLETION = "completion", _("Permintaan melengkapi berkas")
    QUALIFICATION = "qualification", _("Hasil penelitian akhir")
    SELECTION = "selection", _("Hasil seleksi tambahan")
    DETERMINATION = "determination", _("Penetapan calon")
    WITHDRAWAL = "withdrawal", _("Pengunduran diri")
    DEATH = "death", _("Meninggal dunia")


class CandidacyDecision(models.Model):
    """Keputusan panitia tentang satu bakal calon: reason, article and trace. Never changed.

    Where the decision ends or opens a candidacy it is proposed by one member and confirmed by
    another; it has its effect at `confirmed_at`.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=14, choices=DecisionKind.choices)
    outcome = models.CharField(max_length=12, choices=CandidacyStatus.choices)
    reason = EncryptedTextField()
    reason_salt = models.CharField(max_length=64)
    trace = EncryptedTextField(blank=True)
    article = models.CharField(max_length=300)
    due_date = models.DateField(null=True, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy"],
                condition=Q(confirmed_at__isnull=True, withdrawn_at__isnull=True),
                name="decision_one_open",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="decision_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(article=""), name="decision_has_reason_and_article"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidacy_id} {self.kind}"


class PathDecision(models.Model):
    """Jalur pencalonan yang diputuskan: what the number of qualified applicants led to, and why."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.ForeignKey(
        "elections.Election", models.PROTECT, related_name="path_decisions"
    )
    phase = models.CharField(max_length=20)
    candidates_count = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=30)
    why = models.JSONField(default=list)
    article = models.CharField(max_length=300)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["decided_at"]
        constraints = [
            models.UniqueConstraint(fields=["election", "phase"], name="path_once_per_phase")
        ]

    def __str__(self) -> str:
        return f"{self.election_id} {self.phase}: {self.outcome}"
