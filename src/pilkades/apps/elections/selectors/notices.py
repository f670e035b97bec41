"""The obligatory public notice of the registration, from the rules of the pack and the dates."""

from dataclasses import dataclass

from pilkades.apps.elections.selectors.registration import REGISTRATION_STEP
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.text import Text

FEE_RULE = "notice.candidate_fee_allowed"


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """What the committee must tell everybody before the registration (pengumuman wajib)."""

    sentences: tuple[Text, ...]
    requirements: tuple[tuple[str, str], ...]
    article: str


def build_public_notice(context: VillageElection) -> PublicNotice:
    """When and where to register, that it costs nothing, and what follows from one applicant or
    from too many."""
    rules, pack = context.candidacy_rules, context.pack
    sentences = [
        *_tell_period(context),
        *_tell_fee(context),
        Text(
            "Calon paling sedikit {least} dan paling banyak {most} orang.",
            least=rules.candidates_min,
            most=rules.candidates_max,
        ),
        _tell_few(context),
        Text(
            "Bila lebih dari {most} bakal calon memenuhi syarat, diadakan seleksi tambahan dengan "
            "penilaian yang diumumkan.",
            most=rules.candidates_max,
        ),
    ]
    conditions = context.eligibility_rules.conditions
    return PublicNotice(
        sentences=tuple(sentences),
        requirements=tuple((item.name, item.article) for item in conditions),
        article=pack.rule(FEE_RULE).article,
    )


def _tell_period(context: VillageElection) -> list[Text]:
    step = context.find_step(REGISTRATION_STEP)
    if step is None:
        return []
    rules = context.registration_rules
    return [
        Text(
            "Pendaftaran bakal calon Kepala Desa {village} dibuka {start} pukul {opens} dan "
            "ditutup {end} pukul {closes}.",
            village=context.village.name,
            start=step.start_date,
            opens=rules.opens_at,
            end=step.end_date,
            closes=rules.closes_at,
        )
    ]


def _tell_fee(context: VillageElection) -> list[Text]:
    if context.pack.boolean(FEE_RULE):
        return []
    return [
        Text(
            "Bakal calon dan calon tidak dipungut biaya apa pun. Siapa pun yang meminta uang "
            "dapat dilaporkan."
        )
    ]


def _tell_few(context: VillageElection) -> Text:
    extensions = [context.find_step(step_id) for step_id in context.candidacy_rules.extensions]
    lengths = [step.days for step in extensions if step is not None]
    if not lengths:
        return Text(
            "Bila hanya satu bakal calon memenuhi syarat, panitia dan BPD bermusyawarah: "
            "pemungutan suara dengan kolom kosong, atau pemilihan batal."
        )
    return Text(
        "Bila bakal calon kurang dari {least}, pendaftaran diperpanjang {lengths} hari. Bila tetap "
        "satu, panitia dan BPD bermusyawarah: pemungutan suara dengan kolom kosong, atau "
        "pemilihan batal.",
        least=context.candidacy_rules.candidates_min,
        lengths=" + ".join(str(days) for days in lengths),
    )
