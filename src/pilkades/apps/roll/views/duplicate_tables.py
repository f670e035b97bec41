"""The list of pairs that may be one voter, of a village or of a wave, filtered by reason."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilkades.apps.design.tables import Column, Filter, Table, build_table
from pilkades.apps.design.texts import translate
from pilkades.apps.elections.selectors.villages import name_village
from pilkades.apps.roll.models import DuplicateDecision, DuplicatePair
from pilkades.screening.people import REASON_TEXTS
from pilkades.text import Text

OPEN = "open"
SHOWN_REASONS = 3
STATUS = {"": "warn", "same": "ok", "different": "idle"}
REASON_FILTER = Filter(
    key="alasan",
    title=gettext_lazy("Alasan"),
    options=[("", gettext_lazy("Semua alasan")), *REASON_TEXTS.items()],
    test="reasons__contains",
)
STATE_FILTER = Filter(
    key="keadaan",
    title=gettext_lazy("Keadaan"),
    options=[
        ("", gettext_lazy("Semua keadaan")),
        (OPEN, gettext_lazy("Belum diperiksa")),
        (DuplicateDecision.SAME.value, DuplicateDecision.SAME.label),
        (DuplicateDecision.DIFFERENT.value, DuplicateDecision.DIFFERENT.label),
    ],
    test="state",
)


STATE = Case(When(decision="", then=Value(OPEN)), default=F("decision"), output_field=CharField())


def build_pairs_table(
    request: HttpRequest,
    pairs: QuerySet[DuplicatePair],
    *,
    show: Callable[[UUID], str],
    has_villages: bool = False,
) -> Table:
    """The list of pairs, of a village or of a wave."""
    columns = [
        Column(
            key="nama",
            title=_("Pemilih"),
            value=lambda pair: f"{pair.left.full_name} · {pair.right.full_name}",
            sort="left__full_name",
            is_header=True,
            href=lambda pair: show(pair.uuid),
        ),
        Column(
            key="alasan",
            title=_("Alasan"),
            value=lambda pair: ", ".join(translate(r) for r in list_reasons(pair)[:SHOWN_REASONS]),
        ),
        Column(
            key="kemungkinan",
            title=_("Kemungkinan (%)"),
            value=lambda pair: round(min(pair.probability * 100, 99.9), 1),
            kind="number",
            sort="probability",
        ),
        Column(
            key="keadaan",
            title=_("Keadaan"),
            value=lambda pair: pair.get_decision_display(),
            kind="status",
            status=lambda pair: STATUS[pair.decision],
            sort="decision",
        ),
    ]
    if has_villages:
        columns.insert(1, Column(key="desa", title=_("Desa"), value=_name_villages))
    return build_table(
        caption=_("Pasangan yang mungkin satu orang"),
        columns=columns,
        rows=pairs.annotate(state=STATE),
        query=request.GET,
        filters=[REASON_FILTER, STATE_FILTER],
        search=["left__full_name", "right__full_name"],
    )


def list_reasons(pair: DuplicatePair) -> Sequence[Text]:
    """Why the pair was found, in words."""
    return [REASON_TEXTS[code] for code in pair.reason_codes if code in REASON_TEXTS]


def _name_villages(pair: DuplicatePair) -> str:
    names = (name_village(entry.roll.election.village) for entry in (pair.left, pair.right))
    return " · ".join(names)
