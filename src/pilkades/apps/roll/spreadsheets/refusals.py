"""Why a file is not taken in, in words that say what to do instead."""

from pilkades.errors import MalformedInputError
from pilkades.text import Text

UPLOAD_MAX_BYTES = 15 * 1024 * 1024
EXPANDED_MAX_BYTES = 160 * 1024 * 1024
ROWS_MAX = 50_000
COLUMNS_MAX = 100
LAST_ROW_MAX = 60_000
"""Cells far below the list make the reader fill everything between; no list needs that."""

_MEGABYTE = 1024 * 1024

_REASONS = {
    "sheet.empty-file": Text("Berkas ini kosong (0 byte). Pilih berkas lain."),
    "sheet.too-large": Text(
        "Berkas ini lebih dari {megabytes} MB. Hapus gambar dan lembar lain di dalamnya, atau "
        "simpan sebagai CSV, lalu unggah lagi.",
        megabytes=UPLOAD_MAX_BYTES // _MEGABYTE,
    ),
    "sheet.pdf": Text(
        "Berkas ini PDF yang diganti namanya, bukan lembar kerja. Minta berkas Excel aslinya."
    ),
    "sheet.picture": Text(
        "Berkas ini gambar, bukan lembar kerja. Minta berkas Excel aslinya, atau ketik datanya."
    ),
    "sheet.web-page": Text(
        "Berkas ini halaman web yang diberi nama Excel, seperti unduhan beberapa aplikasi. Buka di "
        "Excel atau LibreOffice, pilih Simpan Sebagai, jenis Excel (.xlsx), lalu unggah hasilnya."
    ),
    "sheet.document": Text(
        "Berkas ini dokumen atau presentasi, bukan lembar kerja. Salin tabelnya ke Excel, simpan "
        "sebagai .xlsx, lalu unggah hasilnya."
    ),
    "sheet.binary-workbook": Text(
        "Berkas ini Excel biner (.xlsb). Buka di Excel, pilih Simpan Sebagai, jenis Excel (.xlsx), "
        "lalu unggah hasilnya."
    ),
    "sheet.macro": Text(
        "Berkas ini berisi makro (program kecil), sehingga tidak dibuka. Pilih Simpan Sebagai, "
        "jenis Excel tanpa makro (.xlsx), lalu unggah hasilnya."
    ),
    "sheet.password": Text(
        "Berkas ini dikunci dengan kata sandi. Buka di Excel, hapus kata sandinya, simpan, lalu "
        "unggah lagi. Jangan kirim kata sandinya ke mana pun."
    ),
    "sheet.broken": Text(
        "Berkas ini rusak atau terpotong, sehingga tidak dapat dibuka. Salin atau unduh ulang "
        "berkas aslinya, lalu unggah lagi."
    ),
    "sheet.bomb": Text(
        "Berkas ini kecil, tetapi isinya mengembang jauh melebihi daftar pemilih mana pun, "
        "sehingga tidak dibuka. Salin datanya ke lembar kerja baru, lalu unggah hasilnya."
    ),
    "sheet.rows": Text(
        "Berkas ini berisi lebih dari {most} baris. Satu desa tidak sebanyak itu: unggah hanya "
        "daftar desa ini, satu desa satu berkas.",
        most=ROWS_MAX,
    ),
    "sheet.far-cell": Text(
        "Ada isi jauh di luar daftar, di bawah baris {row} atau di kanan kolom ke-{column}. Hapus "
        "isi itu atau salin daftarnya ke lembar baru, lalu unggah lagi.",
        row=LAST_ROW_MAX,
        column=COLUMNS_MAX,
    ),
    "sheet.no-rows": Text(
        "Tidak ada satu baris pun di berkas ini. Periksa apakah ini berkas yang benar."
    ),
    "sheet.unknown": Text(
        "Berkas ini bukan Excel (.xlsx, .xls), LibreOffice (.ods) atau CSV. Simpan daftarnya "
        "dengan salah satu jenis itu, lalu unggah lagi."
    ),
}


def refuse(code: str) -> MalformedInputError:
    """The refusal of a file; nothing of it has been kept."""
    return MalformedInputError(code, _REASONS[code])
