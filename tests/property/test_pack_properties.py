"""Laws of rule packs: overlays merge as promised, and no text whatever breaks the checker."""

from contextlib import suppress
from datetime import date, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from pilkades.errors import PilkadesError
from pilkades.law.findings import has_errors
from pilkades.law.pack import RulePack
from pilkades.law.packcheck import read_pack_text
from pilkades.law.packdiff import diff_packs
from pilkades.law.packmerge import PackDraft, merge_draft
from pilkades.law.packread import PackReader
from pilkades.law.packsource import read_source
from pilkades.law.timetable import compute_timetable
from pilkades.packfiles import read_pack

NATIONAL = read_pack("nasional")
QUICK = settings(max_examples=40, deadline=None)
HEADER = """\
[pack]
format = 1
id = "{id}"
title = "Uji"
version = "1"
region_code = ""
base = "{base}"
effective = 2026-01-01
"""
SAMPLE = (
    HEADER.format(id="uji", base="nasional")
    + """
# Sebuah tahapan, sebuah libur, sebuah aturan.
[[rule]]
id = "timetable.reserve_branches"
value = true
article = "Perda 1/2026 pasal 1"
status = "verified"

[[rule]]
id = "station.opens_at"
value = 07:30:00
article = 'Perda 1/2026 pasal 2'
status = "secondary"
note = \"\"\"
Dua
baris\"\"\"

[[holiday]]
id = "fair"
date = 2026-09-09
name = "Pasar malam"
name_en = "Fair"
kind = "local"
article = "Perda 1/2026 pasal 3"
status = "unverified"

[[step]]
id = "oath"
name = "Sumpah"
name_en = "Oath"
stage = "persiapan"
owner = "bpd"
anchor = ["registration.end", "poll"]
pick = "earliest"
count_anchor_day = false
count = "working"
days = 3
finish_before = "campaign.start"
article = "Perda 1/2026 pasal 4"
status = "verified"
"""
)
TEXTS = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=0, max_size=12
)
SNIPPETS = st.sampled_from(
    [
        *("[", "]", "[[", "]]", '"', '"""', "'", "'''", "=", "#", "{", "}", "\\", "\n", "\r", "\0"),
        *("[[step]]", "[pack]", "2026-02-30", "25:61:00", "9" * 400, "1e999", "nan", "true", "id"),
    ]
)


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """The sample with a few pieces cut out, doubled, or replaced by something else."""
    text = SAMPLE
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        stop = min(len(text), start + draw(st.integers(0, 30)))
        piece = draw(st.one_of(st.just(""), SNIPPETS, TEXTS, st.just(text[start:stop] * 2)))
        text = text[:start] + piece + text[stop:]
    return text


@st.composite
def without_or_doubled_lines(draw: st.DrawFn) -> str:
    lines = SAMPLE.splitlines()
    for _ in range(draw(st.integers(1, 5))):
        place = draw(st.integers(0, len(lines) - 1))
        if draw(st.booleans()):
            del lines[place]
        else:
            lines.insert(draw(st.integers(0, len(lines))), lines[place])
    return "\n".join(lines)


def judge(data: bytes) -> None:
    """Findings with lines, or a pack that can be used: nothing else, and never a crash."""
    reading = read_pack_text(data, base=NATIONAL)
    lines = data.count(b"\n") + 1
    assert (reading.pack is None) == has_errors(reading.findings)
    for finding in reading.findings:
        assert 1 <= finding.line <= lines
        assert str(finding.text).strip()
    if reading.pack is not None:
        with suppress(PilkadesError):
            compute_timetable(pack=reading.pack, poll_date=date(2026, 11, 23))


def test_the_sample_itself_is_sound() -> None:
    assert not has_errors(read_pack_text(SAMPLE.encode(), base=NATIONAL).findings)


@QUICK
@given(mangled())
def test_a_mangled_pack_gives_findings_or_parses(text: str) -> None:
    judge(text.encode("utf-8", "surrogatepass"))


