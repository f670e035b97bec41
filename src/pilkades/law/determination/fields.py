"""What a pack may say about determination: the criteria of a tie and the single candidate."""

from enum import StrEnum

from pilkades.law.determination.rules import (
    TABLE,
    Act,
    Among,
    Applies,
    Comparison,
    EqualUnits,
    Measure,
    SingleMeasure,
    Unit,
    WhenFewer,
)
from pilkades.law.packspec import FieldKind, FieldSpec, TableSpec
from pilkades.text import Text


def _choice(name: str, kinds: type[StrEnum], help_text: Text, default: StrEnum | None) -> FieldSpec:
    return FieldSpec(
        name,
        FieldKind.CHOICE,
        help_text,
        required=default is None,
        default=default.value if default is not None else None,
        choices=tuple(kind.value for kind in kinds),
    )


_ENDINGS = (Act.REPEAT_POLL, Act.SECOND_ROUND, Act.DRAWING, Act.REGENCY_HEAD, Act.REPEAT_PROCESS)

ENTRY = TableSpec(
    TABLE,
    Text("Kriteria suara sama, dibaca berurutan sampai tersisa satu calon."),
    (
        _choice(
            "comparison",
            Comparison,
            Text(
                "largest_unit: unggul di TPS/dusun terbesar; units_won: menang di TPS/dusun "
                "terbanyak; spread: suara tersebar di TPS/dusun terbanyak; residence: tinggal di "
                "dusun terbesar."
            ),
            None,
        ),
        _choice("unit", Unit, Text("station (TPS) atau hamlet (dusun)."), Unit.STATION),
        _choice(
            "measure",
            Measure,
            Text("Ukuran besar: registered (terdaftar), turnout (hadir), ballots (suara)."),
            Measure.REGISTERED,
        ),
        _choice(
            "among",
            Among,
            Text("tied: hanya antar calon yang sama suaranya; all: terhadap semua calon."),
            Among.TIED,
        ),
        _choice(
            "applies",
            Applies,
            Text("always, one_station (desa satu TPS) atau several_stations (lebih dari satu)."),
            Applies.ALWAYS,
        ),
        _choice(
            "equal_units",
            EqualUnits,
            Text("Bila beberapa TPS/dusun sama besar: together (dijumlahkan) atau skip (lewat)."),
            EqualUnits.TOGETHER,
        ),
        FieldSpec(
            "minimum_votes",
            FieldKind.INTEGER,
            Text("Untuk spread: suara paling sedikit agar satu TPS/dusun dihitung."),
            required=False,
            default=1,
            minimum=1,
        ),
        FieldSpec(
            "otherwise",
            FieldKind.CHOICE,
            Text("Bila tidak memisahkan: next (kriteria berikut) atau tindak lanjut penutup."),
            required=False,
            default=Act.NEXT.value,
            choices=(Act.NEXT.value, *(act.value for act in _ENDINGS)),
        ),
        FieldSpec(
            "within_days",
            FieldKind.INTEGER,
            Text("Batas hari untuk tindak lanjut, bila diatur."),
            required=False,
            minimum=0,
        ),
    ),
)


def _rule_choice(name: str, kinds: tuple[StrEnum, ...], help_text: Text) -> FieldSpec:
    return FieldSpec(name, FieldKind.CHOICE, help_text, choices=tuple(kind.value for kind in kinds))


FIELDS = (
    FieldSpec(
        "determination.elected_by",
        FieldKind.CHOICE,
        Text("Dasar keterpilihan: most_votes (suara sah terbanyak)."),
        choices=("most_votes",),
    ),
    _rule_choice(
        "determination.when_fewer",
        tuple(WhenFewer),
        Text(
            "Bila kriteria menyisakan lebih dari satu calon: carry (lanjut dengan sisanya), "
            "restart (ulang dari kriteria pertama) atau keep (lanjut dengan semua)."
        ),
    ),
    _rule_choice(
        "determination.no_votes", _ENDINGS, Text("Tindak lanjut bila tidak ada suara sah.")
    ),
    _rule_choice(
        "determination.single_measure",
        tuple(SingleMeasure),
        Text(
            "Pembanding suara calon tunggal: empty_column (kolom kosong), valid (suara sah), "
            "turnout (pemilih hadir) atau registered (pemilih terdaftar)."
        ),
    ),
    FieldSpec(
        "determination.single_percent",
        FieldKind.INTEGER,
        Text(
            "Ambang calon tunggal dalam persen dari pembanding; tidak dipakai untuk kolom kosong."
        ),
        minimum=0,
        maximum=100,
    ),
    FieldSpec(
        "determination.single_strict",
        FieldKind.BOOLEAN,
        Text("true: harus lebih dari ambang; false: cukup sama dengan ambang."),
    ),
    _rule_choice(
        "determination.single_failure", _ENDINGS, Text("Tindak lanjut bila calon tunggal kalah.")
    ),
    FieldSpec(
        "determination.single_against_label",
        FieldKind.TEXT,
        Text("Nama kolom lawan calon tunggal, misalnya kolom kosong atau tidak setuju."),
    ),
)
