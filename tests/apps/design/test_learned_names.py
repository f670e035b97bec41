"""Names that a rule pack brings along are shown in the reader's language."""

from django.utils.translation import override

from pilkades.apps.design.texts import learn_names, translate
from pilkades.text import Text

SENTENCE = Text("Acuan: {name}.", name="Tahap khusus untuk uji")


def test_a_learned_name_stands_in_english_inside_an_english_sentence() -> None:
    learn_names({"Tahap khusus untuk uji": "A step made for this test"})

    with override("en"):
        assert "A step made for this test" in translate(SENTENCE)
    with override("id"):
        assert "Tahap khusus untuk uji" in translate(SENTENCE)


def test_a_name_nobody_taught_stays_as_it_is() -> None:
    with override("en"):
        assert "Mbak Dewi" in translate(Text("Acuan: {name}.", name="Mbak Dewi"))
