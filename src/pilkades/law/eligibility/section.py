"""What a rule pack may say about requirements and documents, and what would make no sense.

The closed lists come from `rules`; here stand the fields, their explanations for the lawyer who
writes a pack, and the checks of a merged pack (a missing parameter, a requirement of residence
that the Constitutional Court has set aside, a document that proves nothing).
"""

from collections.abc import Iterator
from enum import StrEnum

from pilkades.law.ages import LeapBirthday
from pilkades.law.eligibility.facts import Education, Office
from pilkades.law.eligibility.rules import (
    RESIDENCE_RULING,
    ConditionKind,
    CountedOn,
    Due,
    Exclusion,
    Subject,
    When,
)
from pilkades.law.findings import Finding, Severity
from pilkades.law.pack import Entry, RulePack
from pilkades.law.packspec import FieldKind, FieldSpec, Section, TableSpec
from pilkades.text import Text

_RESIDENCE_WORDS = ("domisili", "bertempat tinggal", "penduduk desa")

NEEDED_FIELDS: dict[ConditionKind, tuple[str, ...]] = {
    ConditionKind.EDUCATION_MIN: ("level",),
    ConditionKind.AGE_MIN: ("years",),
    ConditionKind.AGE_MIN_OR_MARRIED: ("years",),
    ConditionKind.NO_SERIOUS_CONVICTION: ("years", "after_release_years"),
    ConditionKind.TERMS_MAX: ("terms_max",),
    ConditionKind.RELEASED: ("office",),
    ConditionKind.RESIDENCE: ("months",),
    ConditionKind.DECLARED: ("question",),
}
_VOTER_TESTS = frozenset(
    {
        ConditionKind.CITIZEN,
        ConditionKind.AGE_MIN,
        ConditionKind.AGE_MIN_OR_MARRIED,
        ConditionKind.RESIDENCE,
        ConditionKind.NOT_INCAPACITATED,
        ConditionKind.RIGHT_NOT_REVOKED,
        ConditionKind.NOT_MILITARY,
    }
)
_VOTER_ONLY_TESTS = frozenset(
    {ConditionKind.AGE_MIN_OR_MARRIED, ConditionKind.NOT_INCAPACITATED, ConditionKind.NOT_MILITARY}
)


def check_conditions(pack: RulePack) -> Iterator[Finding]:
    """Requirements that cannot be tested, and a residence requirement that no longer holds."""
    for entry in pack.table("eligibility"):
        test = ConditionKind(entry.text("test"))
        for name in NEEDED_FIELDS.get(test, ()):
            if not entry.has(name):
                yield _field_needed(entry, name)
        if test not in _allowed_tests(Subject(entry.text("subject"))):
            yield _wrong_subject(entry)
        if entry.has("transition_terms_max") != entry.has("transition_before"):
            yield _half_transition(entry)
        if _asks_residence(entry, test):
            yield _residence_not_required(entry)


def check_documents(pack: RulePack) -> Iterator[Finding]:
    """Documents that prove a requirement nobody wrote."""
    known = {entry.id for entry in pack.table("eligibility")}
    for entry in pack.table("document"):
        for name in entry.texts("proves"):
            if name not in known:
                text = Text(
                    "Dokumen “{document}” membuktikan syarat “{name}” yang tidak ada dalam paket. "
                    "Tulis id syarat yang benar atau tambahkan syaratnya.",
                    document=entry.id,
                    name=name,
                )
                yield _error("eligibility.document-proves", text, entry)


def _allowed_tests(subject: Subject) -> frozenset[ConditionKind]:
    if subject is Subject.VOTER:
        return _VOTER_TESTS
    return frozenset(ConditionKind) - _VOTER_ONLY_TESTS


def _asks_residence(entry: Entry, test: ConditionKind) -> bool:
    if Subject(entry.text("subject")) is not Subject.CANDIDATE:
        return False
    words = f"{entry.text('name')} {entry.values.get('question') or ''}".lower()
    return test is ConditionKind.RESIDENCE or (
        test is ConditionKind.DECLARED and any(word in words for word in _RESIDENCE_WORDS)
    )


def _field_needed(entry: Entry, name: str) -> Finding:
    text = Text(
        "Syarat “{entry}” memakai pengujian {test}, yang memerlukan kolom “{name}”. Tambahkan.",
        entry=entry.id,
        test=entry.text("test"),
        name=name,
    )
    return _error("eligibility.field-needed", text, entry)


def _wrong_subject(entry: Entry) -> Finding:
    text = Text(
        "Pengujian {test} pada syarat “{entry}” tidak berlaku untuk {subject}.",
        test=entry.text("test"),
        entry=entry.id,
        subject=entry.text("subject"),
    )
    return _error("eligibility.wrong-subject", text, entry)


def _half_transition(entry: Entry) -> Finding:
    text = Text(
        "Masa peralihan pada “{entry}” belum lengkap: tulis transition_terms_max dan "
        "transition_before, atau hapus keduanya.",
        entry=entry.id,
    )
    return _error("eligibility.half-transition", text, entry)


