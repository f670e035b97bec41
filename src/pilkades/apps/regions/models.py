"""Regions of Indonesia as the official codes name them: province > regency > district > village.

The code is the primary key at every level and carries its parents (35 > 35.05 > 35.05.01 >
35.05.01.2001), so that a region is covered by another exactly when its code is equal or begins
with the other's code and a point. A village that a newer edition no longer lists is retired,
never deleted: elections were held there.
"""

import uuid
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import Lookup
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    _Lookup = Lookup[str]
else:
    _Lookup = Lookup


class RegencyKind(models.TextChoices):
    """Jenis daerah tingkat dua: it decides the word for its head."""

    KABUPATEN = "KABUPATEN", _("Kabupaten")
    KOTA = "KOTA", _("Kota")


class VillageKind(models.TextChoices):
    """Jenis desa, from the first digit of the fourth part of the code (2, 1, 3)."""

    DESA = "DESA", _("Desa")
    KELURAHAN = "KELURAHAN", _("Kelurahan")
    DESA_ADAT = "DESA_ADAT", _("Desa adat")


class TimeZone(models.TextChoices):
    """Zona waktu Indonesia, which the wall clock of every station follows."""

    WIB = "Asia/Jakarta", "WIB"
    WITA = "Asia/Makassar", "WITA"
    WIT = "Asia/Jayapura", "WIT"


class Region(models.Model):
    """What every level has: an official name, a name to search by, and when it was retired.

    `name` is the name of the official list ("Kabupaten Blitar", "Kota Blitar", "Dawuhan").
    """

    name = models.CharField(_("nama"), max_length=120)
    search_name = models.CharField(max_length=120, editable=False)
    retired_at = models.DateTimeField(_("dihapus dari daftar resmi"), null=True, blank=True)
    successor_code = models.CharField(_("kode pengganti"), max_length=13, blank=True, default="")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Province(Region):
    """Provinsi."""

    code = models.CharField(_("kode"), max_length=2, primary_key=True)
    time_zone = models.CharField(_("zona waktu"), max_length=20, choices=TimeZone.choices)

    class Meta:
        ordering = ["code"]
        verbose_name = _("provinsi")
        constraints = [
            models.CheckConstraint(
                name="province_time_zone_is_indonesian",
                condition=models.Q(time_zone__in=TimeZone.values),
            ),
        ]


class Regency(Region):
    """Kabupaten atau kota."""

    code = models.CharField(_("kode"), max_length=5, primary_key=True)
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="regencies")
    kind = models.CharField(_("jenis"), max_length=10, choices=RegencyKind.choices)

    class Meta:
        ordering = ["code"]
        verbose_name = _("kabupaten/kota")

    @property
    def short_name(self) -> str:
        """The name without its kind, as it follows "Bupati" or "Wali Kota"."""
        return self.name.removeprefix("Kabupaten ").removeprefix("Kota ")


class District(Region):
    """Kecamatan (distrik in Papua)."""

    code = models.CharField(_("kode"), max_length=8, primary_key=True)
    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="districts")

    class Meta:
        ordering = ["code"]
        verbose_name = _("kecamatan")


class Village(Region):
    """Desa, kelurahan atau desa adat."""

    code = models.CharField(_("kode"), max_length=13, primary_key=True)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="villages")
    kind = models.CharField(_("jenis"), max_length=10, choices=VillageKind.choices)

    class Meta:
        ordering = ["code"]
        verbose_name = _("desa")


class VillageWord(models.Model):
    """Kata pencarian: one word of a village's name, so that a search by its beginning is quick."""

    village = models.ForeignKey(
        Village, on_delete=models.CASCADE, related_name="words", db_index=False
    )
    word = models.CharField(max_length=120)

    class Meta:
        indexes = [
            models.Index(
                fields=["word", "village"],
                name="village_word",
                opclasses=["varchar_pattern_ops", "varchar_pattern_ops"],
            ),
            models.Index(fields=["village"], name="village_word_owner"),
        ]

    def __str__(self) -> str:
        return self.word


@models.CharField.register_lookup
class BeginsWith(_Lookup):
    """Beginning of a word, served by an index on both databases.

    Django's own `startswith` escapes its pattern, which keeps SQLite from using the index. The
    pattern here holds letters and digits only (`names.normalise_name`), so nothing needs escaping.
    """

    lookup_name = "beginswith"

    def get_prep_lookup(self) -> str:
        return "".join(letter for letter in str(self.rhs) if letter.isalnum())

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        operator, wildcard = ("GLOB", "*") if connection.vendor == "sqlite" else ("LIKE", "%")
        column, params = self.process_lhs(compiler, connection)
        return f"{column} {operator} %s", (*params, f"{self.rhs}{wildcard}")


class Hamlet(models.Model):
    """Dusun (banjar, jorong, kampung): part of a village, named by the village itself."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="hamlets")
    name = models.CharField(_("nama"), max_length=120)

    class Meta:
        ordering = ["village", "name"]
        verbose_name = _("dusun")
        constraints = [
            models.UniqueConstraint(fields=["village", "name"], name="hamlet_name_once_in_village"),
        ]

    def __str__(self) -> str:
        return self.name
