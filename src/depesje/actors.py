"""Actors: the persons, organisations, states and unnamed groups of an article, each with all its mentions."""

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from depesje import annotations  # noqa: F401  (registers the Doc extensions)


def find_actor(doc: Doc, start: int, end: int) -> int | None:
    """Find the actor that is mentioned in a stretch of text.

    Parameters
    ----------
    doc
        A document that has been through ``depesje_actors``.
    start, end
        Character offsets, end exclusive.

    Returns
    -------
    int or None
        Index into ``doc._.actors``. A mention with exactly this span comes first, then the mention that holds the
        span's syntactic head, then a person, then the first mention that overlaps.
    """
    return None


def add_group(doc: Doc, start: int, end: int) -> int:
    """Add a mention of an unnamed actor (``amerikanske tjenestemenn``) and return its actor.

    Parameters
    ----------
    doc
        A document that has been through ``depesje_actors``.
    start, end
        Character offsets of the noun phrase, end exclusive.

    Returns
    -------
    int
        Index into ``doc._.actors``: the GROUP actor of the same noun phrase, where there is one, else a new one.
    """
    return 0


def role_nouns() -> frozenset[str]:
    """All listed forms (lower case, inflected) of the nouns that name people by role, such as ``talsmannen``."""
    return frozenset()


def role_base(word: str) -> str | None:
    """The indefinite singular of a role noun: ``statsministeren`` → ``statsminister``; None for other words.

    Compounds count by their last part: ``byrådslederen`` → ``byrådsleder``.
    """
    return None


@Language.factory("depesje_actors", assigns=["doc._.actors"])
def create_actors(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Create the component (spaCy factory)."""
    return ActorFinder()


class ActorFinder:
    """Sets ``doc._.actors`` from ``doc.ents``."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the actors of one document."""
        return doc
