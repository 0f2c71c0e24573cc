"""Codes as symbols: one size each, in the characters that pack best."""

import io

import pytest
from PIL import Image

from zhongshu.engine.credentials.rules import codes, drawing
from zhongshu.engine.credentials.tests import issuing

TEXT = codes.issue(issuing.claims(), issuing.signer)


def test_screens_and_paper_have_their_sizes():
    screen, paper = drawing.on_screen(TEXT), drawing.on_paper(TEXT)
    assert (screen.designator, screen.mode) == ("10-M", "alphanumeric")
    assert (paper.designator, paper.mode) == ("13-Q", "alphanumeric")


@pytest.mark.parametrize("draw", [drawing.on_screen, drawing.on_paper])
def test_the_longest_text_fits(draw):
    assert draw("A" * codes.MAX_TEXT).mode == "alphanumeric"


def test_what_does_not_fit_or_has_other_characters_is_not_drawn():
    for text in ("A" * (codes.MAX_TEXT + 1), "zs1:a"):
        with pytest.raises(ValueError):
            drawing.on_screen(text)


def test_a_picture_has_a_quiet_zone_all_around():
    picture = Image.open(io.BytesIO(drawing.png(drawing.on_screen(TEXT), scale=2))).convert("L")
    side, edge = (57 + 2 * drawing.QUIET) * 2, drawing.QUIET * 2
    assert picture.size == (side, side)
    assert picture.crop((0, 0, side, edge)).getextrema() == picture.crop((0, 0, edge, side)).getextrema() == (255, 255)
    assert picture.getpixel((edge, edge)) == 0


def test_a_drawing_scales_with_its_place():
    drawn = drawing.svg(drawing.on_paper(TEXT))
    assert 'viewBox="0 0 77 77"' in drawn
    assert "width=" not in drawn.split(">")[0]
