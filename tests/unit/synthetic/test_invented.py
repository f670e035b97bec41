"""Invented people, portraits and papers: the same seed the same, and readable by others."""

import io
import random
from datetime import date

from PIL import Image
from pypdf import PdfReader

from pilkades.synthetic.certificates import make_certificate
from pilkades.synthetic.people import make_nik, make_person
from pilkades.synthetic.portraits import HEIGHT, WIDTH, draw_portrait

DAY = date(2026, 8, 20)


def test_the_same_seed_is_the_same_person_with_a_nik_that_agrees() -> None:
    first, second = (
        make_person(
            rng=random.Random(7), region_code="35.05.10", age_years_min=25, age_years_max=60, on=DAY
        )
        for _ in range(2)
    )
    assert first == second
    assert first.nik == make_nik(
        district_digits="350510",
        birth_date=first.birth_date,
        is_female=first.is_female,
        serial=int(first.nik[-4:]),
    )
    assert int(first.nik[-4:]) >= 9000


def test_a_portrait_is_grey_of_three_to_four_and_differs_from_person_to_person() -> None:
    drawn = [draw_portrait(rng=random.Random(seed), is_female=seed % 2 == 0) for seed in range(6)]
    assert len(set(drawn)) == 6
    assert drawn[0] == draw_portrait(rng=random.Random(0), is_female=True)
    picture = Image.open(io.BytesIO(drawn[0]))
    assert picture.size == (WIDTH, HEIGHT)
    assert WIDTH * 4 == HEIGHT * 3
    red, green, blue = picture.convert("RGB").getpixel((WIDTH // 2, HEIGHT // 2))
    assert max(red, green, blue) - min(red, green, blue) < 6


def test_a_certificate_opens_in_a_reader_and_says_that_it_is_a_rehearsal() -> None:
    data = make_certificate(title="Ijazah (dilegalisasi)", name="Ratna", village="Desa Kuningan")
    text = PdfReader(io.BytesIO(data), strict=True).pages[0].extract_text()
    assert "SIMULASI" in text
    assert "Ijazah (dilegalisasi)" in text
