"""Slowing those who flood a form that needs no account, never locking a place out.

Two counts: of the place (a shared hotspot sends many honest forms, so a score are free in an hour
and each further one waits two minutes at most) and of the words (the same words again wait longer
each time, from wherever they come). Only keyed digests are kept, in memory, and for an hour: no
address is stored. Behind a proxy that hides addresses all visitors are one place.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from pilkades.apps.accounts.throttle import (
    compute_place_wait_seconds,
    compute_wait_seconds,
    compute_words_wait_seconds,
)
from pilkades.errors import PilkadesError
from pilkades.text import Text

MEMORY_SECONDS = 3600


class TooManyFormsError(PilkadesError):
    """This place, or these words, have to wait; `wait_seconds` says how long."""

    def __init__(self, code: str, text: Text, wait_seconds: int) -> None:
        super().__init__(code, text)
        self.wait_seconds = wait_seconds


@dataclass(frozen=True, slots=True)
class _Sent:
    count: int
    last_at: datetime


def admit_form(*, form: str, network: str, words: str, now: datetime) -> Callable[[], None]:
    """Let a form pass, or say how long to wait; call the answer once the form is stored.

    `now` is real time, also where a rehearsal stands at a moment of its own.

    Raises: TooManyFormsError; a form that is refused is not counted.
    """
    place = _digest(form, "place", network)
    same = _digest(form, "words", "".join(c for c in words.casefold() if c.isalnum()))

    _require_rest(place, compute_place_wait_seconds, now, code="form.place", text=_say_place)
    _require_rest(same, compute_words_wait_seconds, now, code="form.words", text=_say_words)

    def count() -> None:
        for key in (place, same):
            sent = cache.get(key)
            stored = _Sent(sent.count + 1 if sent else 1, now)
            cache.set(key, stored, MEMORY_SECONDS)

    return count


def admit_guess(*, form: str, network: str, target: str, now: datetime) -> Callable[[], None]:
    """Let a question about a person pass, or say how long to wait; call the answer after a miss.

    Counted like a form by its place, and by what is asked for (`target`, such as all but the last
    digits of a number) from wherever the guesses come; who is found at once never waits.

    Raises: TooManyFormsError.
    """
    place, aim = _digest(form, "place", network), _digest(form, "target", target)

    _require_rest(place, compute_place_wait_seconds, now, code="form.place", text=_say_guesses)
    _require_rest(aim, compute_wait_seconds, now, code="form.target", text=_say_guesses)

    def count() -> None:
        for key in (place, aim):
            sent = cache.get(key)
            stored = _Sent(sent.count + 1 if sent else 1, now)
            cache.set(key, stored, MEMORY_SECONDS)

    return count


def _require_rest(
    key: str,
    compute_wait: Callable[[int], int],
    now: datetime,
    *,
    code: str,
    text: Callable[[int], Text],
) -> None:
    sent: _Sent | None = cache.get(key)
    if sent is None:
        return
    until = sent.last_at + timedelta(seconds=compute_wait(sent.count))
    if now < until:
        seconds = max(1, round((until - now) / timedelta(seconds=1)))
        raise TooManyFormsError(code, text(seconds), seconds)


def _say_place(seconds: int) -> Text:
    return Text(
        "Banyak kiriman datang dari jaringan ini. Tunggu {seconds} detik, lalu kirim lagi; "
        "tulisan Anda masih ada di bawah. Jaringan ini tidak diblokir.",
        seconds=seconds,
    )


def _say_guesses(seconds: int) -> Text:
    return Text(
        "Terlalu banyak pencarian yang tidak cocok. Tunggu {seconds} detik, lalu coba lagi; "
        "periksa angka NIK di KTP atau KK Anda.",
        seconds=seconds,
    )


def _say_words(seconds: int) -> Text:
    return Text(
        "Tulisan yang sama persis sudah diterima. Bila ini dari orang lain, tulis dengan kata-kata "
        "sendiri, atau tunggu {seconds} detik lalu kirim lagi. Yang sudah diterima tidak hilang.",
        seconds=seconds,
    )


def _digest(form: str, kind: str, value: str) -> str:
    digest = salted_hmac("pilkades.accounts.forms", f"{form}:{kind}:{value}", algorithm="sha256")
    return f"form:{digest.hexdigest()}"
