"""What people call the particulars of a voter; one place for forms, timelines and refusals."""

from collections.abc import Mapping

from pilkades.text import Text

FIELD_TITLES: Mapping[str, Text] = {
    "nik": Text("NIK"),
    "kk": Text("nomor KK"),
    "full_name": Text("nama lengkap"),
    "sex": Text("jenis kelamin"),
    "birth_place": Text("tempat lahir"),
    "birth_date": Text("tanggal lahir"),
    "marital_status": Text("status perkawinan"),
    "address": Text("alamat"),
    "rt": Text("RT"),
    "rw": Text("RW"),
    "hamlet": Text("dusun"),
    "disability": Text("disabilitas"),
    "identity_document": Text("dokumen"),
    "occupation": Text("pekerjaan"),
    "resident_since": Text("berdomisili sejak"),
    "phone": Text("nomor HP"),
    "note": Text("keterangan"),
    "station": Text("TPS"),
    "annotation": Text("catatan"),
}
