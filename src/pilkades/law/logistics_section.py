"""What a pack may say about the equipment of an election, and what would be wrong with it.

Law: Permendagri 112/2014 (perlengkapan pemungutan suara); the quantities are regional. A formula
that could leave a voter without a ballot is an error of the pack, not of the committee.
"""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from pilkades.law.findings import Finding, Severity
from pilkades.law.logistics import BALLOTS, TABLE, Basis, Kind, Packing, Scope, Unit
from pilkades.law.pack import Entry, RulePack
from pilkades.law.packspec import FieldKind, FieldSpec, Section, TableSpec
from pilkades.text import Text

_K = FieldKind
_PER_STATION = frozenset(
    {
        Basis.STATIONS,
        Basis.VOTERS,
        Basis.CANDIDATES,
        Basis.OFFICERS,
        Basis.MEMBERS,
        Basis.SECURITY,
        Basis.ITEM,
    }
)


def _words(kinds: type[StrEnum]) -> tuple[str, ...]:
    return tuple(kind.value for kind in kinds)


def _number(name: str, help_text: Text, *, default: int, minimum: int) -> FieldSpec:
    return FieldSpec(
        name,
        _K.INTEGER,
        help_text,
        required=False,
        default=default,
        minimum=minimum,
        maximum=100_000,
    )


def _optional_text(name: str, help_text: Text) -> FieldSpec:
    return FieldSpec(name, _K.TEXT, help_text, required=False, default="", may_be_empty=True)


def _choice(name: str, help_text: Text, kinds: type[StrEnum], default: str | None) -> FieldSpec:
    return FieldSpec(
        name,
        _K.CHOICE,
        help_text,
        required=default is None,
        default=default,
        choices=_words(kinds),
    )


ENTRY = TableSpec(
    TABLE,
    Text("barang, honor dan kegiatan yang dibutuhkan, masing-masing dengan rumus jumlahnya"),
    (
        FieldSpec("name", _K.TEXT, Text("Nama barang atau jasa.")),
        _optional_text("name_en", Text("Namanya dalam bahasa Inggris.")),
        _choice("kind", Text("goods (barang), honorarium atau activity (kegiatan)."), Kind, None),
        _choice("unit", Text("Satuan: sheet, piece, bottle, set, copy, person, …"), Unit, None),
        _choice(
            "scope",
            Text("station bila dihitung untuk setiap TPS, village bila sekali untuk desa."),
            Scope,
            "station",
        ),
        _choice("basis", Text("Yang dihitung: voters, stations, candidates, …"), Basis, None),
        _optional_text("item", Text("Bila basis = item: id barang yang berdiri di atasnya.")),
        _number("each", Text("Berapa satuan untuk setiap “per”."), default=1, minimum=0),
        _number("per", Text("Untuk setiap berapa dari yang dihitung."), default=1, minimum=1),
        _number("fixed", Text("Jumlah tetap yang selalu ditambahkan."), default=0, minimum=0),
        _number("minimum", Text("Paling sedikit berapa."), default=0, minimum=0),
        FieldSpec(
            "spare_percent",
            _K.DECIMAL,
            Text("Cadangan dalam persen, dibulatkan ke atas."),
            required=False,
            default=Decimal(0),
            minimum=0,
            maximum=100,
        ),
        _optional_text(
            "spare_rule", Text("Aturan yang memuat persen cadangannya, sebagai ganti angkanya.")
        ),
        _choice(
            "packing",
            Text("Kemasan: ballots, documents, equipment, atau loose (tidak dikemas)."),
            Packing,
            "loose",
        ),
        FieldSpec(
            "is_returned",
            _K.BOOLEAN,
            Text("true bila barang harus kembali setelah pemungutan suara."),
            required=False,
            default=False,
        ),
        _optional_text("needed_by", Text("id tahapan: pada hari pertamanya barang harus ada.")),
    ),
)


def _check_rows(pack: RulePack) -> Iterator[Finding]:
    seen: dict[str, Entry] = {}
    for entry in pack.table(TABLE):
        problem = _find_problem(entry, pack, seen)
        if problem is not None:
            yield Finding(
                "material.formula",
                Severity.ERROR,
                problem,
                entry.id,
                pack.line_of(entry),
                entry.article,
            )
        seen[entry.id] = entry


def _find_problem(entry: Entry, pack: RulePack, seen: dict[str, Entry]) -> Text | None:
    basis, scope = Basis(entry.text("basis")), Scope(entry.text("scope"))
    other = seen.get(entry.text("item"))
    if basis is Basis.ITEM and other is None:
        return Text(
            "“{id}” dihitung dari barang “{item}”, yang tidak ada di atasnya. Tulis id barang yang "
            "berdiri lebih dahulu.",
            id=entry.id,
            item=entry.text("item"),
        )
    if scope is Scope.STATION and (
        basis not in _PER_STATION or (other is not None and other.text("scope") != "station")
    ):
        return Text(
            "“{id}” dihitung untuk setiap TPS, tetapi “{basis}” hanya ada untuk seluruh desa. "
            "Tulis scope = “village”.",
            id=entry.id,
            basis=basis.value,
        )
    rule_id = entry.text("spare_rule")
    if rule_id and not pack.has(rule_id):
        return Text("“{id}” menunjuk aturan “{rule}” yang tidak ada.", id=entry.id, rule=rule_id)
    if entry.id == BALLOTS and not _is_one_for_everybody(entry):
        return Text(
            "Rumus surat suara dapat memberi kurang dari satu lembar untuk setiap pemilih. Tulis "
            "basis = “voters” untuk setiap TPS, dengan each paling sedikit sama dengan per."
        )
    return None


def _is_one_for_everybody(entry: Entry) -> bool:
    return (
        entry.text("basis") == Basis.VOTERS
        and entry.text("scope") == Scope.STATION
        and entry.integer("each") >= entry.integer("per")
    )


def _check_steps(pack: RulePack) -> Iterator[Finding]:
    """A regency may have other steps; a thing without a day is then wanted by the poll itself."""
    for entry in pack.table(TABLE):
        step_id = entry.text("needed_by")
        if step_id and pack.find_entry("step", step_id) is None:
            text = Text(
                "“{id}” menunjuk tahapan “{step}” yang tidak ada dalam jadwal; yang dipakai hari "
                "pemungutan suara.",
                id=entry.id,
                step=step_id,
            )
            line = pack.line_of(entry)
            yield Finding("material.no-step", Severity.WARNING, text, entry.id, line, entry.article)


SECTION = Section(name="logistics", tables=(ENTRY,), checks=(_check_rows, _check_steps))
