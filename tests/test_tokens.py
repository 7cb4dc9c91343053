"""The visual system: contrast, colours that can be told apart, and faces that are there."""

from itertools import pairwise

import pytest
from fontTools.ttLib import TTFont

from depesje import tokens
from depesje.display import ACTOR_TYPES, CERTAINTIES, MARK_KINDS

#: How colours are seen, on linear RGB. Without red, green or blue cones: the matrices of severity 1.0 of Machado,
#: Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency" (IEEE Transactions
#: on Visualization and Computer Graphics 15:6, 2009). In grey: the luminance of WCAG 2 (ITU-R BT.709).
SEEN = {
    "in colour": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
    "in grey": ((0.2126, 0.7152, 0.0722),) * 3,
}


def linear(colour: str) -> list[float]:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def luminance(rgb: list[float]) -> float:
    return sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), rgb, strict=True))


def seen(colour: str, how: str) -> list[float]:
    """A colour as a reader sees it, in linear RGB."""
    channels = [sum(w * c for w, c in zip(row, linear(colour), strict=True)) for row in SEEN[how]]
    return [min(max(channel, 0.0), 1.0) for channel in channels]


def contrast(one: str, other: str, how: str = "in colour") -> float:
    """The contrast ratio of WCAG 2, 1 to 21."""
    dark, light = sorted(luminance(seen(colour, how)) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def lab(rgb: list[float]) -> tuple[float, float, float]:
    """Oklab, of linear RGB."""
    r, g, b = (max(c, 0.0) for c in rgb)
    long = (0.4122 * r + 0.5363 * g + 0.0514 * b) ** (1 / 3)
    middle = (0.2119 * r + 0.6807 * g + 0.1074 * b) ** (1 / 3)
    short = (0.0883 * r + 0.2817 * g + 0.6300 * b) ** (1 / 3)
    return (
        0.2105 * long + 0.7936 * middle - 0.0041 * short,
        1.9780 * long - 2.4286 * middle + 0.4506 * short,
        0.0259 * long + 0.7828 * middle - 0.8087 * short,
    )


def distance(one: str, other: str, how: str) -> float:
    """How different two colours look, in Oklab."""
    return sum((a - b) ** 2 for a, b in zip(lab(seen(one, how)), lab(seen(other, how)), strict=True)) ** 0.5


@pytest.mark.parametrize("how", SEEN)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("paper", ["paper", "panel"])
def test_text_can_be_read(paper, theme, how):
    ground = tokens.colour("base", paper, theme)
    for name in ("ink", "muted", "accent"):
        assert contrast(tokens.colour("base", name, theme), ground, how) >= 4.5, name
    assert contrast(tokens.colour("base", "focus", theme), ground, how) >= 3


@pytest.mark.parametrize("how", SEEN)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("group", ["actor", "evidence", "certainty", "series"])
def test_marks_stand_out_from_the_paper(group, theme, how):
    paper = tokens.colour("base", "paper", theme)
    for name, pair in tokens.load()["colour"][group].items():
        assert contrast(pair[theme], paper, how) >= 3, name


@pytest.mark.parametrize("how", SEEN)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_people_organisations_and_states_differ_to_everyone(theme, how):
    names = ("PER", "ORG", "GPE")
    for one, other in pairwise([*names, names[0]]):
        pair = (tokens.colour("actor", one, theme), tokens.colour("actor", other, theme))
        assert distance(*pair, how) > 0.04, (one, other)


@pytest.mark.parametrize("how", SEEN)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_firm_open_and_denied_differ_to_everyone(theme, how):
    for one, other in (("asserted", "possible"), ("possible", "denied"), ("confirmed", "denied")):
        pair = (tokens.colour("certainty", one, theme), tokens.colour("certainty", other, theme))
        assert distance(*pair, how) > 0.06, (one, other)


def test_light_values_are_unique_because_charts_are_recoloured_by_them():
    light = [pair["light"] for pair in tokens.colours().values()]
    assert len(light) == len(set(light))


def test_every_word_has_a_colour():
    colours = tokens.load()["colour"]
    assert colours["actor"].keys() == ACTOR_TYPES.keys()
    assert colours["certainty"].keys() == CERTAINTIES.keys() == tokens.load()["certainty"]["level"].keys()
    assert colours["evidence"].keys() == MARK_KINDS.keys()


def test_unknown_names_get_the_neutral_colour():
    assert tokens.colour("actor", "MISC") == tokens.colour("base", "muted")


@pytest.mark.parametrize("face", tokens.font_files())
def test_faces_hold_norwegian(face):
    characters = TTFont(tokens.font_files()[face], lazy=True).getBestCmap()
    assert {ord(c) for c in "æøåÆØÅéèêóòâôüäö«»–"} <= characters.keys()
