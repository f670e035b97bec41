"""What a rule pack may write about branches and steps, and which of it cannot work.

The fields of `[[branch]]` and `[[step]]` with their explanations for lawyers, and the checks of a
merged pack: unknown anchors, circles of anchors, unknown branches, steps without a length.
"""

from collections.abc import Iterator, Mapping

from pilkades.law.calendar import CountMode
from pilkades.law.findings import Finding, Severity
from pilkades.law.pack import Entry, RulePack
from pilkades.law.packspec import FieldKind, FieldSpec, Section, TableSpec
from pilkades.law.timesteps import OWNERS, POLL, STAGES, Direction, Edge, Pick
from pilkades.text import Text


def _check_branches(pack: RulePack) -> Iterator[Finding]:
    known = {entry.id for entry in pack.table("branch")}
    for entry in pack.table("branch"):
        wanted = [entry.text("within"), *entry.texts("excludes")]
        yield from _unknown_branches(pack, entry, wanted, known)
    for entry in pack.table("step"):
        yield from _unknown_branches(
            pack, entry, [entry.text("branch"), *entry.texts("unless")], known
        )


def _unknown_branches(
    pack: RulePack, entry: Entry, wanted: list[str], known: set[str]
) -> Iterator[Finding]:
    for branch in wanted:
        if branch and branch not in known:
            text = Text(
                "Cabang “{branch}” pada “{id}” tidak dikenal. Tambahkan [[branch]] dengan nama "
                "itu, atau perbaiki namanya.",
                branch=branch,
                id=entry.id,
            )
            yield Finding(
                "timetable.unknown-branch",
                Severity.ERROR,
                text,
                entry.id,
                pack.line_of(entry),
                entry.article,
                refers_to=branch,
            )


def _check_anchors(pack: RulePack) -> Iterator[Finding]:
    known = {entry.id for entry in pack.table("step")}
    for entry in pack.table("step"):
        for field in ("anchor", "finish_before", "start_after"):
            for written in entry.texts(field):
                yield from _check_anchor(pack, entry, field, written, known)
        yield from _check_shape(pack, entry)


def _check_anchor(
    pack: RulePack, entry: Entry, field: str, written: str, known: set[str]
) -> Iterator[Finding]:
    step_id, dot, edge = written.partition(".")
    place = (entry.id, pack.line_of(entry), entry.article)
    if written != POLL and (step_id == POLL or not dot or edge not in tuple(Edge)):
        text = Text(
            "{field} = “{written}” tidak terbaca. Tulis “poll”, atau nama tahapan diikuti .start "
            "atau .end, misalnya “registration.end”.",
            field=field,
            written=written,
        )
        yield Finding("timetable.anchor-form", Severity.ERROR, text, *place)
    elif step_id not in known and written != POLL:
        text = Text(
            "Tahapan “{step}” yang disebut pada {field} “{id}” tidak ada. Periksa namanya atau "
            "tambahkan tahapan itu.",
            step=step_id,
            field=field,
            id=entry.id,
        )
        yield Finding("timetable.unknown-anchor", Severity.ERROR, text, *place, refers_to=step_id)


def _check_shape(pack: RulePack, entry: Entry) -> Iterator[Finding]:
    """Exactly one way of placing the start, and a length or one bound."""
    place = (entry.id, pack.line_of(entry), entry.article)
    if bool(entry.texts("anchor")) == entry.has("anchor_date"):
        text = Text(
            "“{id}” harus punya tepat satu patokan: anchor (tahapan lain atau “poll”) atau "
            "anchor_date (tanggal tetap).",
            id=entry.id,
        )
        yield Finding("timetable.anchor-count", Severity.ERROR, text, *place)
    is_open = not entry.has("days")
    if is_open and (
        len(entry.texts("finish_before")) != 1 or entry.text("direction") != Direction.FORWARD
    ):
        text = Text(
            "“{id}” tidak punya lama (days). Tulis days, atau satu finish_before dengan arah "
            "forward sebagai batas akhirnya.",
            id=entry.id,
        )
        yield Finding("timetable.no-length", Severity.ERROR, text, *place)


def _check_conditional_anchors(pack: RulePack) -> Iterator[Finding]:
    """A certain step that hangs only on steps of branches that may never be taken."""
    if pack.boolean("timetable.reserve_branches"):
        return
    branches = {entry.id: entry.text("branch") for entry in pack.table("step")}
    for entry in pack.table("step"):
        anchored_in = {branches.get(a.partition(".")[0], "") for a in entry.texts("anchor")}
        if entry.text("branch") or not anchored_in or "" in anchored_in:
            continue
        text = Text(
            "“{id}” selalu dilaksanakan, tetapi patokannya hanya tahapan bersyarat yang mungkin "
            "tidak terjadi. Tambahkan patokan lain, atau tulis timetable.reserve_branches = true.",
            id=entry.id,
        )
        yield Finding(
            "timetable.anchor-conditional",
            Severity.WARNING,
            text,
            entry.id,
            pack.line_of(entry),
            entry.article,
        )


