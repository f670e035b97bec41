"""Station teams, the decree that appoints them, and the people in their seats."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pilkades.apps.elections.models import Sex
from pilkades.apps.vault.fields import EncryptedTextField, KeyedIndexField
from pilkades.law.officers_kinship import Relation
from pilkades.law.officers_rules import Authority, SeatKind


class DecreeState(models.TextChoices):
    PROPOSED = "proposed", _("Diusulkan")
    ISSUED = "issued", _("Ditetapkan")
    WITHDRAWN = "withdrawn", _("Usulan ditarik")


class AppointmentDecree(models.Model):
    """SK pengangkatan petugas TPS: proposed by one person, issued by whoever the pack names.

    `authority` is kept as it was when the decree was proposed.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.ForeignKey(
        "elections.Election", models.PROTECT, related_name="officer_decrees"
    )
    authority = models.CharField(
        max_length=12, choices=[(item.value, item.value) for item in Authority]
    )
    article = models.CharField(max_length=300)
    state = models.CharField(
        max_length=9, choices=DecreeState.choices, default=DecreeState.PROPOSED.value
    )
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    number = models.CharField(max_length=80, blank=True)
    decree_date = models.DateField(null=True, blank=True)
    signer_name = models.CharField(max_length=160, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_at = models.DateTimeField(null=True, blank=True)
    file = models.UUIDField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["election"],
                condition=Q(state="proposed"),
                name="officer_decree_one_open",
            ),
            models.CheckConstraint(
                condition=~Q(state="issued")
                | (
                    ~Q(number="")
                    & Q(decree_date__isnull=False, issued_by__isnull=False, issued_at__isnull=False)
                ),
                name="officer_decree_issued_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(issued_by__isnull=True) | ~Q(issued_by=F("proposed_by")),
                name="officer_decree_issued_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(self.uuid)


class StationTeam(models.Model):
    """KPPS, the team of one station; its seats, decree and oath. One team for each station."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    station = models.OneToOneField(
        "elections.PollingStation", models.PROTECT, related_name="officer_team"
    )
    decree = models.ForeignKey(
        AppointmentDecree, models.PROTECT, null=True, blank=True, related_name="teams"
    )
    formed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    formed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["station__number", "pk"]

    def __str__(self) -> str:
        return str(self.station)

    @property
    def is_appointed(self) -> bool:
        """Whether a decree in force names this team; changes are substitutions from then on."""
        return self.decree is not None and self.decree.state == DecreeState.ISSUED

    @property
    def is_proposed(self) -> bool:
        return self.decree is not None and self.decree.state == DecreeState.PROPOSED


class StationOath(models.Model):
    """Pengambilan sumpah atau janji petugas satu TPS: where, when, before whom."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    team = models.ForeignKey(StationTeam, models.CASCADE, related_name="oaths")
    taken_at = models.DateTimeField()
    place = models.CharField(max_length=160)
    administered_by = models.CharField(max_length=160)
    administered_as = models.CharField(max_length=120)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["taken_at", "pk"]

    def __str__(self) -> str:
        return f"{self.team} {self.taken_at:%Y-%m-%d}"


class OfficerState(models.TextChoices):
    NAMED = "named", _("Dicalonkan")
    APPOINTED = "appointed", _("Diangkat")
    ENDED = "ended", _("Tidak bertugas lagi")


class TieState(models.TextChoices):
    """The answer about a party or a campaign; empty while nobody has asked."""

    UNKNOWN = "", _("Belum dijawab")
    NEVER = "never", _("Tidak pernah")
    PAST = "past", _("Pernah, sudah berhenti")
    NOW = "now", _("Masih")


class StationOfficer(models.Model):
    """Petugas TPS: a person in a numbered seat, or in reserve. NIK, birth and phone are sealed.

    Who left stays in the table with the reason; nobody holds two seats in one election.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.ForeignKey("elections.Election", models.PROTECT, related_name="officers")
    team = models.ForeignKey(StationTeam, models.PROTECT, related_name="officers")
    kind = models.CharField(max_length=8, choices=[(item.value, item.value) for item in SeatKind])
    number = models.PositiveSmallIntegerField()
    full_name = models.CharField(max_length=160)
    sex = models.CharField(max_length=1, choices=Sex.choices)
    nik = EncryptedTextField()
    nik_index = KeyedIndexField(source="nik")
    birth_place = EncryptedTextField()
    birth_date = EncryptedTextField()
    address = EncryptedTextField()
    phone = EncryptedTextField(blank=True)
    lives_in_village = models.BooleanField(null=True, blank=True)
    is_healthy = models.BooleanField(null=True, blank=True)
    is_committee_member = models.BooleanField(default=False)
    party_state = models.CharField(
        max_length=5, choices=TieState.choices, default=TieState.UNKNOWN.value, blank=True
    )
    party_ended_date = models.DateField(null=True, blank=True)
    campaign_state = models.CharField(
        max_length=5, choices=TieState.choices, default=TieState.UNKNOWN.value, blank=True
    )
    campaign_ended_date = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=9, choices=OfficerState.choices, default=OfficerState.NAMED.value
    )
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    oath = models.ForeignKey(
        StationOath, models.PROTECT, null=True, blank=True, related_name="officers"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = EncryptedTextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["team_id", "-kind", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "nik_index"],
                condition=~Q(state="ended"),
                name="officer_person_once",
            ),
            models.UniqueConstraint(
                fields=["team", "kind", "number"],
                condition=~Q(state="ended"),
                name="officer_seat_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | Q(ended_at__isnull=False),
                name="officer_end_has_time",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=99), name="officer_seat_number"
            ),
            models.CheckConstraint(condition=~Q(full_name=""), name="officer_has_name"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def is_serving(self) -> bool:
        """Whether the person still holds a seat, a reserve's included."""
        return self.state != OfficerState.ENDED

    @property
    def is_reserve(self) -> bool:
        return self.kind == SeatKind.RESERVE


class KinshipDeclaration(models.Model):
    """Pernyataan hubungan keluarga seorang petugas dengan satu calon; `none` is an answer too."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    officer = models.ForeignKey(StationOfficer, models.CASCADE, related_name="kinships")
    candidacy = models.ForeignKey("elections.Candidacy", models.CASCADE, related_name="+")
    relation = models.CharField(
        max_length=24, choices=[(item.value, item.value) for item in Relation]
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["candidacy_id"]
        constraints = [
            models.UniqueConstraint(fields=["officer", "candidacy"], name="kinship_declared_once")
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.candidacy_id}"


class AcceptedWarning(models.Model):
    """Alasan tertulis atas satu peringatan; holds while the warning reads as it was accepted."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    officer = models.ForeignKey(StationOfficer, models.CASCADE, related_name="accepted_warnings")
    code = models.CharField(max_length=30)
    sentence = EncryptedTextField()
    reason = EncryptedTextField()
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField()

    class Meta:
        ordering = ["accepted_at", "pk"]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.code}"


class Substitution(models.Model):
    """Penggantian petugas: who left, who took the seat, when and why. Never changed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    team = models.ForeignKey(StationTeam, models.PROTECT, related_name="substitutions")
    leaving = models.OneToOneField(StationOfficer, models.PROTECT, related_name="substituted_by")
    entering = models.ForeignKey(StationOfficer, models.PROTECT, related_name="substitutions")
    kind = models.CharField(max_length=8, choices=[(item.value, item.value) for item in SeatKind])
    number = models.PositiveSmallIntegerField()
    happened_at = models.DateTimeField()
    reason = EncryptedTextField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["happened_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(leaving=F("entering")), name="substitution_by_another"
            )
        ]

    def __str__(self) -> str:
        return f"{self.leaving_id} {self.entering_id}"
