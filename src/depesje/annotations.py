"""The values that the components leave on a spaCy ``Doc``.

All ``start``/``end`` are character offsets into ``doc.text``, end exclusive, so that
``doc.text[start:end]`` is the evidence. They are plain values and not spaCy spans, because an amount
or a date may begin inside a token (``57`` in ``57-åring``).
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from spacy.tokens import Doc

Bound = Literal["exact", "approx", "at_least", "at_most", "range"]
Certainty = Literal["confirmed", "asserted", "likely", "possible", "uncertain", "unconfirmed", "denied"]
Mode = Literal["direct", "indirect"]


@dataclass(frozen=True, slots=True)
class DateExpression:
    """An expression that points to calendar time, with the first and last day it covers."""

    start: int
    end: int
    text: str
    date_from: date
    date_to: date
    precision: str
    #: The possible days where the anchor leaves several open, else None.
    candidates: tuple[date, ...] | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount: ``low`` to ``high`` in ``unit``, as written, and in SI base units."""

    start: int
    end: int
    text: str
    low: float
    high: float
    unit: str
    bound: Bound
    dimension: str
    base_low: float
    base_high: float
    base_unit: str
    item: str | None = None
    item_start: int | None = None
    item_end: int | None = None
    certainty: Certainty | None = None
    #: How the amount takes part in a change: "from", "to", "increase", "decrease".
    change: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an actor is named (or, for a GROUP, described)."""

    start: int
    end: int
    text: str
    type: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, organisation, state or unnamed group, with all its mentions in order."""

    name: str
    type: str
    country: str | None
    role: str | None
    gender: str | None
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of text that the article attributes to a source."""

    start: int
    end: int
    text: str
    speaker: str | None
    #: Index into ``doc._.actors``.
    speaker_actor: int | None
    speaker_start: int | None
    speaker_end: int | None
    cue: str | None
    cue_start: int | None
    cue_end: int | None
    mode: Mode
    named_source: bool
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Theme:
    """An IPTC Media Topic with the sentences and words that carry it."""

    code: str
    label_en: str
    label_nb: str
    level: int
    score: float
    sentences: tuple[tuple[int, int], ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """A link between two actors (indices into ``doc._.actors``)."""

    source: int
    target: int
    weight: float
    kind: Literal["co-mention", "verb", "statement"]
    verb: str | None
    sentences: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A name in the text that could be placed on the globe."""

    start: int
    end: int
    text: str
    #: The usual Norwegian name.
    name: str
    kind: str
    #: ISO 3166 alpha-3; None for a sea, or where several have a part of it.
    country: str | None
    #: Degrees, WGS 84.
    latitude: float
    longitude: float
    #: How many km a region reaches from there; 0 for a town.
    reach: float
    #: What spoke for this place: see ``depesje.places``.
    decided_by: str
    #: Index into ``doc._.actors``.
    actor: int | None = None
    #: Index into ``doc._.quantities``: the distance that the text measures from here.
    quantity: int | None = None


def register() -> None:
    """Register the ``Doc`` extensions; safe to call more than once."""
    if not Doc.has_extension("published"):
        Doc.set_extension("published", default=None)
    for name in ("blocks", "dates", "quantities", "actors", "statements", "themes", "relations", "places"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=[])


register()