def _residence_not_required(entry: Entry) -> Finding:
    text = Text(
        "Syarat “{entry}” meminta calon bertempat tinggal di desa. Menurut {ruling} syarat itu "
        "tidak mengikat; sistem tidak menolak calon karenanya. Hapus syarat ini.",
        entry=entry.id,
        ruling=RESIDENCE_RULING,
    )
    return Finding(
        code="eligibility.candidate-residence",
        severity=Severity.WARNING,
        text=text,
        subject=entry.id,
        line=entry.line,
        article=RESIDENCE_RULING,
    )


def _error(code: str, text: Text, entry: Entry) -> Finding:
    return Finding(
        code=code,
        severity=Severity.ERROR,
        text=text,
        subject=entry.id,
        line=entry.line,
        article=entry.article,
    )


def _optional(
    name: str, kind: FieldKind, help_text: Text, *, minimum: int | None = None
) -> FieldSpec:
    return FieldSpec(name=name, kind=kind, help=help_text, required=False, minimum=minimum)


def _choice(
    name: str, help_text: Text, kind: type[StrEnum], *, default: StrEnum | None = None
) -> FieldSpec:
    return FieldSpec(
        name=name,
        kind=FieldKind.CHOICE,
        help=help_text,
        required=default is None,
        default=None if default is None else default.value,
        choices=tuple(item.value for item in kind),
    )


def _optional_choice(name: str, help_text: Text, kind: type[StrEnum]) -> FieldSpec:
    return FieldSpec(
        name=name,
        kind=FieldKind.CHOICE,
        help=help_text,
        required=False,
        choices=tuple(item.value for item in kind),
    )


SECTION = Section(
    name="eligibility",
    rules=(
        _choice(
            "age.leap_birthday",
            Text("Hari ulang tahun kelahiran 29 Februari pada tahun biasa: 03-01 atau 02-28."),
            LeapBirthday,
        ),
    ),
    tables=(
        TableSpec(
            name="eligibility",
            help=Text("Satu syarat calon kepala desa atau pemilih, dalam urutan daftar periksa."),
            fields=(
                _choice("subject", Text("Untuk siapa: candidate atau voter."), Subject),
                FieldSpec("name", FieldKind.TEXT, Text("Bunyi syarat secara singkat.")),
                _choice("test", Text("Cara menguji syarat ini."), ConditionKind),
                _choice(
                    "due",
                    Text("Paling lambat dipenuhi saat pendaftaran atau saat penetapan."),
                    Due,
                    default=Due.REGISTRATION,
                ),
                _choice(
                    "counted_on",
                    Text("Hari untuk menghitung usia atau lama tinggal."),
                    CountedOn,
                    default=CountedOn.REGISTRATION,
                ),
                _optional(
                    "years", FieldKind.INTEGER, Text("Usia atau ancaman pidana, tahun."), minimum=1
                ),
                _optional("months", FieldKind.INTEGER, Text("Lama tinggal, bulan."), minimum=1),
                _optional_choice("level", Text("Pendidikan paling rendah."), Education),
                _optional(
                    "after_release_years",
                    FieldKind.INTEGER,
                    Text("Jeda setelah selesai menjalani pidana, tahun."),
                    minimum=0,
                ),
                _optional(
                    "terms_max", FieldKind.INTEGER, Text("Paling banyak masa jabatan."), minimum=1
                ),
                FieldSpec(
                    "inter_term_counts",
                    FieldKind.BOOLEAN,
                    Text("Apakah jabatan antarwaktu dihitung satu masa jabatan."),
                    required=False,
                    default=True,
                ),
                _optional(
                    "transition_terms_max",
                    FieldKind.INTEGER,
                    Text("Masa peralihan: paling banyak masa jabatan bagi yang memenuhinya."),
                    minimum=1,
                ),
                _optional(
                    "transition_before",
                    FieldKind.DATE,
                    Text("Masa peralihan: masa jabatan yang dimulai sebelum tanggal ini."),
                ),
                _optional_choice("office", Text("Jabatan yang memerlukan izin atau cuti."), Office),
                _choice(
                    "exclusion",
                    Text("Apakah kelompok ini dikecualikan: excluded, allowed, undecided."),
                    Exclusion,
                    default=Exclusion.UNDECIDED,
                ),
                _optional("question", FieldKind.TEXT, Text("Pertanyaan syarat daerah.")),
            ),
        ),
        TableSpec(
            name="document",
            help=Text(
                "Satu dokumen dalam berkas calon atau pemilih dan syarat yang dibuktikannya."
            ),
            fields=(
                FieldSpec("name", FieldKind.TEXT, Text("Nama dokumen.")),
                FieldSpec("proves", FieldKind.TEXTS, Text("Id syarat yang dibuktikan.")),
                _optional("group", FieldKind.TEXT, Text("Dokumen sekelompok saling menggantikan.")),
                _choice(
                    "when",
                    Text("Selalu diminta, atau hanya bila pengecualian dipakai."),
                    When,
                    default=When.ALWAYS,
                ),
                _optional("issued_by", FieldKind.TEXT, Text("Siapa yang menerbitkan.")),
            ),
        ),
    ),
    checks=(check_conditions, check_documents),
)
