"""Numbers of invented people: NIK and KK that are well formed, unique and nobody's.

A NIK is region 6 digits, birth ddmmyy (women dd + 40), serial 4; a KK is region 6, day of issue
ddmmyy, serial 4. Every serial lies in 9000-9999, which the registry gives out last (see
`people.py`). The villages of one district take different slots of that range, so that villages
made apart do not give out the same number; numbers of other districts have a range of their own
and are kept in a set.
"""

from datetime import date
from random import Random

from pilkades.synthetic.people import make_nik

FIRST_SERIAL, SLOTS, SLOT_SIZE = 9000, 32, 25
FIRST_FOREIGN = FIRST_SERIAL + SLOTS * SLOT_SIZE
FIRST_SPARE_CARD = FIRST_FOREIGN
LAST_SERIAL = 9999
PHONE_PREFIX = "0810"
"""No list of operators' prefixes that we know holds it; an invented phone should reach nobody."""


class Issuer:
    """Gives out the numbers of one village; `taken` is shared where villages are made together."""

    def __init__(self, *, region_code: str, rng: Random, taken: set[int] | None = None) -> None:
        self.district = region_code.replace(".", "")[:6]
        self._first = FIRST_SERIAL + int(region_code[-2:]) % SLOTS * SLOT_SIZE
        self._rng = rng
        self._given: dict[str, int] = {}
        self._taken = set() if taken is None else taken

    def issue_nik(self, *, birth_date: date, is_female: bool) -> str:
        """The next NIK of the village's own district for that day."""
        nik = make_nik(
            district_digits=self.district, birth_date=birth_date, is_female=is_female, serial=0
        )
        return self._number(nik[:12])

    def issue_foreign_nik(self, *, district: str, birth_date: date, is_female: bool) -> str:
        """A NIK given out in another district (six digits), not yet taken by anybody known."""
        while True:
            serial = self._rng.randint(FIRST_FOREIGN, LAST_SERIAL)
            nik = make_nik(
                district_digits=district, birth_date=birth_date, is_female=is_female, serial=serial
            )
            number = int(nik)
            if number not in self._taken:
                self._taken.add(number)
                return nik

    def issue_kk(self, *, issued: date) -> str:
        return self._number(f"{self.district}{issued:%d%m%y}")

    def _number(self, prefix: str) -> str:
        used = self._given.get(prefix, 0)
        if used >= SLOT_SIZE:
            raise ValueError("a village is too large for its slot of serials")
        self._given[prefix] = used + 1
        # The slot starts elsewhere on every day: with one wrong digit a number should seldom
        # become that of a neighbour.
        start = int(prefix) * 2_654_435_761 >> 16
        return f"{prefix}{self._first + (start + used) % SLOT_SIZE}"


def make_phone(rng: Random) -> str:
    """Twelve digits that look like a mobile number."""
    return f"{PHONE_PREFIX}{int(rng.random() * 1e8):08d}"
