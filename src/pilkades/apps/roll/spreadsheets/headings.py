"""The words that stand over columns in the lists that villages really keep.

A heading is compared without case, spaces, dots and line breaks, so `N I K`, `N.I.K.` and `Nik` are
one word. Left out: headings in other languages than Indonesian, which no village list uses.
"""

import re
from difflib import get_close_matches

_WORDS = {
    "nik": "NIK NONIK NOMORNIK NIKKTP NOKTP NOMORKTP NOKTPEL NOMORINDUKKEPENDUDUKAN "
    "NOINDUKKEPENDUDUKAN NOMORINDUKPENDUDUK NIKNOKTP NIKKTPEL NOKTPNIK NOINDUK",
    "kk": "KK NOKK NOMORKK NKK NOMORKARTUKELUARGA NOKARTUKELUARGA KARTUKELUARGA NOMORKKEL",
    "full_name": "NAMA NAMALENGKAP NAMAPEMILIH NAMAPENDUDUK NAMAWARGA NAMALENGKAPPEMILIH "
    "NAMAANGGOTAKELUARGA NAMALENGKAPSESUAIKTP NAMASESUAIKTP NAMACALONPEMILIH NAMALENKAP NM NAMAWP",
    "sex": "JENISKELAMIN JK JNSKELAMIN JNSKEL JKEL JENKEL KELAMIN LP SEX GENDER JENISKELAMINLP "
    "JKLP LKPR LAKIPEREMPUAN JENISKEL JKELAMIN PL KELLP LAKILAKIPEREMPUAN",
    "sex_L": "L LK LAKILAKI PRIA LAKI",
    "sex_P": "P PR PEREMPUAN WANITA PRP",
    "birth_place": "TEMPATLAHIR TMPTLAHIR TMPLAHIR TPTLAHIR KOTALAHIR TEMPATKELAHIRAN TMPLHR "
    "TMPTLHR TPTLHR KABKOTALAHIR TLAHIR",
    "birth_date": "TANGGALLAHIR TGLLAHIR TGLLHR TANGGALKELAHIRAN TGLBLNTHNLAHIR TANGGALLHR LAHIR "
    "TGLBULANTAHUNLAHIR TGLBLNTHLAHIR KELAHIRAN TGLLAHIRHHBBTTTT TANGGALBULANTAHUNLAHIR",
    "birth": "TEMPATTANGGALLAHIR TEMPATTGLLAHIR TTL TEMPATDANTANGGALLAHIR TEMPATDANTGLLAHIR "
    "TMPTTGLLAHIR TMPTGLLAHIR TEMPATTGLLHR TMPTTGLLHR TPTTGLLAHIR TEMPATTANGGALBULANTAHUNLAHIR "
    "TEMPATTGLLAHIRUMUR TEMPATTANGGALKELAHIRAN TTGLLAHIR",
    "marital_status": "STATUSPERKAWINAN STATUSKAWIN STATUS KAWIN STATUSNIKAH STATUSPERNIKAHAN "
    "STSKAWIN BSP STATUSPERKAWINANBSP STATKAWIN STATUSKAWINBSP PERKAWINAN SUDAHBELUMKAWIN "
    "STATUSPERKAWINANBSDANP STSPERKAWINAN SP",
    "address": "ALAMAT ALAMATRUMAH ALAMATLENGKAP JALAN ALAMATTEMPATTINGGAL JALANDUKUH DOMISILI "
    "ALAMATTINGGAL ALAMATDOMISILI ALAMATJALANDUKUH TEMPATTINGGAL ALAMATSESUAIKTP ALAMATKTP",
    "rt": "RT NORT NOMORRT RUKUNTETANGGA",
    "rw": "RW NORW NOMORRW RUKUNWARGA",
    "rt_rw": "RTRW RTDANRW NORTRW RTRWNO",
    "hamlet": "DUSUN DUKUH DSN NAMADUSUN LINGKUNGAN KAMPUNG DUSUNDUKUH DUSUNLINGKUNGAN JORONG "
    "BANJAR DUSUNKAMPUNG PEDUKUHAN PADUKUHAN DSNDUKUH DUSUNBANJAR KAMPUNGDUSUN",
    "disability": "DISABILITAS PENYANDANGDISABILITAS JENISDISABILITAS DIFABEL CACAT KETDISABILITAS "
    "RAGAMDISABILITAS PENYANDANGCACAT JENISCACAT DISABLITAS KODEDISABILITAS TUNA",
    "identity_document": "DOKUMEN DOKUMENIDENTITAS KEPEMILIKANKTP STATUSKTP KTPEL IDENTITAS "
    "JENISIDENTITAS STATUSKTPEL KEPEMILIKANKTPEL EKTP DOKUMENKEPENDUDUKAN",
    "occupation": "PEKERJAAN JENISPEKERJAAN KERJA PROFESI MATAPENCAHARIAN",
    "resident_since": "MENETAPSEJAK TINGGALSEJAK TANGGALDATANG TGLDATANG TGLPINDAH TANGGALPINDAH "
    "TINGGALDIDESASEJAK BERDOMISILISEJAK DOMISILISEJAK TGLPINDAHDATANG",
    "phone": "NOHP HP TELEPON NOTELP NOMORHP NOHANDPHONE NOWA TELP NOTELEPON NOHPWA NOMORTELEPON "
    "NOMORWA NOTLP HPWA NOTELPHP HANDPHONE NOPONSEL",
    "note": "KETERANGAN KET CATATAN KETERANGANLAIN KETR",
    "": "NO NOURUT NOMOR NOMORURUT NOMER NR UMUR USIA UMURTH AGAMA PENDIDIKAN TPS NOTPS NAMAAYAH "
    "NAMAIBU SHDK HUBUNGAN HUBUNGANKELUARGA TANDATANGAN TTD PARAF DESA KECAMATAN KABUPATEN "
    "PROVINSI KELURAHAN GOLDARAH KODEPOS NOMORTPS UMURTAHUN STATUSDALAMKELUARGA KEWARGANEGARAAN "
    "NOBARIS HUBKEL ID KEC KAB DESAKELURAHAN SUKU NAMAKEPALAKELUARGA KEPALAKELUARGA",
}
_TARGET_OF = {word: target for target, words in _WORDS.items() for word in words.split()}
_LONG_WORDS = [word for word in _TARGET_OF if len(word) >= 6]
_TYPO_LIKENESS = 0.87
_PARENTHESES = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NOT_WORD = re.compile(r"[^A-Z0-9]+")

