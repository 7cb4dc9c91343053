"""The linguistic knowledge of Depesje: TOML files that a linguist may edit, one a subject."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """Read one lexicon file.

    Parameters
    ----------
    name
        The file's name without its ending: ``load("units")`` reads ``units.toml``.

    Returns
    -------
    dict
        The file's tables, cached: treat it as read-only.
    """
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def stopwords() -> frozenset[str]:
    """Words too common to say what a text is about, in lower case."""
    return frozenset(load("stopwords")["words"].split())
