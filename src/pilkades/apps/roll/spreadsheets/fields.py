"""What a column can be: the fields of a person on the roll, and the ways sheets combine them.

Titles are those of the roll form (Model A) where it has the field.
"""

from pilkades.text import Text

FIELDS = {
    "nik": Text("NIK"),
    "kk": Text("Nomor KK"),
    "full_name": Text("Nama lengkap"),
    "sex": Text("Jenis kelamin"),
    "birth_place": Text("Tempat lahir"),
    "birth_date": Text("Tanggal lahir"),
    "marital_status": Text("Status perkawinan"),
    "address": Text("Alamat"),
    "rt": Text("RT"),
    "rw": Text("RW"),
    "hamlet": Text("Dusun"),
    "disability": Text("Disabilitas"),
    "identity_document": Text("Dokumen identitas"),
    "occupation": Text("Pekerjaan"),
    "resident_since": Text("Menetap sejak"),
    "phone": Text("Nomor HP"),
    "note": Text("Keterangan"),
}
"""Every field of a row, in the order of the roll form."""

COMBINED = {
    "birth": Text("Tempat dan tanggal lahir dalam satu kolom"),
    "rt_rw": Text("RT/RW dalam satu kolom"),
    "sex_L": Text("Tanda di kolom L (laki-laki)"),
    "sex_P": Text("Tanda di kolom P (perempuan)"),
    "marital_B": Text("Tanda di kolom B (belum kawin)"),
    "marital_S": Text("Tanda di kolom S (sudah kawin)"),
    "marital_P": Text("Tanda di kolom P (pernah kawin)"),
}
"""Columns that hold two fields, or one answer each."""

TARGETS = FIELDS | COMBINED
IGNORED = ""
"""The target of a column that is not imported."""

PARTS = {
    "birth": ("birth_place", "birth_date"),
    "rt_rw": ("rt", "rw"),
    "sex_L": ("sex",),
    "sex_P": ("sex",),
    "marital_B": ("marital_status",),
    "marital_S": ("marital_status",),
    "marital_P": ("marital_status",),
}
"""Which fields a combined column gives."""

TEXT_LENGTHS = {
    "full_name": 120,
    "birth_place": 80,
    "address": 200,
    "occupation": 80,
    "note": 200,
}