_GROUPED = (
    ("LAHIR", {"TEMPAT": "birth_place", "TMPT": "birth_place", "KOTA": "birth_place"}),
    ("LAHIR", {"TANGGAL": "birth_date", "TGL": "birth_date", "TGLBLNTHN": "birth_date"}),
    ("LAHIR", {"TGLBLNTH": "birth_date", "TEMPATLAHIR": "birth_place"}),
    ("KAWIN", {"B": "marital_B", "S": "marital_S", "P": "marital_P", "K": "marital_S"}),
    ("KAWIN", {"BELUM": "marital_B", "SUDAH": "marital_S", "PERNAH": "marital_P"}),
    ("STATUS", {"B": "marital_B", "S": "marital_S", "P": "marital_P"}),
    ("KELAMIN", {"L": "sex_L", "P": "sex_P"}),
    ("KELUARGA", {"NO": "kk", "NOMOR": "kk"}),
    ("KEPENDUDUKAN", {"NO": "nik", "NOMOR": "nik"}),
)


def squeeze(heading: str) -> str:
    """A heading without case, spaces and signs: what is compared."""
    return _NOT_WORD.sub("", heading.upper())


def recognise(heading: str, *, group: str = "") -> str | None:
    """The target that a heading names, "" for one that is not imported, None where unknown.

    `group` is the heading of a merged cell above it.
    """
    word = squeeze(heading)
    if not word:
        return None
    above = squeeze(group)
    for key, members in _GROUPED:
        if key in above and word in members:
            return members[word]
    found = _look_up(word)
    if found is None:
        found = _look_up(squeeze(_PARENTHESES.sub("", heading)))
    return found if found is not None else _guess_typo(word)


def _look_up(word: str) -> str | None:
    return _TARGET_OF.get(word) if len(word) < 40 else None


def _guess_typo(word: str) -> str | None:
    if not 6 <= len(word) <= 40 or any(c.isdigit() for c in word):
        return None
    close = get_close_matches(word, _LONG_WORDS, n=1, cutoff=_TYPO_LIKENESS)
    return _TARGET_OF[close[0]] if close else None
