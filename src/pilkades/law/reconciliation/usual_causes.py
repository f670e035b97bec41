"""The usual cause of each breach, for when the digits themselves give no hint.

Law: none; experience of trainers and of stations that counted again. For each identity and
direction (more, less) a sentence on what usually happened and one on where to look first.
"""

from collections.abc import Mapping

from pilkades.law.reconciliation.figures import StatementFigures, label_field
from pilkades.law.reconciliation.identities import Mismatch
from pilkades.text import Text

_USUAL: Mapping[tuple[str, bool], tuple[Text, Text]] = {
    ("registered_total", True): (
        Text("Biasanya: salah jumlah, atau pemilih tambahan belum masuk jumlah."),
        Text("Cocokkan dengan rekap DPT TPS ini: laki-laki, perempuan, jumlah."),
    ),
    ("registered_total", False): (
        Text("Biasanya: salah jumlah, atau satu halaman DPT terlewat."),
        Text("Cocokkan dengan rekap DPT TPS ini: laki-laki, perempuan, jumlah."),
    ),
    ("users_by_category", True): (
        Text("Biasanya: seorang pemilih tercatat dalam dua golongan."),
        Text("Hitung ulang daftar hadir per golongan: DPT, TPS lain, di luar DPT."),
    ),
    ("users_by_category", False): (
        Text("Biasanya: satu golongan pemilih belum diisi, atau daftar hadir belum lengkap."),
        Text("Hitung ulang daftar hadir per golongan: DPT, TPS lain, di luar DPT."),
    ),
    ("users_within_registered", True): (
        Text("Biasanya: pemilih tambahan belum dicatat golongannya, atau salah tulis jumlah."),
        Text("Periksa daftar hadir: nama tanpa nomor DPT dan nama yang tercatat dua kali."),
    ),
    ("users_equal_used", True): (
        Text("Biasanya: daftar hadir belum lengkap, atau surat suara rusak ikut dihitung."),
        Text("Hitung ulang surat suara di kotak dan potongan undangan yang diterima."),
    ),
    ("users_equal_used", False): (
        Text("Biasanya: pemilih tercatat dua kali, atau tidak memasukkan surat suara ke kotak."),
        Text("Periksa daftar hadir, lalu cari surat suara di bilik dan di luar kotak."),
    ),
    ("users_equal_votes", True): (
        Text("Biasanya: lembar ganda terhitung dua kali, atau daftar hadir belum lengkap."),
        Text("Hitung ulang surat suara di kotak, mulai dari tumpukan {pile}."),
    ),
    ("users_equal_votes", False): (
        Text("Biasanya: ada surat suara yang belum dihitung, atau pemilih tercatat dua kali."),
        Text("Periksa dasar kotak dan lembar yang melekat, mulai dari tumpukan {pile}."),
    ),
    ("ballots_received", True): (
        Text("Biasanya: surat suara yang dikembalikan ikut dihitung sebagai digunakan atau sisa."),
        Text("Hitung ulang sisa surat suara dan amplop surat suara rusak dan keliru coblos."),
    ),
    ("ballots_received", False): (
        Text("Biasanya: surat suara cadangan (2%) atau yang dikembalikan belum dihitung."),
        Text("Hitung ulang sisa surat suara dan amplop surat suara rusak dan keliru coblos."),
    ),
    ("candidates_equal_valid", True): (
        Text("Biasanya: suara tidak sah masuk ke tumpukan calon, atau salah jumlah."),
        Text("Jumlahkan lagi suara semua calon dari plano, mulai dari tumpukan {pile}."),
    ),
    ("candidates_equal_valid", False): (
        Text("Biasanya: satu baris calon belum ikut dijumlahkan, atau salah jumlah."),
        Text("Jumlahkan lagi suara semua calon dari plano, mulai dari tumpukan {pile}."),
    ),
    ("votes_total", True): (
        Text("Biasanya: salah jumlah, atau kotak jumlah diisi suara sah saja."),
        Text("Jumlahkan lagi suara sah dan suara tidak sah."),
    ),
    ("votes_total", False): (
        Text("Biasanya: salah jumlah, atau suara tidak sah belum diisi."),
        Text("Jumlahkan lagi suara sah dan suara tidak sah."),
    ),
    ("replacements_within_users", True): (
        Text("Biasanya: surat suara sisa tercatat sebagai dikembalikan."),
        Text("Hitung ulang amplop surat suara rusak dan keliru coblos."),
    ),
    ("disabled_within_users", True): (
        Text("Biasanya: semua pemilih difabel dalam DPT dihitung, juga yang tidak hadir."),
        Text("Hitung ulang tanda difabel pada daftar hadir."),
    ),
    ("votes_fit_boxes", True): (
        Text("Biasanya: angka bergeser satu kotak, atau kotak calon lain ikut terbaca."),
        Text("Lihat kotak angka pada plano dan bandingkan dengan hurufnya."),
    ),
}


def usual_cause(*, mismatch: Mismatch, figures: StatementFigures) -> tuple[Text, Text]:
    """The usual cause of this breach in this direction, and the place to look."""
    cause, look = _USUAL[mismatch.identity, mismatch.difference > 0]
    special = _special(mismatch, figures)
    return special or cause, Text(look.template, pile=_first_pile(figures))


def _special(mismatch: Mismatch, figures: StatementFigures) -> Text | None:
    """A difference that equals another figure of the same statement names its own cause."""
    if mismatch.identity == "candidates_equal_valid":
        for candidate in figures.candidates:
            if candidate.votes and abs(mismatch.difference) == candidate.votes:
                return Text(
                    "Selisihnya sama dengan {field}: biasanya suara itu belum ikut dijumlahkan, "
                    "atau terhitung dua kali.",
                    field=label_field(f"votes.{candidate.number}"),
                )
        if figures.invalid and mismatch.difference == -figures.invalid:
            return Text("Biasanya: suara tidak sah ikut dihitung dalam jumlah suara sah.")
    if mismatch.identity == "users_within_registered" and len(mismatch.fields) == 1:
        return Text("Biasanya: pemilih dalam DPT tercatat pada golongan yang keliru.")
    if mismatch.identity == "votes_total" and figures.total == figures.valid:
        return Text("Biasanya: kotak jumlah diisi suara sah saja.")
    return None


def _first_pile(figures: StatementFigures) -> Text:
    """The pile to count first: one whose digits, words or marks disagree, else the largest."""
    doubtful = [
        c
        for c in figures.candidates
        if (c.words is not None and c.words != c.votes)
        or (c.marks is not None and c.marks != c.votes)
    ]
    piles = doubtful or list(figures.candidates)
    if not piles:
        return Text("suara tidak sah")
    largest = max(piles, key=lambda c: (c.votes, -c.number))
    if largest.number == 0:
        return Text("kolom kosong")
    return Text("calon {number}", number=largest.number)