@QUICK
@given(without_or_doubled_lines())
def test_a_pack_with_lines_lost_or_doubled_gives_findings_or_parses(text: str) -> None:
    judge(text.encode())


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300))
@example(b"[pack]\nid = 1979-13-01")
@example(b"[[pack]]\n[[pack]]\n")
@example(b"pack = 3")
@example(b"[pack]\n[rule.x]\ny = 1\n")
@example(b"[rule]\nid = 'a'\n[pack]\nid='x'\n")
def test_any_bytes_give_findings_or_parse(data: bytes) -> None:
    reading = read_pack_text(data, base=NATIONAL)
    assert reading.pack is not None or has_errors(reading.findings)


# --- merging ---


def holiday_block(holiday_id: str, day: date, remove: bool) -> str:
    lines = ["[[holiday]]", f'id = "{holiday_id}"', 'article = "x"', 'status = "verified"']
    if remove:
        return "\n".join([*lines, "remove = true", ""])
    own = [f"date = {day}", 'name = "Libur"', 'name_en = "Holiday"', 'kind = "local"', ""]
    return "\n".join(lines + own)


KNOWN_IDS = [entry.id for entry in NATIONAL.table("holiday")]


@st.composite
def changes(draw: st.DrawFn) -> list[tuple[str, date, bool]]:
    """Holidays replaced, removed or new, each id once and each day far from all others."""
    ids = draw(st.lists(st.sampled_from([*KNOWN_IDS, *(f"new{n}" for n in range(8))]), unique=True))
    days = [date(2029, 1, 1) + timedelta(days=n) for n in range(len(ids))]
    removals = [draw(st.booleans()) and item in KNOWN_IDS for item in ids]
    return list(zip(ids, days, removals, strict=True))


def laid_upon(base: RulePack, rows: list[tuple[str, date, bool]], pack_id: str) -> RulePack:
    text = HEADER.format(id=pack_id, base=base.id) + "\n".join(holiday_block(*row) for row in rows)
    reader = PackReader()
    reader.read(read_source(data=text.encode()))
    assert reader.findings == []
    pack, findings = merge_draft(draft=PackDraft(reader.header, tuple(reader.rows)), base=base)
    assert findings == []
    return pack


@QUICK
@given(changes())
def test_what_an_overlay_does_not_name_stays_as_it_is_in_its_order(
    rows: list[tuple[str, date, bool]],
) -> None:
    merged = laid_upon(NATIONAL, rows, "uji")
    named = {row[0] for row in rows}
    kept = [entry for entry in merged.table("holiday") if entry.id not in named]
    assert kept == [entry for entry in NATIONAL.table("holiday") if entry.id not in named]
    assert merged.rules == NATIONAL.rules


@QUICK
@given(changes())
def test_what_an_overlay_says_holds(rows: list[tuple[str, date, bool]]) -> None:
    merged = laid_upon(NATIONAL, rows, "uji")
    found = {entry.id: entry.day("date") for entry in merged.table("holiday")}
    for holiday_id, day, is_removed in rows:
        assert found.get(holiday_id) == (None if is_removed else day)
    assert len(merged.table("holiday")) == len(found)


@QUICK
@given(changes())
def test_laying_the_same_replacements_again_changes_nothing(
    rows: list[tuple[str, date, bool]],
) -> None:
    replacements = [row for row in rows if not row[2]]
    once = laid_upon(NATIONAL, replacements, "satu")
    twice = laid_upon(once, replacements, "dua")
    assert diff_packs(once, twice) == ()


@QUICK
@given(changes())
def test_the_difference_names_exactly_the_rows_of_the_overlay(
    rows: list[tuple[str, date, bool]],
) -> None:
    found = diff_packs(NATIONAL, laid_upon(NATIONAL, rows, "uji"))
    assert {change.id for change in found} == {row[0] for row in rows}
