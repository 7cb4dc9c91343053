"""The Norwegian pipeline: the trained model with Depesje's own components around it."""

from collections.abc import Iterator
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

# Importing a component registers its factory.
from depesje import (  # noqa: F401
    actors,
    annotations,
    article,
    dates,
    places,
    quantities,
    relations,
    statements,
    themes,
)

MODEL = "nb_depesje_news"
#: Depesje's components, in the order in which they use each other's results.
COMPONENTS = (
    "depesje_dates",
    "depesje_quantities",
    "depesje_actors",
    "depesje_places",
    "depesje_statements",
    "depesje_relations",
    "depesje_themes",
)


#: The trained components read a long text in pieces of about so many tokens: their memory grows with the piece.
PIECE = 10_000


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


def read(text: str, published: article.Published | None = None) -> Doc:
    """Run the whole pipeline over a text of any length.

    Parameters
    ----------
    text
        The article.
    published
        Its day, month or year of publication, if known.

    Returns
    -------
    Doc
        ``doc.text`` is the text, exactly as given.
    """
    nlp = load()
    doc = nlp.make_doc(text)
    doc._.published = published
    if len(doc) <= 2 * PIECE:
        return nlp(doc)
    own = {"depesje_layout", *COMPONENTS}
    doc = layout(doc)
    pieces = []
    with nlp.select_pipes(disable=sorted(own)):
        for start, end in _cuts(doc):
            piece = doc[start:end].as_doc()
            for token in piece[1:]:
                token.is_sent_start = doc[start + token.i].is_sent_start
            pieces.append(nlp(piece))
    whole = Doc.from_docs(pieces, ensure_whitespace=False)
    whole._.published, whole._.blocks = published, doc._.blocks
    with nlp.select_pipes(enable=list(COMPONENTS)):
        return nlp(whole)


def _cuts(doc: Doc) -> Iterator[tuple[int, int]]:
    """Where a long text may be cut: after at least ``PIECE`` tokens, where a sentence seems to begin."""
    start = 0
    for token in doc:
        length = token.i - start
        begins = token.is_sent_start or (token.i and doc[token.i - 1].text in (".", "!", "?"))
        if (length >= PIECE and begins) or length >= 2 * PIECE:
            yield start, token.i
            start = token.i
    yield start, len(doc)