def _check_circles(pack: RulePack) -> Iterator[Finding]:
    """Anchors that lead back to their own step; each circle is told once, at its first step."""
    needs = {entry.id: _needs(entry) for entry in pack.table("step")}
    told: set[str] = set()
    for entry in pack.table("step"):
        circle = find_circle(start=entry.id, needs=needs)
        if circle is None or told & set(circle):
            continue
        told.update(circle)
        text = Text(
            "Patokan berputar: {circle}. Jangkarkan salah satunya pada tahapan lain atau pada "
            "hari pemungutan (“poll”).",
            circle=" → ".join([*circle, circle[0]]),
        )
        yield Finding(
            "timetable.anchor-cycle",
            Severity.ERROR,
            text,
            entry.id,
            pack.line_of(entry),
            entry.article,
        )


def _needs(entry: Entry) -> tuple[str, ...]:
    fields = ("anchor",) if entry.has("days") else ("anchor", "finish_before")
    written = (name for field in fields for name in entry.texts(field))
    return tuple(dict.fromkeys(name.partition(".")[0] for name in written))


def find_circle(*, start: str, needs: Mapping[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    """The chain of anchors from a step back to itself, None where there is none."""
    trail: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while trail:
        path = trail.pop()
        for following in needs.get(path[-1], ()):
            if following == start:
                return path
            if following not in seen:
                seen.add(following)
                trail.append((*path, following))
    return None


_K = FieldKind
SECTION = Section(
    name="timetable",
    rules=(
        FieldSpec(
            "timetable.reserve_branches",
            _K.BOOLEAN,
            Text("true bila waktu perpanjangan dan seleksi selalu disediakan dalam jadwal"),
        ),
        FieldSpec(
            "timetable.poll_day_rule",
            _K.CHOICE,
            Text("not_holiday (bukan hari libur), day_off (harus hari libur), atau any (bebas)"),
            choices=("not_holiday", "day_off", "any"),
        ),
        FieldSpec(
            "timetable.notice_months_before_term_end",
            _K.INTEGER,
            Text("berapa bulan sebelum masa jabatan berakhir BPD memberi tahu kepala desa"),
            minimum=0,
            maximum=24,
        ),
    ),
    tables=(
        TableSpec(
            "branch",
            Text("cabang: keadaan yang menambah atau menggugurkan tahapan"),
            (
                FieldSpec("name", _K.TEXT, Text("nama cabang")),
                FieldSpec("name_en", _K.TEXT, Text("nama dalam bahasa Inggris")),
                FieldSpec("within", _K.TEXT, Text("cabang induknya"), False, "", may_be_empty=True),
                FieldSpec(
                    "excludes",
                    _K.TEXTS,
                    Text("cabang yang tidak mungkin bersamaan"),
                    False,
                    (),
                    may_be_empty=True,
                ),
            ),
        ),
        TableSpec(
            "step",
            Text("tahapan pemilihan menurut urutan cetaknya"),
            (
                FieldSpec("name", _K.TEXT, Text("nama tahapan menurut peraturan")),
                FieldSpec("name_en", _K.TEXT, Text("nama dalam bahasa Inggris")),
                FieldSpec("stage", _K.CHOICE, Text("tahap induknya"), choices=STAGES),
                FieldSpec("owner", _K.CHOICE, Text("siapa yang melaksanakan"), choices=OWNERS),
                FieldSpec(
                    "branch",
                    _K.TEXT,
                    Text("cabang yang menghidupkannya; kosong bila selalu"),
                    False,
                    "",
                    may_be_empty=True,
                ),
                FieldSpec(
                    "unless",
                    _K.TEXTS,
                    Text("cabang yang menggugurkannya"),
                    False,
                    (),
                    may_be_empty=True,
                ),
                FieldSpec(
                    "anchor",
                    _K.TEXTS,
                    Text("patokan: “poll”, “tahapan.start” atau “tahapan.end”"),
                    False,
                    (),
                ),
                FieldSpec("anchor_date", _K.DATE, Text("tanggal tetap menurut SK"), False),
                FieldSpec(
                    "pick",
                    _K.CHOICE,
                    Text("bila patokan lebih dari satu: latest atau earliest"),
                    False,
                    Pick.LATEST.value,
                    choices=tuple(Pick),
                ),
                FieldSpec(
                    "direction",
                    _K.CHOICE,
                    Text("forward (maju dari patokan) atau backward (mundur dari patokan)"),
                    False,
                    Direction.FORWARD.value,
                    choices=tuple(Direction),
                ),
                FieldSpec(
                    "count_anchor_day",
                    _K.BOOLEAN,
                    Text("true bila hari patokan ikut dihitung sebagai hari pertama"),
                ),
                FieldSpec(
                    "wait_days",
                    _K.INTEGER,
                    Text("jeda hari sebelum mulai (boleh minus untuk mulai lebih dulu)"),
                    False,
                    0,
                    minimum=-400,
                    maximum=400,
                ),
                FieldSpec(
                    "count",
                    _K.CHOICE,
                    Text("working (hari kerja) atau calendar (hari kalender)"),
                    choices=tuple(CountMode),
                ),
                FieldSpec("days", _K.INTEGER, Text("lamanya"), False, minimum=1, maximum=400),
                FieldSpec(
                    "finish_before",
                    _K.TEXTS,
                    Text("harus selesai sebelum patokan ini"),
                    False,
                    (),
                    may_be_empty=True,
                ),
                FieldSpec(
                    "start_after",
                    _K.TEXTS,
                    Text("baru boleh mulai sesudah patokan ini"),
                    False,
                    (),
                    may_be_empty=True,
                ),
            ),
        ),
    ),
    checks=(_check_branches, _check_anchors, _check_conditional_anchors, _check_circles),
)
