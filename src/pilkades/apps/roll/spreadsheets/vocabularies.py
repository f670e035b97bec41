"""The words that stand for the few answers of sex, marital status, disability and document."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from pilkades.apps.roll.spreadsheets.headings import squeeze
from pilkades.text import Text

_LIKENESS = 0.72


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Kosakata: the answers with their titles, the words meaning each, words meaning none.

    `codes` are numbers that some forms use; they are offered, never assumed.
    """

    answers: Mapping[str, Text]
    words: Mapping[str, str]
    empty: frozenset[str]
    codes: Mapping[str, str]

    def find(self, text: str) -> str | None:
        """The answer that a text gives, "" for none, None where it is unknown."""
        word = squeeze(text)
        if not word or word in self.empty:
            return ""
        return self.words.get(word)

    def list_likely(self, text: str) -> tuple[str, ...]:
        """Answers that may be meant, the likeliest first."""
        word = squeeze(text)
        close = get_close_matches(word, self.words, n=3, cutoff=_LIKENESS)
        found = [self.codes[word]] if word in self.codes else []
        found += [self.words[match] for match in close]
        return tuple(dict.fromkeys(found))


def _vocabulary(
    answers: Mapping[str, tuple[Text, str]], *, empty: str = "", codes: str = ""
) -> Vocabulary:
    return Vocabulary(
        answers={code: title for code, (title, _) in answers.items()},
        words={word: code for code, (_, words) in answers.items() for word in words.split()},
        empty=frozenset(empty.split()),
        codes=dict(pair.split("=") for pair in codes.split()),
    )


SEX = _vocabulary(
    {
        "L": (Text("Laki-laki"), "L LK LAKI LAKILAKI PRIA M MALE COWOK LAKI2 LKLK"),
        "P": (Text("Perempuan"), "P PR PEREMPUAN WANITA F FEMALE W PRP CEWEK PEREMP"),
    },
    codes="1=L 2=P",
)
MARITAL = _vocabulary(
    {
        "B": (
            Text("Belum kawin"),
            (
                "B BK BELUM BELUMKAWIN BELUMMENIKAH BELUMNIKAH LAJANG BLMKAWIN BLM BUJANG GADIS "
                "TIDAKKAWIN TK BLMNIKAH"
            ),
        ),
        "S": (
            Text("Sudah kawin"),
            (
                "S K KAWIN SUDAH SUDAHKAWIN MENIKAH NIKAH SUDAHMENIKAH KAWINTERCATAT SDHKAWIN SDH "
                "KAWINBELUMTERCATAT KAWINTIDAKTERCATAT SUDAHNIKAH"
            ),
        ),
        "P": (
            Text("Pernah kawin"),
            (
                "P PERNAH PERNAHKAWIN CERAI CERAIHIDUP CERAIMATI CH CM JANDA DUDA PERNAHMENIKAH "
                "CERAITERCATAT PK"
            ),
        ),
    },
    codes="1=B 2=S 3=P",
)
DISABILITY = _vocabulary(
    {
        "fisik": (Text("Fisik"), "FISIK TUNADAKSA DAKSA CACATFISIK DISABILITASFISIK LUMPUH"),
        "intelektual": (
            Text("Intelektual"),
            "INTELEKTUAL TUNAGRAHITA GRAHITA DISABILITASINTELEKTUAL",
        ),
        "mental": (Text("Mental"), "MENTAL ODGJ JIWA CACATMENTAL DISABILITASMENTAL TUNALARAS"),
        "wicara": (Text("Sensorik wicara"), "WICARA TUNAWICARA BISU SENSORIKWICARA"),
        "rungu": (Text("Sensorik rungu"), "RUNGU TUNARUNGU TULI SENSORIKRUNGU"),
        "netra": (Text("Sensorik netra"), "NETRA TUNANETRA BUTA SENSORIKNETRA"),
        "ganda": (Text("Ganda atau multi"), "GANDA MULTI TUNAGANDA RUNGUWICARA DISABILITASGANDA"),
    },
    empty="TIDAK TIDAKADA NIHIL NORMAL N T 0 TDK TDKADA NONDISABILITAS BUKAN NON SEHAT",
    codes="1=fisik 2=intelektual 3=mental 4=wicara 5=rungu 6=netra",
)
DOCUMENT = _vocabulary(
    {
        "ktp_el": (Text("KTP-el"), "KTPEL KTP EKTP KTPELEKTRONIK PUNYAKTP SUDAHKTPEL S SUDAH"),
        "kk": (Text("Kartu keluarga"), "KK KARTUKELUARGA"),
        "certificate": (
            Text("Surat keterangan kependudukan"),
            "SURATKETERANGAN SUKET SKKEPENDUDUKAN BIODATA KETERANGAN SURKET",
        ),
    },
    empty="BELUM B TIDAK TIDAKADA",
)
