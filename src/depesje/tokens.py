"""The visual system (``tokens.toml``), read by the charts, the displays and the templates."""

import tomllib
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import font_source_sans_pro
import font_source_serif_pro

Theme = Literal["light", "dark"]


@cache
def load() -> dict[str, Any]:
    """Read the tokens.

    Returns
    -------
    dict
        The tables of ``tokens.toml``, cached: treat it as read-only.
    """
    return tomllib.loads((files("depesje") / "tokens.toml").read_text(encoding="utf-8"))


def colour(group: str, name: str, theme: Theme = "light") -> str:
    """One colour as ``#rrggbb``.

    Parameters
    ----------
    group
        ``"base"``, ``"actor"``, ``"evidence"``, ``"certainty"`` or ``"series"``.
    name
        The colour's name in that group, such as ``"PER"``. An unknown one gets the group's neutral colour.
    theme
        ``"light"`` (also for charts and paper) or ``"dark"``.
    """
    colours = load()["colour"]
    pair = colours[group].get(name) or colours["base"]["muted"]
    return str(pair[theme])


def colours() -> dict[str, dict[str, str]]:
    """All colours by their CSS name: ``{"actor-PER": {"light": "#…", "dark": "#…"}, …}``."""
    return {
        (name if group == "base" else f"{group}-{name}"): pair
        for group, names in load()["colour"].items()
        for name, pair in names.items()
    }


def font_files() -> dict[str, Path]:
    """The font files by face: keys such as ``"sans"``, ``"sans-semibold"``, ``"serif-italic"``.

    ``"symbols"`` is DejaVu Sans, for scripts and signs that the two families lack.
    """
    packages = {
        "sans": (font_source_sans_pro, "SourceSansPro"),
        "serif": (font_source_serif_pro, "SourceSerifPro"),
    }
    faces = {"": "Regular", "-italic": "It", "-semibold": "Semibold", "-bold": "Bold"}
    found = {
        name + suffix: Path(str(package.__file__)).parent / "files" / f"{prefix}-{face}.ttf"
        for name, (package, prefix) in packages.items()
        for suffix, face in faces.items()
    }
    return found | {"symbols": _folder("matplotlib") / "mpl-data" / "fonts" / "ttf" / "DejaVuSans.ttf"}


def fallback_font_files() -> dict[str, Path]:
    """The font files for scripts that those of `font_files` lack: large ones, only for a text that needs them.

    Noto Sans SC, for Chinese and Japanese, and Nanum Gothic, for Korean (both SIL Open Font License), from the packages
    zhplot and koreanize-matplotlib, of which nothing else is used.
    """
    return {
        "chinese": _folder("zhplot") / "fonts" / "NotoSansSC-Regular.ttf",
        "korean": _folder("koreanize_matplotlib") / "fonts" / "NanumGothic.ttf",
    }


def _folder(package: str) -> Path:
    """Where a package lies, found without importing it."""
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent
