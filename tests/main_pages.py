"""The main pages of the demo regency: what people open every day, and as whom.

The benchmark of the pages and the test of their queries walk through the same list.
"""

from dataclasses import dataclass

from pilkades.apps.accounts.models import User
from pilkades.apps.elections.models import Candidacy, Election, Wave
from pilkades.apps.regulations.models import PackVersion

QUERIES_MAX = 15
KUNINGAN, TLOGO, SAWENTAR = "35.05.10.2012", "35.05.10.2006", "35.05.10.2011"
POJOK, JATINOM = "35.05.11.2001", "35.05.10.2002"


@dataclass(frozen=True, slots=True)
class MainPage:
    """A page by the words of the screen, its address, and whose it is; empty: anybody's."""

    name: str
    path: str
    username: str = ""


def fill_addresses() -> dict[str, str]:
    """What stands between braces in the addresses, as this play of the demo made it."""
    pack = PackVersion.objects.filter(pack_id="blitar-2026").latest("proposed_at")
    return {
        "wave": str(Wave.objects.get(name="Pilkades serentak 2026").uuid),
        "election": str(Election.objects.get(village_id=KUNINGAN).uuid),
        "file": str(Candidacy.objects.filter(election__village_id=JATINOM).earliest("pk").uuid),
        "own": str(Candidacy.objects.get(user__username="ratna.kuningan").uuid),
        "person": str(User.objects.get(username="ketua.jatinom").uuid),
        "pack": str(pack.uuid),
    }


_DESK = "hadi"
_ROOM = f"/ruang/{JATINOM}/"
MAIN_PAGES = (
    MainPage("halaman depan", "/"),
    MainPage("halaman desa", f"/desa/{KUNINGAN}/"),
    MainPage("halaman desa, undian", f"/desa/{KUNINGAN}/undian/"),
    MainPage("halaman gelombang", "/gelombang/{wave}/"),
    MainPage("data terbuka desa", f"/desa/{KUNINGAN}/data.json"),
    MainPage("buku catatan", "/ledger/"),
    MainPage("cari desa", "/wilayah/?q=kuningan"),
    MainPage("masuk", "/akun/masuk/"),
    MainPage("hubungkan HP", "/hubungkan/"),
    MainPage("akun saya", "/akun/saya/", _DESK),
    MainPage("orang dan peran", "/orang/", _DESK),
    MainPage("satu orang", "/orang/{person}/", _DESK),
    MainPage("aturan", "/aturan/", _DESK),
    MainPage("satu paket aturan", "/aturan/versi/{pack}/", _DESK),
    MainPage("ruang panitia kabupaten", "/panitia/", _DESK),
    MainPage("gelombang", "/panitia/gelombang/{wave}/", _DESK),
    MainPage("papan", "/panitia/gelombang/{wave}/papan/", _DESK),
    MainPage("tenggat", "/panitia/gelombang/{wave}/alarm/", _DESK),
    MainPage("kalender", "/panitia/gelombang/{wave}/kalender/", _DESK),
    MainPage("andai", "/panitia/gelombang/{wave}/andai/", _DESK),
    MainPage("jadwal dan SK", "/panitia/gelombang/{wave}/sk/", _DESK),
    MainPage("pilih desa", "/panitia/gelombang/{wave}/desa/", _DESK),
    MainPage("jadwal satu desa", "/panitia/desa/{election}/", _DESK),
    MainPage("satu tahapan", "/panitia/desa/{election}/tahapan/registration/", _DESK),
    MainPage("jalur satu desa", "/panitia/desa/{election}/jalur/", _DESK),
    MainPage("kotak masuk", "/kotak-masuk/", _DESK),
    MainPage("kotak masuk camat", "/kotak-masuk/", "camat.kanigoro"),
    MainPage("jejak audit", "/jejak-audit/", "inspektorat"),
    MainPage("langkah berikutnya", _ROOM, "ketua.jatinom"),
    MainPage("panitia", f"{_ROOM}panitia/", "ketua.jatinom"),
    MainPage("bakal calon", f"{_ROOM}berkas/", "ketua.jatinom"),
    MainPage("satu berkas", f"{_ROOM}berkas/{{file}}/", "ketua.jatinom"),
    MainPage("pengumuman", f"{_ROOM}pengumuman/", "ketua.jatinom"),
    MainPage("masukan", f"{_ROOM}masukan/", "ketua.jatinom"),
    MainPage("jalur", f"{_ROOM}jalur/", "ketua.jatinom"),
    MainPage("dusun", f"{_ROOM}dusun/", "ketua.jatinom"),
    MainPage("seleksi tambahan", f"/ruang/{TLOGO}/seleksi/", "ketua.tlogo"),
    MainPage("undian", f"/ruang/{SAWENTAR}/undian/", "ketua.sawentar"),
    MainPage("cetak coba", f"/ruang/{KUNINGAN}/cetak-coba/", "ketua.kuningan"),
    MainPage("musyawarah", f"/ruang/{POJOK}/musyawarah/", "bpd.pojok"),
    MainPage("laporan", f"/ruang/{POJOK}/laporan/", "bpd.pojok"),
    MainPage("berkas sendiri", f"/ruang/{KUNINGAN}/berkas/{{own}}/", "ratna.kuningan"),
)
