"""The group BELENIOS-2048: a subgroup of prime order q of the integers modulo p.

p has 2048 bits, q 256; both were made by the procedure of FIPS 186-4 (specification, section
"BELENIOS-2048"). An element is its number in 256 bytes, big-endian; its text is the number in
base 10. Exponents may be secret, so GMP's constant-time power is used throughout.
"""

import gmpy2

from pilkades.crypto.groups import Element
from pilkades.errors import MalformedInputError
from pilkades.text import Text

P = gmpy2.mpz(
    "20694785691422546401013643657505008064922989295751104097100884787057374219242717"
    "40192223725449768433812906663313807895840496005438963628979639303877390572280360"
    "59737494276713767776188985898727358650490811670993105358677809800307904916540637"
    "77173764198678527273474476341835600035698305193144284561701911000786737307333564"
    "12397173289791324047457883446826065232797464795113767265869358218004631792207366"
    "88600526271863633860887968821207694323661494910029234443463732221458841005864210"
    "50242120365433561201320481118852408731077014151666200162313177169372189248078507"
    "711827842317498073276598828825169183103125680162072880719"
)
G = gmpy2.mpz(
    "24023526775018522092276877035323999327122876573783649165100753187876632741463532"
    "19320285676155269678799694668298749389095083896573425601900601068477164491735474"
    "13728310461045868131451178164675540052740288984613986453266121505579709716201616"
    "82703128864324566638348636357821061549184199825343151897406581868686511513585764"
    "10138882215396016043228843603930989333662772848406593138406010231675095763777982"
    "66510360682240663507669776402534625377308513317349519424896775405257365904949247"
    "76314759915751987751777114814909204566002054781270547282381409725186398583341157"
    "00568353695553423781475582491896050296680037745308460627"
)
ORDER = 78571733251071885079927659812671450121821421258408794611510081919805623223441
_LENGTH = 256
_DIGITS_MAX = 617
_DECIMALS = frozenset("0123456789")


class Belenios2048:
    """The group that every version of the Belenios tools knows."""

    name = "BELENIOS-2048"
    order = ORDER

    def __init__(self) -> None:
        self.identity = _to_element(gmpy2.mpz(1))
        self.generator = _to_element(G)

    def read(self, text: str) -> Element:
        if not 0 < len(text) <= _DIGITS_MAX or not _DECIMALS.issuperset(text) or text[0] == "0":
            raise MalformedInputError(
                "element-text",
                Text("Unsur grup harus ditulis sebagai bilangan desimal tanpa nol di depan."),
            )
        number = gmpy2.mpz(text)
        if number >= P:
            raise _refuse(text)
        return _to_element(number)

    def decode(self, text: str) -> Element:
        element = self.read(text)
        if gmpy2.powmod(_to_number(element), ORDER, P) != 1:
            raise _refuse(text)
        return element

    def encode(self, element: Element) -> str:
        return str(_to_number(element))

    def power_generator(self, exponent: int) -> Element:
        return self.power(self.generator, exponent)

    def power(self, base: Element, exponent: int) -> Element:
        if not exponent:
            return self.identity
        return _to_element(gmpy2.powmod_sec(_to_number(base), exponent, P))

    def multiply(self, left: Element, right: Element) -> Element:
        return _to_element(_to_number(left) * _to_number(right) % P)

    def divide(self, left: Element, right: Element) -> Element:
        return _to_element(gmpy2.divm(_to_number(left), _to_number(right), P))


def _to_element(number: gmpy2.mpz) -> Element:
    return Element(int(number).to_bytes(_LENGTH, "big"))


def _to_number(element: Element) -> gmpy2.mpz:
    return gmpy2.mpz(int.from_bytes(element, "big"))


def _refuse(text: str) -> MalformedInputError:
    return MalformedInputError(
        "element-group", Text("Nilai {text}… bukan unsur grup BELENIOS-2048.", text=text[:24])
    )
