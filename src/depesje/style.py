"""The style sheet: what the tokens say, and ``notebooks/templates/depesje/style.css``."""

import base64
import io
from functools import cache
from pathlib import Path

from depesje import tokens

#: The characters of the embedded faces: Latin with its extensions, and the signs that prose and charts use.
_CHARACTERS = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x180)])) + "–—‘’‚“”„«»…•→←↑↓↔≤≥≈≠×−′″€‰"


def template_directories() -> list[str]:
    """Where the nbconvert templates lie: in the source tree, else where an installed package put them."""
    source_tree = Path(__file__).parents[2] / "notebooks" / "templates"
    if source_tree.is_dir():
        return [str(source_tree)]
    from jupyter_core.paths import jupyter_path

    return jupyter_path("nbconvert", "templates")


@cache
def page() -> str:
    """The whole style sheet of a page, with its faces inside."""
    light, dark = _variables()
    return (
        f"{_faces()}:root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
        f"{_charts()}\n{_rules()}"
    )


@cache
def notebook(faces: bool = False) -> str:
    """The style sheet for outputs in JupyterLab, which touches nothing else there and follows its theme.

    Parameters
    ----------
    faces
        Whether to have the faces inside; otherwise the reader's own stand in for them.
    """
    light, dark = _variables()
    output = ".jp-OutputArea-output"
    # Named twice, the rules nested in it go before JupyterLab's own for the same elements.
    return (
        f"{_faces() if faces else ''}"
        f'{output}{{{light}}}[data-jp-theme-light="false"] {output}{{{dark}}}'
        f"{output}{output}{{{_charts()}\n{_rules()}\n{_rules('notebook.css')}}}"
    )


def _rules(name: str = "style.css") -> str:
    files = (Path(folder, "depesje", name) for folder in template_directories())
    return next(file for file in files if file.is_file()).read_text(encoding="utf-8")


def _variables() -> tuple[str, str]:
    """The tokens as CSS variables: all of them with the light colours, and the dark colours."""
    design, pairs = tokens.load(), tokens.colours()
    light, dark = (
        "".join(f"--{name}:{pair[theme]};" for name, pair in pairs.items()) for theme in ("light", "dark")
    )
    sizes = "".join(f"--size-{name}:{size}rem;" for name, size in design["type"]["size"].items())
    spaces = "".join(f"--space-{name}:{space}rem;" for name, space in design["space"].items())
    families = "".join(
        f"--{name}:'{design['type'][name]}',{design['type'][f'{name}_fallback']};"
        for name in ("serif", "sans", "mono")
    )
    return light + sizes + spaces + families, dark


def _charts() -> str:
    """Charts are drawn in the light colours; these rules replace them by the variables."""
    return "".join(
        f'.chart [{key}="{pair["light"]}"]{{{key}:var(--{name})}}'
        for name, pair in tokens.colours().items()
        for key in ("fill", "stroke")
    )


@cache
def _faces() -> str:
    weights = {"": 400, "-semibold": 600}
    families = tokens.load()["type"]
    return "".join(
        f"@font-face{{font-family:'{families[name]}';font-weight:{weight};font-display:swap;"
        f"src:url(data:font/woff;base64,{_subset(tokens.font_files()[name + suffix])}) format('woff')}}"
        for name in ("sans", "serif")
        for suffix, weight in weights.items()
    )


def _subset(file: Path) -> str:
    """A face cut down to Latin, as WOFF in base 64."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(hinting=False, layout_features=["kern", "mark", "ccmp", "locl", "lnum", "tnum"])
    font = TTFont(file, recalcTimestamp=False, lazy=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=_CHARACTERS)
    subsetter.subset(font)
    font.flavor = "woff"
    written = io.BytesIO()
    font.save(written)
    return base64.b64encode(written.getvalue()).decode()
