"""What a rule pack may say about requirements and documents, and what would make no sense.

The closed lists come from `rules`; here stand the fields, their explanations for the lawyer who
writes a pack, and the checks of a merged pack (a missing parameter, a requirement of residence
that the Constitutional Court has set aside, a document that proves nothing).
"""

from collections.abc import Iterator

from pilkades.law.ages import LeapBirthday
from pilkades.law.eligibility.facts import Education, Office
from pilkades.law.eligibility.rules import (
    RESIDENCE_RULING,
    ConditionKind,
    CountedOn,
    Due,
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
    ConditionKind.NO_SERIOUS_CONVICTION: ("years", "after_release_years"),
    ConditionKind.RELEASED: ("office",),
    ConditionKind.DECLARED: ("question",),
}
CANDIDATE_TESTS = tuple(
    kind
    for kind in ConditionKind
    if kind
    not in {
        ConditionKind.RESIDENCE,
        ConditionKind.NOT_INCAPACITATED,
        ConditionKind.NOT_MILITARY,
    }
)


def check_conditions(pack: RulePack) -> Iterator[Finding]:
    """Requirements that cannot be tested, and a residence requirement that no longer holds."""
    for entry in pack.table("eligibility"):
        test = ConditionKind(entry.text("test"))
        for name in NEEDED_FIELDS.get(test, ()):
            if not entry.has(name):
                yield _field_needed(pack, entry, name)
        if entry.has("transition_terms_max") != entry.has("transition_before"):
            yield _half_transition(pack, entry)
        if _asks_residence(entry, test):
            yield _residence_not_required(pack, entry)


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
                yield _error(pack, "eligibility.document-proves", text, entry)


def _asks_residence(entry: Entry, test: ConditionKind) -> bool:
    words = f"{entry.text('name')} {entry.values.get('question') or ''}".lower()
    return test is ConditionKind.DECLARED and any(word in words for word in _RESIDENCE_WORDS)


def _field_needed(pack: RulePack, entry: Entry, name: str) -> Finding:
    text = Text(
        "Syarat “{entry}” memakai pengujian {test}, yang memerlukan kolom “{name}”. Tambahkan.",
        entry=entry.id,
        test=entry.text("test"),
        name=name,
    )
    return _error(pack, "eligibility.field-needed", text, entry)


def _half_transition(pack: RulePack, entry: Entry) -> Finding:
    text = Text(
        "Masa peralihan pada “{entry}” belum lengkap: tulis transition_terms_max dan "
        "transition_before, atau hapus keduanya.",
        entry=entry.id,
    )
    return _error(pack, "eligibility.half-transition", text, entry)


def _residence_not_required(pack: RulePack, entry: Entry) -> Finding:
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
        line=pack.line_of(entry),
        article=RESIDENCE_RULING,
    )


def _error(pack: RulePack, code: str, text: Text, entry: Entry) -> Finding:
    return Finding(
        code=code,
        severity=Severity.ERROR,
        text=text,
        subject=entry.id,
        line=pack.line_of(entry),
        article=entry.article,
    )


_K = FieldKind
SECTION = Section(
    name="eligibility",
    rules=(
        FieldSpec(
            "age.leap_birthday",
            _K.CHOICE,
            Text("hari ulang tahun kelahiran 29 Februari pada tahun biasa: 03-01 atau 02-28"),
            choices=tuple(LeapBirthday),
        ),
    ),
    tables=(
        TableSpec(
            "eligibility",
            Text("satu syarat calon kepala desa, dalam urutan daftar periksa"),
            (
                FieldSpec("name", _K.TEXT, Text("bunyi syarat secara singkat")),
                FieldSpec("name_en", _K.TEXT, Text("bunyi dalam bahasa Inggris"), False, ""),
                FieldSpec(
                    "test",
                    _K.CHOICE,
                    Text("cara menguji syarat; declared untuk syarat daerah dengan pertanyaan"),
                    choices=tuple(CANDIDATE_TESTS),
                ),
                FieldSpec(
                    "due",
                    _K.CHOICE,
                    Text("paling lambat dipenuhi: registration atau determination"),
                    False,
                    Due.REGISTRATION.value,
                    choices=tuple(Due),
                ),
                FieldSpec(
                    "counted_on",
                    _K.CHOICE,
                    Text("hari umur atau jeda dihitung, misalnya registration"),
                    False,
                    CountedOn.REGISTRATION.value,
                    choices=tuple(CountedOn),
                ),
                FieldSpec("years", _K.INTEGER, Text("umur atau ancaman pidana"), False, minimum=1),
                FieldSpec(
                    "level",
                    _K.CHOICE,
                    Text("pendidikan paling rendah, misalnya SMP"),
                    False,
                    choices=tuple(Education),
                ),
                FieldSpec(
                    "after_release_years",
                    _K.INTEGER,
                    Text("jeda setelah selesai menjalani pidana, dalam tahun"),
                    False,
                    minimum=0,
                ),
                FieldSpec(
                    "inter_term_counts",
                    _K.BOOLEAN,
                    Text("true bila jabatan antarwaktu dihitung satu masa jabatan"),
                    False,
                    True,
                ),
                FieldSpec(
                    "transition_terms_max",
                    _K.INTEGER,
                    Text("paling banyak masa jabatan bagi yang memenuhi peralihan"),
                    False,
                    minimum=1,
                ),
                FieldSpec(
                    "transition_before",
                    _K.DATE,
                    Text("peralihan berlaku bagi masa jabatan yang dimulai sebelum tanggal ini"),
                    False,
                ),
                FieldSpec(
                    "office",
                    _K.CHOICE,
                    Text("jabatan yang memerlukan cuti, izin atau pengunduran diri"),
                    False,
                    choices=tuple(Office),
                ),
                FieldSpec("question", _K.TEXT, Text("pertanyaan untuk syarat declared"), False),
                FieldSpec(
                    "question_en", _K.TEXT, Text("pertanyaan dalam bahasa Inggris"), False, ""
                ),
            ),
        ),
        TableSpec(
            "document",
            Text("satu dokumen dalam berkas calon dan syarat yang dibuktikannya"),
            (
                FieldSpec("name", _K.TEXT, Text("nama dokumen")),
                FieldSpec("name_en", _K.TEXT, Text("nama dalam bahasa Inggris"), False, ""),
                FieldSpec("proves", _K.TEXTS, Text("id syarat yang dibuktikan")),
                FieldSpec("group", _K.TEXT, Text("dokumen sekelompok saling menggantikan"), False),
                FieldSpec(
                    "when",
                    _K.CHOICE,
                    Text("always, atau exception: hanya bila pengecualian dipakai"),
                    False,
                    When.ALWAYS.value,
                    choices=tuple(When),
                ),
                FieldSpec("issued_by", _K.TEXT, Text("siapa yang menerbitkan"), False),
                FieldSpec(
                    "issued_by_en", _K.TEXT, Text("penerbit dalam bahasa Inggris"), False, ""
                ),
            ),
        ),
    ),
    checks=(check_conditions, check_documents),
)
