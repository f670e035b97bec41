"""Every pair of colours that meets on a page, in every theme: text at least 7:1, lines 3:1."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[3] / "client" / "design" / "tokens.css"
THEME = re.compile(r':root(\[data-theme="[a-z]+"\])? \{(.*?)\}', re.DOTALL)
COLOUR = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")
TEXT = [
    *[(text, ground) for text in ("ink", "ink-soft") for ground in ("paper", "ground")],
    *[(kind, f"{kind}-ground") for kind in ("ok", "warn", "bad", "idle", "info")],
    *[("ink", f"{kind}-ground") for kind in ("ok", "warn", "bad", "info")],
    ("ink", "blue-ground"),
    ("info", "blue-ground"),
    ("bad", "paper"),
    ("on-simulation", "simulation"),
]
LINKS = [(text, ground) for text in ("blue", "blue-strong") for ground in ("paper", "ground")]
BUTTONS = [("on-accent", "accent"), ("on-accent", "accent-strong")]
LINES = [("line-strong", "paper"), ("line-strong", "ground"), ("focus", "paper"), ("mark", "paper")]


def read_themes() -> dict[str, dict[str, str]]:
    themes: dict[str, dict[str, str]] = {}
    for selector, body in THEME.findall(TOKENS.read_text(encoding="utf-8")):
        name = selector.split('"')[1] if selector else "terang"
        themes.setdefault(name, {**themes.get("terang", {})}).update(COLOUR.findall(body))
    return themes


def contrast(first: str, second: str) -> float:
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", ["terang", "gelap", "kontras"])
def test_colours_that_meet_are_far_enough_apart(theme: str) -> None:
    colours = read_themes()[theme]
    wanted = [
        *[(pair, 7.0) for pair in TEXT],
        *[(pair, 4.5) for pair in (*LINKS, *BUTTONS)],
        *[(pair, 3.0) for pair in LINES],
    ]

    weak = [
        f"{a} on {b}: {contrast(colours[a], colours[b]):.2f}, wanted {least}"
        for (a, b), least in wanted
        if contrast(colours[a], colours[b]) < least
    ]

    assert not weak


def test_device_that_prefers_dark_gets_the_dark_theme_to_the_letter() -> None:
    text = TOKENS.read_text(encoding="utf-8")
    automatic = text.split("@media (prefers-color-scheme: dark)")[1].split("kontras")[0]
    chosen = text.split('[data-theme="gelap"]')[1].split("@media")[0]

    assert COLOUR.findall(automatic) == COLOUR.findall(chosen)


def test_colours_of_the_design_are_kept_exactly() -> None:
    light = read_themes()["terang"]

    assert {name: light[name] for name in ("ink", "paper", "ground", "accent", "blue")} == {
        "ink": "#16202b",
        "paper": "#ffffff",
        "ground": "#f4f5f7",
        "accent": "#a3142b",
        "blue": "#0b5cab",
    }
    assert [light[kind] for kind in ("ok", "warn", "bad", "idle", "info")] == [
        "#11532e",
        "#6b4600",
        "#8c1024",
        "#434d58",
        "#084a8c",
    ]


def test_no_style_names_a_colour_outside_the_tokens() -> None:
    named = re.compile(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(", re.IGNORECASE)
    allowed = {"#fff", "rgb("}

    for sheet in ("base.css", "frame.css", "components.css"):
        text = TOKENS.with_name(sheet).read_text(encoding="utf-8")
        assert set(named.findall(text)) <= allowed, sheet
