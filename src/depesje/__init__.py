"""Depesje turns a Norwegian news article into a briefing that can be checked."""

from typing import Any

__version__ = "0.1.0"
__all__ = ["extract"]


def __getattr__(name: str) -> Any:
    # spaCy takes a second to import; whoever only reads tables or draws charts needn't wait for it.
    if name == "extract":
        from depesje.extraction import extract

        return extract
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
