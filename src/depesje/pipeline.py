"""The Norwegian pipeline: the trained model with Depesje's own components around it."""

from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

# Importing a component registers its factory.
from depesje import actors, annotations, article, dates, quantities, relations, statements, themes  # noqa: F401

MODEL = "nb_depesje_news"
#: Depesje's components, in the order in which they use each other's results.
COMPONENTS = (
    "depesje_dates",
    "depesje_quantities",
    "depesje_actors",
    "depesje_statements",
    "depesje_relations",
    "depesje_themes",
)


@Language.component("depesje_layout", assigns=["doc._.blocks", "token.is_sent_start"])
def layout(doc: Doc) -> Doc:
    """Find the headings and paragraphs, and let a sentence begin where one of them does."""
    doc._.blocks = article.blocks(doc.text)
    starts = iter(block.start for block in doc._.blocks)
    start = next(starts, None)
    for token in doc:
        if start is None:
            break
        if token.idx + len(token) > start:
            if token.i:  # spaCy holds the first token for a start already
                token.is_sent_start = True
            start = next(starts, None)
    return doc


@cache
def load() -> Language:
    """Load the whole pipeline once; later calls give the same object.

    Returns
    -------
    spacy.language.Language
        ``depesje_layout``, the trained components of ``nb_depesje_news``, and Depesje's own.
        ``doc._.published`` is to be set on the ``Doc`` before it runs, if dates are to be placed.
    """
    nlp = spacy.load(MODEL)
    nlp.max_length = 100_000_000
    nlp.add_pipe("depesje_layout", first=True)
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp
