"""What a demo village needs for the day: places surveyed, prices, deliveries, packages, letters."""

from decimal import Decimal

from pilkades.apps.logistics.models import Package
from pilkades.apps.logistics.services.custody import ScanInput, record_scan
from pilkades.apps.logistics.services.deliveries import record_delivery
from pilkades.apps.logistics.services.outreach import record_meeting
from pilkades.apps.logistics.services.packages import prepare_packages
from pilkades.apps.logistics.services.plans import set_prices
from pilkades.apps.logistics.services.sites import approve_venue, record_survey
from pilkades.apps.regions.models import Hamlet
from pilkades.apps.roll.models import Delivery
from pilkades.apps.roll.services.invitations import issue_invitations, report_delivery
from pilkades.demo.listing import list_voters
from pilkades.demo.staffing import list_venues
from pilkades.demo.village import CHAIR, SECRETARY, VillagePlay
from pilkades.law.logistics import MaterialRules
from pilkades.law.logistics_custody import CustodyAct
from pilkades.law.sites import SiteAnswer, SiteRules

MEASURES = {"door_width": "95", "wheelchair_path": "120", "floor_area": "80", "distance": "1"}
PRICES = (350, 12_500, 45_000, 7_500, 1_200, 150_000, 25_000, 60_000)


def survey_venues(village: VillagePlay) -> None:
    """Every place is looked at and fixed, but the last, which somebody still has to finish."""
    criteria = SiteRules.from_pack(village.context.pack).criteria
    met = {item.id: SiteAnswer.MET for item in criteria if not item.is_measured}
    *ready, last = list_venues(village)
    for venue in (*ready, last):
        answers = dict(met)
        if venue == last:
            answers[next(iter(met))] = SiteAnswer.UNCHECKED
        survey = record_survey(
            actor=village.actor(SECRETARY),
            now=village.now,
            venue_uuid=venue.uuid,
            expected_serial=0,
            surveyed_on=village.now.date(),
            surveyors=f"{village.name_of(CHAIR)}, {village.name_of(SECRETARY)}",
            answers=answers,
            measures={key: Decimal(value) for key, value in MEASURES.items()},
            note="",
        )
        if venue != last:
            approve_venue(
                actor=village.actor(CHAIR),
                now=village.now,
                venue_uuid=venue.uuid,
                expected_serial=survey.serial,
            )


def price_everything(village: VillagePlay) -> None:
    """Prices for every line of the bill of materials."""
    materials = MaterialRules.from_pack(village.context.pack).materials
    set_prices(
        actor=village.actor(SECRETARY),
        now=village.now,
        election_pk=village.election_pk,
        expected_version=0,
        prices={item.id: PRICES[place % len(PRICES)] for place, item in enumerate(materials)},
    )


def receive_goods(village: VillagePlay) -> None:
    """Ballots and boxes have come; ink is promised for the eve."""
    for item_id, quantity, source, has_arrived in (
        ("ballots", 1_540, "Percetakan Garuda, Blitar", True),
        ("ballot_boxes", 4, "Gudang DPMD Kabupaten Blitar", True),
        ("booths", 10, "Gudang DPMD Kabupaten Blitar", True),
        ("ink", 8, "Toko ATK Srengat", False),
    ):
        record_delivery(
            actor=village.actor(SECRETARY),
            now=village.now,
            election_pk=village.election_pk,
            item_id=item_id,
            quantity=quantity,
            source=source,
            expected_date=village.now.date().replace(day=20),
            has_arrived=has_arrived,
        )


def tell_people(village: VillagePlay) -> None:
    """Two evenings in the hamlets."""
    for place, hamlet in enumerate(Hamlet.objects.filter(village_id=village.code)[:2]):
        record_meeting(
            actor=village.actor(CHAIR),
            now=village.now,
            election_pk=village.election_pk,
            place=f"Balai Dusun {hamlet.name}",
            held_on=village.now.date(),
            hamlet_uuid=hamlet.uuid,
            attendees=48 + 9 * place,
            households=31 + 5 * place,
            topic="Cara memilih dan surat suara yang sah",
        )


def issue_letters(village: VillagePlay) -> None:
    """Every voter gets an invitation."""
    issue_invitations(
        actor=village.actor(CHAIR), now=village.now, election_uuid=village.election_uuid
    )


def carry_letters(village: VillagePlay, *, count: int) -> None:
    """The first letters are handed over; every ninth voter is not at home."""
    for place, entry in enumerate(list_voters(village)[:count]):
        is_away = place % 9 == 8
        report_delivery(
            actor=village.actor(SECRETARY),
            now=village.now,
            entry_uuid=entry.uuid,
            expected=Delivery.OPEN,
            delivery=Delivery.ABSENT if is_away else Delivery.DELIVERED,
            receiver="" if is_away else entry.full_name,
        )


def seal_packages(village: VillagePlay) -> None:
    """Packages are made up and sealed, each by two people."""
    prepare_packages(actor=village.actor(CHAIR), now=village.now, election_pk=village.election_pk)
    for package in list_packages(village):
        _scan(village, package, CustodyAct.SEAL, SECRETARY, CHAIR, f"Balai Desa {village.name}")


def hand_over_half(village: VillagePlay) -> None:
    """Every second package goes to the store of the village guard; the others still wait."""
    for package in list_packages(village)[::2]:
        _scan(village, package, CustodyAct.HAND_OVER, CHAIR, "linmas", "Ruang simpan balai desa")


def list_packages(village: VillagePlay) -> list[Package]:
    """The packages by their numbers."""
    return list(Package.objects.filter(election__uuid=village.election_uuid).order_by("number"))


def _scan(
    village: VillagePlay, package: Package, act: CustodyAct, giver: str, taker: str, place: str
) -> None:
    record_scan(
        actor=village.actor(CHAIR),
        now=village.now,
        package_uuid=package.uuid,
        expected_version=package.version,
        scan=ScanInput(
            act=act,
            giver=village.name_of(giver),
            taker=village.name_of(taker),
            place=place,
            seals=(f"PK-{package.number:03d}",),
        ),
    )
