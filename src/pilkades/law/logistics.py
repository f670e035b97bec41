"""What an election needs, counted from the roll by the formulas of the pack (kebutuhan logistik).

Law: Permendagri 112/2014 names the equipment of a vote (ballots, boxes, booths, ink, forms) and
leaves the quantities to the regency, so every quantity is an entry of the pack: one formula with
its numbers, its article and how sure that is. Rounding is always up, station by station, so that
nobody stands at a table where half a ballot is left. Prices stand in `logistics_budget`, what
happens to a sealed package in `logistics_custody`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from pilkades.law.pack import Entry, RulePack, Status
from pilkades.text import Text

TABLE = "material"
BALLOTS = "ballots"


class Basis(StrEnum):
    """What a formula counts (dasar hitungan)."""

    ELECTION = "election"
    VENUES = "venues"
    STATIONS = "stations"
    VOTERS = "voters"
    CANDIDATES = "candidates"
    OFFICERS = "officers"
    MEMBERS = "members"
    SECURITY = "security"
    COMMITTEE = "committee"
    HAMLETS = "hamlets"
    ITEM = "item"


class Scope(StrEnum):
    """Where a formula is applied: to every station by itself, or once to the village."""

    STATION = "station"
    VILLAGE = "village"


class Kind(StrEnum):
    """What money is spent on: goods, pay for people, or an activity."""

    GOODS = "goods"
    HONORARIUM = "honorarium"
    ACTIVITY = "activity"


class Packing(StrEnum):
    """In which package of a station a thing travels (kemasan); loose things are in none."""

    BALLOTS = "ballots"
    DOCUMENTS = "documents"
    EQUIPMENT = "equipment"
    LOOSE = "loose"


class Unit(StrEnum):
    """How a thing is counted (satuan)."""

    SHEET = "sheet"
    PIECE = "piece"
    BOTTLE = "bottle"
    SET = "set"
    COPY = "copy"
    PERSON = "person"
    PORTION = "portion"
    TIMES = "times"


UNIT_NAMES: Mapping[Unit, Text] = {
    Unit.SHEET: Text("lembar"),
    Unit.PIECE: Text("buah"),
    Unit.BOTTLE: Text("botol"),
    Unit.SET: Text("set"),
    Unit.COPY: Text("rangkap"),
    Unit.PERSON: Text("orang"),
    Unit.PORTION: Text("porsi"),
    Unit.TIMES: Text("kali"),
}
BASIS_NAMES: Mapping[Basis, Text] = {
    Basis.ELECTION: Text("pemilihan"),
    Basis.VENUES: Text("tempat pemungutan"),
    Basis.STATIONS: Text("TPS"),
    Basis.VOTERS: Text("pemilih"),
    Basis.CANDIDATES: Text("calon"),
    Basis.OFFICERS: Text("petugas TPS"),
    Basis.MEMBERS: Text("petugas TPS selain ketua"),
    Basis.SECURITY: Text("petugas keamanan"),
    Basis.COMMITTEE: Text("anggota panitia"),
    Basis.HAMLETS: Text("dusun"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """One thing that is needed, and the formula that says how many (barang atau jasa).

    Quantity = `fixed` + `each` for every `per` of the basis, begun ones counted whole; at least
    `minimum`; then the spare, in percent, rounded up.
    """

    id: str
    name: str
    kind: Kind
    unit: Unit
    scope: Scope
    basis: Basis
    item: str = ""
    each: int = 1
    per: int = 1
    fixed: int = 0
    minimum: int = 0
    spare_percent: Decimal = Decimal(0)
    packing: Packing = Packing.LOOSE
    is_returned: bool = False
    needed_by: str = ""
    article: str = ""
    status: Status = Status.UNVERIFIED


@dataclass(frozen=True, slots=True)
class StationFacts:
    """One station (TPS) as the formulas see it: an id and how many voters are on its roll."""

    id: str
    voters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageFacts:
    """What the formulas count. Officers and security are those of one station."""

    stations: tuple[StationFacts, ...]
    venues: int = 0
    candidates: int = 0
    officers: int = 0
    security: int = 0
    committee: int = 0
    hamlets: int = 0


@dataclass(frozen=True, slots=True)
class Amount:
    """How many, the spare apart, and the sum that gave it."""

    quantity: int
    spare: int
    why: Text

    @property
    def total(self) -> int:
        return self.quantity + self.spare


@dataclass(frozen=True, slots=True)
class BillLine:
    """One thing with its amount for each station, or for the village as a whole."""

    material: Material
    by_station: Mapping[str, Amount]
    for_village: Amount | None = None

    @property
    def total(self) -> int:
        amounts = [*self.by_station.values(), *([self.for_village] if self.for_village else [])]
        return sum(amount.total for amount in amounts)

    @property
    def spare(self) -> int:
        amounts = [*self.by_station.values(), *([self.for_village] if self.for_village else [])]
        return sum(amount.spare for amount in amounts)


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialRules:
    """All things of the pack in their order (daftar kebutuhan)."""

    materials: tuple[Material, ...]

    @classmethod
    def from_pack(cls, pack: RulePack) -> "MaterialRules":
        """Read the table `[[material]]`; a pack that is older than the table has none."""
        return cls(materials=tuple(_read(entry, pack) for entry in pack.table(TABLE)))

    def find(self, material_id: str) -> Material | None:
        return next((item for item in self.materials if item.id == material_id), None)


def compute_bill(*, rules: MaterialRules, facts: VillageFacts) -> tuple[BillLine, ...]:
    """The bill of materials: every thing of the pack with its amount, station by station.

    Law: Permendagri 112/2014 (perlengkapan pemungutan suara) gives no quantities; pack table
    `[[material]]`, and `station.spare_ballots_percent` for the spare ballots. Each station is
    rounded up by itself, so that the village never has less than the sum of its stations.
    """
    lines: dict[str, BillLine] = {}
    for material in rules.materials:
        lines[material.id] = _line(material, facts, lines)
    return tuple(lines.values())


def estimate_stations(*, voters: int, voters_max: int) -> tuple[StationFacts, ...]:
    """Stations as they would be: the fewest that the pack's maximum allows, filled evenly.

    Law: Permendagri 112/2014; pack field `station.voters_max`. Used for a budget that has to be
    handed in before the roll is divided; the larger shares come first.
    """
    if voters <= 0:
        return ()
    count = -(-voters // voters_max)
    share, rest = divmod(voters, count)
    return tuple(
        StationFacts(id=f"{place + 1}", voters=share + (1 if place < rest else 0))
        for place in range(count)
    )


def explain_formula(material: Material) -> Text:
    """The formula in one sentence, as it stands in the pack."""
    counted = Text(
        "{each} {unit} untuk setiap {per} {basis}",
        each=material.each,
        unit=UNIT_NAMES[material.unit],
        per=material.per,
        basis=_name_basis(material),
    )
    return Text(
        "{counted}; tetap {fixed}; paling sedikit {minimum}; cadangan {spare} persen. Dibulatkan "
        "ke atas {scope}.",
        counted=counted,
        fixed=material.fixed,
        minimum=material.minimum,
        spare=material.spare_percent,
        scope=Text("untuk setiap TPS sendiri-sendiri")
        if material.scope is Scope.STATION
        else Text("untuk seluruh desa"),
    )


def _line(material: Material, facts: VillageFacts, lines: Mapping[str, BillLine]) -> BillLine:
    if material.scope is Scope.VILLAGE:
        count = _count_village(material, facts, lines)
        return BillLine(material, {}, compute_amount(material, count))
    return BillLine(
        material,
        {
            station.id: compute_amount(material, _count_station(material, station, facts, lines))
            for station in facts.stations
        },
    )


def compute_amount(material: Material, count: int) -> Amount:
    """The formula of one thing for a count of its basis.

    Law: silent on rounding; begun units are counted whole and so is the spare.
    """
    needed = material.fixed + -(-count * material.each // material.per)
    quantity = max(needed, material.minimum)
    share = Fraction(quantity) * Fraction(material.spare_percent) / 100
    spare = -(-share.numerator // share.denominator)
    why = Text(
        "{count} {basis} × {each} ÷ {per} + {fixed} = {needed}; dipakai {quantity} (paling sedikit "
        "{minimum}); cadangan {percent} persen = {spare}; jumlah {total}.",
        count=count,
        basis=_name_basis(material),
        each=material.each,
        per=material.per,
        fixed=material.fixed,
        needed=needed,
        quantity=quantity,
        minimum=material.minimum,
        percent=material.spare_percent,
        spare=spare,
        total=quantity + spare,
    )
    return Amount(quantity, spare, why)


def _count_station(
    material: Material,
    station: StationFacts,
    facts: VillageFacts,
    lines: Mapping[str, BillLine],
) -> int:
    match material.basis:
        case Basis.VOTERS:
            return station.voters
        case Basis.CANDIDATES:
            return facts.candidates
        case Basis.OFFICERS:
            return facts.officers
        case Basis.MEMBERS:
            return max(0, facts.officers - 1)
        case Basis.SECURITY:
            return facts.security
        case Basis.ITEM:
            return lines[material.item].by_station[station.id].total
        case _:
            return 1


def _count_village(material: Material, facts: VillageFacts, lines: Mapping[str, BillLine]) -> int:
    stations: Sequence[StationFacts] = facts.stations
    match material.basis:
        case Basis.VOTERS:
            return sum(station.voters for station in stations)
        case Basis.STATIONS:
            return len(stations)
        case Basis.VENUES:
            return facts.venues
        case Basis.CANDIDATES:
            return facts.candidates
        case Basis.OFFICERS:
            return facts.officers * len(stations)
        case Basis.MEMBERS:
            return max(0, facts.officers - 1) * len(stations)
        case Basis.SECURITY:
            return facts.security * len(stations)
        case Basis.COMMITTEE:
            return facts.committee
        case Basis.HAMLETS:
            return facts.hamlets
        case Basis.ITEM:
            return lines[material.item].total
        case Basis.ELECTION:
            return 1


def _name_basis(material: Material) -> Text:
    if material.basis is Basis.ITEM:
        return Text("barang “{item}”", item=material.item)
    return BASIS_NAMES[material.basis]


def _read(entry: Entry, pack: RulePack) -> Material:
    rule_id = entry.text("spare_rule")
    return Material(
        id=entry.id,
        name=entry.text("name"),
        kind=Kind(entry.text("kind")),
        unit=Unit(entry.text("unit")),
        scope=Scope(entry.text("scope")),
        basis=Basis(entry.text("basis")),
        item=entry.text("item"),
        each=entry.integer("each"),
        per=entry.integer("per"),
        fixed=entry.integer("fixed"),
        minimum=entry.integer("minimum"),
        spare_percent=pack.decimal(rule_id) if rule_id else entry.decimal("spare_percent"),
        packing=Packing(entry.text("packing")),
        is_returned=entry.boolean("is_returned"),
        needed_by=entry.text("needed_by"),
        article=entry.article,
        status=entry.status,
    )
