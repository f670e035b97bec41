"""What pages load exists: files named by templates, icons in the sprite."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

SOURCE = Path(__file__).parents[3] / "src" / "pilkades"
STATIC = re.compile(r"\{%\s*static\s+[\"']([^\"']+)[\"']")
ICON = re.compile(r"\{%\s*icon\s+[\"']([a-z0-9-]+)[\"']|\bicon=[\"']([a-z0-9-]+)[\"']")


def test_every_static_file_that_a_template_names_is_there() -> None:
    missing = [
        f"{template.relative_to(SOURCE)}: {name}"
        for template in SOURCE.rglob("*.html")
        for name in STATIC.findall(template.read_text(encoding="utf-8"))
        if finders.find(name) is None
    ]

    assert not missing, "run `npm run build`, or mend the name:\n" + "\n".join(missing)


def test_every_icon_that_a_page_names_is_in_the_sprite() -> None:
    path = finders.find("design/build/icons.svg")
    if path is None:
        pytest.fail("run `npm run build`")
    sprite = Path(path).read_text(encoding="utf-8")
    named = {
        (match[0] or match[1])
        for file in (*SOURCE.rglob("*.html"), *SOURCE.rglob("*.py"))
        for match in ICON.findall(file.read_text(encoding="utf-8"))
    }

    assert {name for name in named if f'id="{name}"' not in sprite} == set()
    assert "ISC License" in Path(path).with_name("icons.LICENSE.txt").read_text(encoding="utf-8")


def test_no_template_holds_inline_style_or_script() -> None:
    forbidden = re.compile(
        r"<[^>]*\s(style|on[a-z]+)=[\"']|<style|<script(?![^>]*\s(?:src=|type=.application/json))",
        re.I,
    )
    breaches = [
        f"{template.relative_to(SOURCE)}: {match.group(0)[:60]}"
        for template in SOURCE.rglob("*.html")
        for match in forbidden.finditer(template.read_text(encoding="utf-8"))
    ]

    assert not breaches, "the content policy blocks this:\n" + "\n".join(breaches)
