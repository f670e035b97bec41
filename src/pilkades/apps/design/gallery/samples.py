"""What the gallery shows: invented names, real shapes. Nothing here is read by another page."""

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.http import QueryDict

from pilkades.apps.design.months import Month, MonthEntry, build_month
from pilkades.apps.design.tables import Column, Filter, Table, build_table
from pilkades.apps.design.widgets import DateInput
from pilkades.text import Text

TODAY = date(2026, 9, 10)
MOMENT = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


class MemberForm(forms.Form):
    """Every kind of input once."""

    name = forms.CharField(label="Nama lengkap", help_text="Seperti tertulis di KTP-el.")
    birth_date = forms.DateField(label="Tanggal lahir", widget=DateInput())
    voters = forms.IntegerField(label="Pemilih yang hadir", min_value=0)
    duty = forms.ChoiceField(
        label="Jabatan", choices=[("", "Pilih jabatan"), ("ketua", "Ketua"), ("anggota", "Anggota")]
    )
    decision = forms.ChoiceField(
        label="Hasil pemeriksaan",
        widget=forms.RadioSelect,
        choices=[("lengkap", "Berkas lengkap"), ("kurang", "Ada yang kurang")],
    )
    papers = forms.MultipleChoiceField(
        label="Berkas yang diterima",
        widget=forms.CheckboxSelectMultiple,
        choices=[("ijazah", "Ijazah"), ("skck", "SKCK"), ("sehat", "Surat sehat")],
        required=False,
    )
    decree = forms.FileField(label="Surat keputusan", help_text="PDF atau foto, paling besar 5 MB.")
    note = forms.CharField(label="Catatan", widget=forms.Textarea, required=False)
    is_agreed = forms.BooleanField(label="Saya sudah membaca ketentuan ini")


def empty_form() -> MemberForm:
    return MemberForm(auto_id="baru_%s")


def refused_form() -> MemberForm:
    """The same form sent back with what is wrong."""
    data = QueryDict(mutable=True)
    data.update(
        {
            "name": "Sari Wulandari",
            "voters": "-4",
            "birth_date_day": "31",
            "birth_date_month": "2",
            "decision": "kurang",
        }
    )
    return MemberForm(data, auto_id="salah_%s")


def steps() -> list[dict[str, Any]]:
    names = ("Persiapan", "Pencalonan", "Pemungutan suara", "Penetapan")
    states = ("done", "current", "todo", "todo")
    return [{"title": n, "state": s} for n, s in zip(names, states, strict=True)]


def tasks() -> list[dict[str, Any]]:
    return [
        {
            "title": Text("Periksa berkas {count} bakal calon", count=3),
            "href": "#periksa",
            "owner": "Panitia pemilihan desa",
            "due": date(2026, 9, 14),
            "article": "Pasal 28 ayat (2)",
            "state": "next",
            "note": "Dua orang memeriksa tiap berkas.",
        },
        {
            "title": "Umumkan pendaftaran bakal calon",
            "owner": "Panitia pemilihan desa",
            "due": date(2026, 9, 1),
            "article": "Pasal 25",
            "state": "todo",
            "is_late": True,
        },
        {
            "title": "Terima laporan panitia",
            "owner": "BPD",
            "due": date(2026, 12, 1),
            "article": "Pasal 44",
            "state": "waiting",
        },
        {"title": "Bentuk panitia pemilihan", "owner": "BPD", "state": "done"},
    ]


def moments() -> list[dict[str, Any]]:
    return [
        {
            "title": "Pembentukan panitia",
            "start_date": date(2026, 7, 6),
            "end_date": date(2026, 7, 15),
            "state": "done",
            "article": "Pasal 9",
        },
        {
            "title": "Pendaftaran bakal calon",
            "start_date": date(2026, 8, 20),
            "end_date": date(2026, 9, 2),
            "state": "current",
            "article": "Pasal 25 ayat (1)",
            "why": why(),
        },
        {
            "title": "Perpanjangan pendaftaran",
            "start_date": date(2026, 9, 3),
            "end_date": date(2026, 9, 22),
            "state": "problem",
        },
        {
            "title": "Pemungutan suara",
            "start_date": date(2026, 11, 23),
            "end_date": date(2026, 11, 23),
            "state": "todo",
        },
    ]


def why() -> list[Text]:
    return [
        Text("Pendaftaran berlangsung {days} hari kerja.", days=9),
        Text("Mulai sehari setelah pengumuman, {date}.", date=date(2026, 8, 19)),
        Text("{date} adalah hari libur dan tidak dihitung.", date=date(2026, 8, 25)),
    ]


def month() -> Month:
    return build_month(
        year=2026,
        month=9,
        today=TODAY,
        entries={
            date(2026, 9, 2): [MonthEntry(title="Pendaftaran ditutup", kind="warn")],
            date(2026, 9, 10): [MonthEntry(title="Periksa berkas", kind="info", href="#periksa")],
            date(2026, 9, 22): [
                MonthEntry(title="Penetapan calon", kind="ok"),
                MonthEntry(title="Undian nomor terlambat", kind="bad"),
            ],
        },
        holidays={date(2026, 9, 14): "Libur contoh"},
    )


ROWS: list[dict[str, Any]] = [
    {"village": v, "district": d, "voters": n, "status": s, "due": t, "cost": c}
    for v, d, n, s, t, c in (
        ("Sumberdiren", "Garum", 4218, "Berjalan", date(2026, 9, 14), 138_500_000),
        ("Karangrejo", "Garum", 5107, "Terlambat", date(2026, 9, 8), 151_000_000),
        ("Tegalrejo", "Selopuro", 987, "Siap", date(2026, 9, 22), 64_250_000),
        ("Jambewangi", "Selopuro", 6312, "Belum", None, 172_900_000),
    )
]
STATUS_KINDS = {"Berjalan": "info", "Terlambat": "bad", "Siap": "ok", "Belum": "idle"}


def table(query: QueryDict) -> Table:
    return build_table(
        caption="Desa dalam gelombang ini",
        query=query,
        rows=ROWS,
        search=("village", "district"),
        filters=[
            Filter(
                key="kecamatan",
                title="Kecamatan",
                options=[("Garum", "Garum"), ("Selopuro", "Selopuro")],
                test="district",
            )
        ],
        columns=[
            Column(
                key="village",
                title="Desa",
                sort="village",
                href=lambda row: "#desa",
                is_header=True,
            ),
            Column(key="district", title="Kecamatan", sort="district"),
            Column(
                key="status",
                title="Keadaan",
                sort="status",
                status=lambda row: STATUS_KINDS[row["status"]],
            ),
            Column(key="due", title="Tenggat", kind="short_date", sort="due"),
            Column(key="voters", title="Pemilih", kind="number", sort="voters"),
            Column(key="cost", title="Anggaran", kind="money", sort="cost"),
        ],
    )
