"""The likely cause of a breach, and where to look first.

Law: none; the sentences follow what trainers teach and what stations got wrong. The strongest
evidence comes first: one figure whose correction heals every breach at once, then a known pattern
in its digits, then the cause that is usual for this identity.

Left out on purpose: any correction. The system proposes where to look; people count again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pilkades.law.reconciliation.equations import EQUATIONS
from pilkades.law.reconciliation.figures import CandidateFigures, StatementFigures, label_field
from pilkades.law.reconciliation.identities import Mismatch
from pilkades.law.reconciliation.patterns import (
    MARKS_PER_BOX,
    MARKS_PER_ROW,
    Pattern,
    describe_pattern,
    find_mark_pattern,
    find_pattern,
)
from pilkades.law.reconciliation.usual_causes import usual_cause
from pilkades.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """One figure whose correction alone would make every equation hold (angka yang dicurigai)."""

    field: str
    written: int
    expected: int
    pattern: Pattern | None
    is_confirmed: bool
    """Words or tally marks of the same statement say the expected figure."""

    is_alone: bool
    """Several equations are broken, and this figure is common to all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a figure probably differs, and what to do about it."""

    cause: Text
    look: Text


def find_suspects(*, figures: StatementFigures, boxes: int) -> tuple[Suspect, ...]:
    """Every single figure that could be the only wrong one, the most likely first."""
    terms = {name: _terms(name, figures) for name in EQUATIONS}
    broken = [name for name, equation in EQUATIONS.items() if equation.difference(figures) != 0]
    if not broken:
        return ()
    sound = {field for name in EQUATIONS if name not in broken for field in terms[name]}
    common = set.intersection(*(set(terms[name]) for name in broken)) - sound
    found = []
    for field in sorted(common):
        corrections = {-EQUATIONS[name].difference(figures) * terms[name][field] for name in broken}
        written = figures.value(field)
        expected = written + min(corrections)
        if len(corrections) == 1 and expected >= 0:
            found.append(
                Suspect(
                    field=field,
                    written=written,
                    expected=expected,
                    pattern=find_pattern(written=written, expected=expected, boxes=boxes),
                    is_confirmed=expected in _second_readings(figures, field),
                    is_alone=len(broken) > 1,
                )
            )
    return tuple(sorted(found, key=lambda s: (_likelihood(s), s.field)))


def explain_mismatch(
    *, mismatch: Mismatch, figures: StatementFigures, suspects: tuple[Suspect, ...], boxes: int
) -> Explanation:
    """Give the likely cause of one breach and the place to look."""
    if mismatch.identity == "words_equal_digits":
        return _explain_words(mismatch, figures, boxes)
    if mismatch.identity == "marks_equal_digits":
        return _explain_marks(mismatch, figures, boxes)
    suspect = _prime_suspect(suspects)
    if suspect is None or suspect.field not in _expand(mismatch.fields, figures):
        cause, look = usual_cause(mismatch=mismatch, figures=figures)
        return Explanation(cause=cause, look=look)
    label = label_field(suspect.field)
    return Explanation(
        cause=_describe(suspect, label),
        look=Text("Bandingkan {field} dengan plano dan daftar hadir.", field=label),
    )


def _prime_suspect(suspects: tuple[Suspect, ...]) -> Suspect | None:
    """The one figure that stands out: the only one, or more likely than all the others."""
    if not suspects:
        return None
    first = suspects[0]
    if len(suspects) == 1:
        return first if first.is_alone or first.pattern or first.is_confirmed else None
    stands_out = _likelihood(first) < _likelihood(suspects[1])
    return first if stands_out and (first.pattern or first.is_confirmed) else None


def _describe(suspect: Suspect, label: Text) -> Text:
    if suspect.pattern is not None:
        return describe_pattern(
            pattern=suspect.pattern,
            field=label,
            written=suspect.written,
            expected=suspect.expected,
        )
    return Text(
        "Biasanya: salah jumlah atau salah tulis pada {field}, tertulis {written}, sedangkan "
        "angka-angka lain menunjukkan {expected}.",
        field=label,
        written=suspect.written,
        expected=suspect.expected,
    )


def _terms(name: str, figures: StatementFigures) -> Mapping[str, int]:
    """Each single figure of an equation with its sign."""
    equation = EQUATIONS[name]
    signed = dict.fromkeys(_expand(equation.left, figures), 1)
    signed.update(dict.fromkeys(_expand(equation.right, figures), -1))
    return signed


def _expand(fields: Iterable[str], figures: StatementFigures) -> tuple[str, ...]:
    expanded: list[str] = []
    for field in fields:
        if field == "votes":
            expanded += [f"votes.{candidate.number}" for candidate in figures.candidates]
        else:
            expanded.append(field)
    return tuple(expanded)


def _second_readings(figures: StatementFigures, field: str) -> tuple[int, ...]:
    if field.startswith("votes."):
        readings: tuple[int | None, ...] = next(
            (c.words, c.marks) for c in figures.candidates if field == f"votes.{c.number}"
        )
    elif field in ("valid", "invalid", "total"):
        readings = (getattr(figures, f"{field}_words"),)
    else:
        readings = ()
    return tuple(reading for reading in readings if reading is not None)


def _likelihood(suspect: Suspect) -> tuple[bool, int]:
    order = [*Pattern, None]
    return not suspect.is_confirmed, order.index(suspect.pattern)


# --- digits, words and marks of one figure ---


def _explain_words(mismatch: Mismatch, figures: StatementFigures, boxes: int) -> Explanation:
    (field,) = mismatch.fields
    digits = figures.value(field)
    words = digits - mismatch.difference
    label = label_field(field)
    look = Text("Lihat plano untuk {field}; perbaiki angka atau huruf yang keliru.", field=label)
    twin = _find_exchanged(field, digits, words, figures)
    if twin is not None:
        cause = Text(
            "Biasanya: baris calon tertukar dengan {twin}, atau angka bergeser satu kolom.",
            twin=label_field(f"votes.{twin.number}"),
        )
        return Explanation(cause=cause, look=look)
    pattern = find_pattern(written=digits, expected=words, boxes=boxes)
    if pattern is None:
        return Explanation(cause=Text("Biasanya: salah salin dari plano."), look=look)
    cause = describe_pattern(pattern=pattern, field=label, written=digits, expected=words)
    return Explanation(cause=cause, look=look)


def _find_exchanged(
    field: str, digits: int, words: int, figures: StatementFigures
) -> CandidateFigures | None:
    """Another candidate whose digits are this one's words and whose words are this one's digits."""
    return next(
        (
            candidate
            for candidate in figures.candidates
            if field != f"votes.{candidate.number}"
            and (candidate.votes, candidate.words) == (words, digits)
        ),
        None,
    )


def _explain_marks(mismatch: Mismatch, figures: StatementFigures, boxes: int) -> Explanation:
    (field,) = mismatch.fields
    digits = figures.value(field)
    marks = digits - mismatch.difference
    label = label_field(field)
    look = Text("Hitung lagi turus {field} pada plano, kotak demi kotak.", field=label)
    written = find_pattern(written=digits, expected=marks, boxes=boxes)
    words = next(c.words for c in figures.candidates if field == f"votes.{c.number}")
    is_digit_error = written is not None and words == marks
    pattern = None if is_digit_error else find_mark_pattern(difference=mismatch.difference)
    if pattern is Pattern.MARK_ROW:
        cause = Text(
            "Biasanya: {rows} baris turus penuh (60) terlewat atau terhitung dua kali.",
            rows=abs(mismatch.difference) // MARKS_PER_ROW,
        )
    elif pattern is Pattern.MARK_BOX:
        cause = Text(
            "Biasanya: {count} kotak turus (5) terlewat atau terhitung dua kali.",
            count=abs(mismatch.difference) // MARKS_PER_BOX,
        )
    elif written is not None:
        cause = describe_pattern(pattern=written, field=label, written=digits, expected=marks)
    else:
        cause = Text("Biasanya: turus yang belum lima terlewat, atau salah jumlah.")
    return Explanation(cause=cause, look=look)
