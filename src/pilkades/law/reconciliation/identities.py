"""The identities of a statement, each one small function with a permanent name.

Law: the fields of the statement of count and Permendagri 112/2014 Pasal 39 (replacements). An
identity compares what is written in one place with what is written in another; it never says which
of the two is right.

Left out on purpose: why an identity is broken (`causes`) and how much that weighs (the pack).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pilkades.law.reconciliation.equations import EQUATIONS
from pilkades.law.reconciliation.figures import (
    CandidateFigures,
    StatementFigures,
    label_field,
)
from pilkades.law.reconciliation.rules import ReconciliationRules
from pilkades.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """One breach of an identity: what was compared, by how much it differs, in words."""

    identity: str
    fields: tuple[str, ...]
    difference: int
    text: Text


Identity = Callable[[StatementFigures, ReconciliationRules], Iterable[Mismatch]]


def registered_total(figures: StatementFigures, rules: ReconciliationRules) -> Iterable[Mismatch]:
    """Men and women on the roll add up to the registered voters (L + P = jumlah)."""
    return _compare("registered_total", figures)


def users_by_category(figures: StatementFigures, rules: ReconciliationRules) -> Iterable[Mismatch]:
    """Users from the roll, from elsewhere and unlisted add up to all users."""
    return _compare("users_by_category", figures)


def users_within_registered(
    figures: StatementFigures, rules: ReconciliationRules
) -> Iterator[Mismatch]:
    """No more users than registered voters and the extra voters that the pack allows.

    Law: fields `roll.unlisted_voters_allowed`, `admission.other_station`; a category
    that is not allowed gives no room, so that its voters show up as an excess.
    """
    elsewhere = figures.users_elsewhere if rules.voters_elsewhere_allowed else 0
    unlisted = figures.users_unlisted if rules.voters_unlisted_allowed else 0
    limit = figures.registered_total + elsewhere + unlisted
    if figures.users_total > limit:
        yield Mismatch(
            identity="users_within_registered",
            fields=("users_total", "registered_total", "users_elsewhere", "users_unlisted"),
            difference=figures.users_total - limit,
            text=Text(
                "Pemilih yang hadir ({users}) lebih {difference} dari pemilih terdaftar beserta "
                "tambahan yang dibolehkan ({limit}).",
                users=figures.users_total,
                difference=figures.users_total - limit,
                limit=limit,
            ),
        )
    yield from _disallowed(
        figures.users_elsewhere, rules.voters_elsewhere_allowed, "users_elsewhere"
    )
    yield from _disallowed(figures.users_unlisted, rules.voters_unlisted_allowed, "users_unlisted")


def users_equal_used(figures: StatementFigures, rules: ReconciliationRules) -> Iterable[Mismatch]:
    """One ballot used for each voter who came."""
    return _compare("users_equal_used", figures)


def users_equal_votes(figures: StatementFigures, rules: ReconciliationRules) -> Iterable[Mismatch]:
    """Valid and invalid votes are as many as the voters who came."""
    return _compare("users_equal_votes", figures)


def ballots_received(figures: StatementFigures, rules: ReconciliationRules) -> Iterable[Mismatch]:
    """Ballots received are used, returned or left over."""
    return _compare("ballots_received", figures)


def candidates_equal_valid(
    figures: StatementFigures, rules: ReconciliationRules
) -> Iterable[Mismatch]:
    """The votes of all candidates add up to the valid votes."""
    return _compare("candidates_equal_valid", figures)


def votes_total(figures: StatementFigures, rules: ReconciliationRules) -> Iterable[Mismatch]:
    """Valid and invalid votes add up to the total that is written."""
    return _compare("votes_total", figures)


def words_equal_digits(figures: StatementFigures, rules: ReconciliationRules) -> Iterator[Mismatch]:
    """Every figure that is written in words says the same in digits."""
    written = (
        *((f"votes.{c.number}", c.votes, c.words) for c in figures.candidates if _differs(c)),
        ("valid", figures.valid, figures.valid_words),
        ("invalid", figures.invalid, figures.invalid_words),
        ("total", figures.total, figures.total_words),
    )
    for field, digits, words in written:
        if words is not None and words != digits:
            yield Mismatch(
                identity="words_equal_digits",
                fields=(field,),
                difference=digits - words,
                text=Text(
                    "Angka dan huruf tidak sama pada {field}: angka {digits}, huruf {words}.",
                    field=label_field(field),
                    digits=digits,
                    words=words,
                ),
            )


def marks_equal_digits(figures: StatementFigures, rules: ReconciliationRules) -> Iterator[Mismatch]:
    """The tally marks on the plano are as many as the digits say."""
    for candidate in figures.candidates:
        if candidate.marks is not None and candidate.marks != candidate.votes:
            field = f"votes.{candidate.number}"
            yield Mismatch(
                identity="marks_equal_digits",
                fields=(field,),
                difference=candidate.votes - candidate.marks,
                text=Text(
                    "Angka dan turus plano tidak sama pada {field}: angka {digits}, turus {marks}.",
                    field=label_field(field),
                    digits=candidate.votes,
                    marks=candidate.marks,
                ),
            )


def replacements_within_users(
    figures: StatementFigures, rules: ReconciliationRules
) -> Iterator[Mismatch]:
    """No more replaced ballots than the voters who came could ask for.

    Law: Permendagri 112/2014 Pasal 39: a damaged ballot is replaced once and a mistaken vote is
    replaced once; fields `replacement.damaged_max`, `replacement.mistaken_max`.
    """
    for field, count, most in (
        ("ballots_damaged", figures.ballots_damaged, rules.replacements_damaged_max),
        ("ballots_mistaken", figures.ballots_mistaken, rules.replacements_mistaken_max),
    ):
        limit = figures.users_total * most
        if count > limit:
            yield Mismatch(
                identity="replacements_within_users",
                fields=(field, "users_total"),
                difference=count - limit,
                text=Text(
                    "Jumlah {field} ({count}) lebih {difference} dari yang mungkin: tiap pemilih "
                    "yang hadir ({users}) boleh mengganti paling banyak {most} kali.",
                    field=label_field(field),
                    count=count,
                    difference=count - limit,
                    users=figures.users_total,
                    most=most,
                ),
            )


def disabled_within_users(
    figures: StatementFigures, rules: ReconciliationRules
) -> Iterator[Mismatch]:
    """Disabled voters who came are among the voters who came."""
    excess = figures.users_disabled - figures.users_total
    if excess > 0:
        yield Mismatch(
            identity="disabled_within_users",
            fields=("users_disabled", "users_total"),
            difference=excess,
            text=Text(
                "Pemilih difabel yang hadir ({disabled}) lebih {difference} dari semua pemilih "
                "yang hadir ({users}).",
                disabled=figures.users_disabled,
                difference=excess,
                users=figures.users_total,
            ),
        )


def votes_fit_boxes(figures: StatementFigures, rules: ReconciliationRules) -> Iterator[Mismatch]:
    """The votes of a candidate fit into the digit boxes of the paper."""
    most = 10**rules.digit_boxes - 1
    for candidate in figures.candidates:
        if candidate.votes > most:
            field = f"votes.{candidate.number}"
            yield Mismatch(
                identity="votes_fit_boxes",
                fields=(field,),
                difference=candidate.votes - most,
                text=Text(
                    "Angka {field} ({digits}) tidak muat dalam {boxes} kotak angka.",
                    field=label_field(field),
                    digits=candidate.votes,
                    boxes=rules.digit_boxes,
                ),
            )


IDENTITIES: Mapping[str, Identity] = {
    "registered_total": registered_total,
    "users_by_category": users_by_category,
    "users_within_registered": users_within_registered,
    "users_equal_used": users_equal_used,
    "users_equal_votes": users_equal_votes,
    "ballots_received": ballots_received,
    "candidates_equal_valid": candidates_equal_valid,
    "votes_total": votes_total,
    "words_equal_digits": words_equal_digits,
    "marks_equal_digits": marks_equal_digits,
    "replacements_within_users": replacements_within_users,
    "disabled_within_users": disabled_within_users,
    "votes_fit_boxes": votes_fit_boxes,
}


def _compare(identity: str, figures: StatementFigures) -> tuple[Mismatch, ...]:
    """Compare the two sides of an equation; nothing comes back where they are equal."""
    equation = EQUATIONS[identity]
    left, right = equation.sum_left(figures), equation.sum_right(figures)
    if left == right:
        return ()
    words = {
        "left": equation.left_name,
        "left_value": left,
        "difference": abs(left - right),
        "right": equation.right_name,
        "right_value": right,
    }
    more = Text("{left} ({left_value}) lebih {difference} dari {right} ({right_value}).", **words)
    less = Text("{left} ({left_value}) kurang {difference} dari {right} ({right_value}).", **words)
    return (
        Mismatch(
            identity=identity,
            fields=(*equation.left, *equation.right),
            difference=left - right,
            text=more if left > right else less,
        ),
    )


def _differs(candidate: CandidateFigures) -> bool:
    return candidate.words is not None and candidate.words != candidate.votes


def _disallowed(count: int, is_allowed: bool, field: str) -> Iterator[Mismatch]:
    if count and not is_allowed:
        yield Mismatch(
            identity="users_within_registered",
            fields=(field,),
            difference=count,
            text=Text(
                "Tercatat {count} {field}, padahal aturan daerah tidak membolehkannya.",
                count=count,
                field=label_field(field),
            ),
        )
