"""The one call that reads a text and gives the tables."""

from datetime import date

from depesje import pipeline, tables
from depesje.article import ArticleError, Published
from depesje.tables import Extraction


def extract(
    text: str, *, published: str | date | Published | None = None, language: str | None = None
) -> Extraction:
    """Extract actors, quantities, dates, statements and themes from a Norwegian news text.

    Parameters
    ----------
    text
        The article. Offsets in the tables are characters into it, exactly as given.
    published
        When it was published: a ``date``, or an ISO string of day, month or year precision
        (``2023-09-12``, ``2023-09``). Without it, weekdays and the like cannot be placed.
    language
        ``nb`` (Bokmål) or ``nn`` (Nynorsk); found from the words when None.

    Returns
    -------
    Extraction
        One pandas DataFrame an attribute; ``depesje.tables.SCHEMAS`` has their columns.

    Raises
    ------
    ArticleError
        ``published`` is no date, or ``language`` none of the two.

    Examples
    --------
    >>> found = extract("Ifølge analytikere ligger basen 13 mil unna.", published="2023-09-12")
    >>> found.quantities[["text", "base_low", "base_unit"]].values.tolist()
    [['13 mil', 130000.0, 'meter']]
    """
    if language not in (None, "nb", "nn"):
        raise ArticleError(f"The language {language!r} is not one that Depesje reads: give nb or nn.")
    stated = Published.parse(published) if published is not None else None
    return tables.from_doc(pipeline.read(text, stated), language)
