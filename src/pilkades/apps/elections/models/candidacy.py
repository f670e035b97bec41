"""The file of one applicant: identity, declared facts, documents, checks and decisions."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pilkades.apps.vault.fields import EncryptedTextField, KeyedIndexField
from pilkades.law.application import STANDING, ApplicationEvent, ApplicationState

BEFORE_RECEPTION = (ApplicationState.DRAFT, ApplicationState.SUBMITTED)
MAY_CARRY_NUMBER = (
    ApplicationState.NUMBERED,
    ApplicationState.WITHDRAWN,
    ApplicationState.DIED,
    ApplicationState.DISQUALIFIED,
)


class Sex(models.TextChoices):
    MALE = "L", _("Laki-laki")
    FEMALE = "P", _("Perempuan")


class Candidacy(models.Model):
    """Bakal calon, later calon kepala desa: one person's file in one election.

    NIK, birth, address, phone and the declared facts are sealed. `nik_commitment` stands in the
    ledger and its salt here, so that the person can later prove which entry was theirs. The state
    moves only as `law.application.ALLOWED` says.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.ForeignKey("elections.Election", models.PROTECT, related_name="candidacies")
    full_name = models.CharField(max_length=160)
    ballot_name = models.CharField(max_length=100)
    sex = models.CharField(max_length=1, choices=Sex.choices)
    nik = EncryptedTextField()
    nik_index = KeyedIndexField(source="nik")
    nik_salt = models.CharField(max_length=64)
    nik_commitment = models.CharField(max_length=64)
    birth_place = EncryptedTextField()
    address = EncryptedTextField()
    phone = EncryptedTextField(blank=True)
    facts = EncryptedTextField()
    occupation = models.CharField(max_length=120, blank=True)
    public_disclosure = models.TextField(blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="candidacies"
    )
    state = models.CharField(max_length=20, default=ApplicationState.DRAFT.value)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    registration_number = models.PositiveSmallIntegerField(null=True, blank=True)
    receipt_code = models.CharField(max_length=12, null=True, blank=True, unique=True)  # noqa: DJ001
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    received_at = models.DateTimeField(null=True, blank=True)
    completion_due_date = models.DateField(null=True, blank=True)
    check_round = models.PositiveSmallIntegerField(default=1)
    ballot_number = models.PositiveSmallIntegerField(null=True, blank=True)
    photo = models.UUIDField(null=True, blank=True)
    photo_small = models.UUIDField(null=True, blank=True)
    photo_sha256 = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["election_id", "ballot_number", "registration_number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "registration_number"], name="candidacy_number_once"
            ),
            models.UniqueConstraint(
                fields=["election", "nik_index"],
                condition=~Q(state=ApplicationState.WITHDRAWN.value),
                name="candidacy_person_once",
            ),
            models.UniqueConstraint(
                fields=["election", "user"],
                condition=Q(user__isnull=False) & ~Q(state=ApplicationState.WITHDRAWN.value),
                name="candidacy_account_once",
            ),
            models.UniqueConstraint(
                fields=["election", "ballot_number"], name="candidacy_ballot_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ApplicationState]),
                name="candidacy_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(received_at__isnull=False, registration_number__isnull=False)
                | Q(state__in=[*(state.value for state in BEFORE_RECEPTION), "withdrawn", "died"]),
                name="candidacy_received_with_number",
            ),
            models.CheckConstraint(
                condition=Q(ballot_number__isnull=True)
                | Q(
                    ballot_number__gte=1,
                    state__in=[state.value for state in MAY_CARRY_NUMBER],
                ),
                name="candidacy_number_of_determined",
            ),
            models.CheckConstraint(
                condition=~Q(state=ApplicationState.NUMBERED.value)
                | Q(ballot_number__isnull=False),
                name="candidacy_numbered_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(full_name="") & ~Q(ballot_name=""), name="candidacy_has_name"
            ),
        ]
        indexes = [models.Index(fields=["election", "state"])]

    def __str__(self) -> str:
        return self.full_name

    @property
    def is_standing(self) -> bool:
        """Whether the person is a determined candidate and stands on the ballot."""
        return self.state in STANDING


class DocumentOutcome(models.TextChoices):
    VALID = "valid", _("Sah dan sesuai")
    UNCLEAR = "unclear", _("Perlu diperjelas")
    INVALID = "invalid", _("Tidak sah")


class CandidacyDocument(models.Model):
    """Berkas persyaratan: one sealed file; a newer one of its kind replaces it.

    `kind` is the id of the document in the rule pack.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=80)
    file = models.UUIDField()
    media_type = models.CharField(max_length=40)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "uploaded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy", "kind"],
                condition=Q(replaced_at__isnull=True),
                name="document_in_force_once",
            ),
            models.CheckConstraint(
                condition=Q(media_type__in=["application/pdf", "image/jpeg", "image/png"]),
                name="document_media_type",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class DocumentCheck(models.Model):
    """Verifikasi berkas: what one officer saw in one document; several different officers do."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(CandidacyDocument, models.CASCADE, related_name="checks")
    outcome = models.CharField(max_length=8, choices=DocumentOutcome.choices)
    note = EncryptedTextField(blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()

    class Meta:
        ordering = ["checked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "checked_by"], name="document_checked_by_two_people"
            ),
            models.CheckConstraint(
                condition=Q(outcome="valid") | ~Q(note=""), name="document_doubt_has_note"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.outcome}"


class FileCheck(models.Model):
    """Pendapat pemeriksa atas seluruh berkas, one person in one round; a completion opens another.

    A finding of ineligibility names the requirement, its article and the reason.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="checks")
    round = models.PositiveSmallIntegerField()
    is_eligible = models.BooleanField()
    requirement_id = models.CharField(max_length=80, blank=True)
    article = models.CharField(max_length=300, blank=True)
    reason = EncryptedTextField(blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()

    class Meta:
        ordering = ["checked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy", "round", "checked_by"], name="file_checked_by_two_people"
            ),
            models.CheckConstraint(
                condition=Q(is_eligible=True) | (~Q(article="") & ~Q(reason="")),
                name="file_refusal_has_reason_and_article",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidacy_id} {self.is_eligible}"


class CandidacyDecision(models.Model):
    """Keputusan panitia tentang satu berkas: event, outcome, reason, article. Never changed.

    What ends or opens a candidacy is proposed by one person and confirmed by another; it has its
    effect at `confirmed_at`.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="decisions")
    event = models.CharField(
        max_length=20, choices=[(event.value, event.value) for event in ApplicationEvent]
    )
    reason = EncryptedTextField()
    reason_salt = models.CharField(max_length=64)
    article = models.CharField(max_length=300)
    trace = models.JSONField(default=list)
    file = models.UUIDField(null=True, blank=True)
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
        return f"{self.candidacy_id} {self.event}"

    @property
    def is_open(self) -> bool:
        """Whether the proposal waits for the second person."""
        return self.confirmed_at is None and self.withdrawn_at is None


class PathDecision(models.Model):
    """Jalur pencalonan: what the number of eligible applicants leads to, and why.

    The chair puts it forward as the law computed it; another member confirms it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.ForeignKey(
        "elections.Election", models.PROTECT, related_name="path_decisions"
    )
    phase = models.CharField(max_length=30)
    eligible_count = models.PositiveSmallIntegerField()
    extensions_used = models.PositiveSmallIntegerField()
    act = models.CharField(max_length=30)
    text = models.JSONField()
    article = models.CharField(max_length=300)
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
                fields=["election", "phase"],
                condition=Q(withdrawn_at__isnull=True),
                name="path_once_per_phase",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="path_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.election_id} {self.phase}: {self.act}"
