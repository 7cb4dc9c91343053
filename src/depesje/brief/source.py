"""The article itself with its evidence marked, and how the briefing was made."""

from collections.abc import Iterator
from importlib.metadata import version

from depesje.article import Article
from depesje.brief.names import Names
from depesje.brief.wording import Displays, amount, article, date_words, is_text
from depesje.display import Files, Heading, Line, Mark, Prose, Provenance, Sentence, SourceText
from depesje.messages import translator
from depesje.tables import Extraction

MODEL = "nb_depesje_news"


def source(found: Extraction, language: str = "en") -> Displays:
    """The whole article, its sentences numbered, its evidence marked."""
    if found.sentences.empty:
        return ()
    sentences = tuple(
        Sentence(row["sentence_id"], row["start"], row["end"], row["paragraph_id"], row["kind"])
        for row in found.sentences.to_dict("records")
    )
    marks = tuple(_marks(found, language))
    return (SourceText(found.text, sentences, marks, "", language, article(found)["language"]),)


def _marks(found: Extraction, language: str) -> Iterator[Mark]:
    names = Names(found, language)
    for row in found.mentions.to_dict("records"):
        yield Mark(row["start"], row["end"], "actor", f"actor-{row['actor_id']}", names.of[row["actor_id"]])
    for row in found.quantities.to_dict("records"):
        yield Mark(
            row["start"], row["end"], "quantity", f"quantity-{row['quantity_id']}", amount(row, language)
        )
    for row in found.dates.to_dict("records"):
        yield Mark(row["start"], row["end"], "date", f"date-{row['date_id']}", date_words(row, language))
    for row in found.statements.to_dict("records"):
        label = names.claimant(row)
        yield Mark(row["start"], row["end"], "statement", f"statement-{row['statement_id']}", label)


def provenance(found: Extraction, source_article: Article, file_name: str, language: str = "en") -> Displays:
    """How the briefing was made, and from what.

    Parameters
    ----------
    found
        The tables.
    source_article
        The article as it was read from its file.
    file_name
        The file's name, without its folders: the same article gives the same briefing wherever it lies.
    language
        The language of the briefing.
    """
    _ = translator(language).gettext
    row = article(found)
    entries = (
        (_("Source file"), file_name),
        ("SHA-256", source_article.sha256),
        (_("Published"), row["published"] if is_text(row["published"]) else _("not known")),
        (_("Language of the article"), row["language"]),
        (_("Language of the briefing"), language),
        ("Depesje", version("depesje")),
        (_("Norwegian model"), f"{MODEL} {version(MODEL)}"),
        ("spaCy", version("spacy")),
    )
    made = _(
        "Made by a program from the article alone; no person has checked it. Every row names the sentences "
        "that it rests on (S1, S2, …), numbered in the source text."
    )
    quoted = _(
        "What is set as a quotation is the article’s own words, in Norwegian; all else is computed. "
        "The briefing says what was claimed, not whether it is true."
    )
    return (
        Heading("method", _("Method and provenance")),
        Prose(((Line(made), Line(quoted)),), language, row["language"], style="note"),
        Provenance(entries),
    )


def files(language: str = "en") -> Displays:
    """Links to the same findings as data: the files that `depesje.report` puts beside the page."""
    _ = translator(language).gettext
    linked = (
        ("tables.xlsx", _("The tables as a workbook (Excel, LibreOffice)")),
        ("briefing.jsonld", _("The article and its claims as linked data (JSON-LD, schema.org)")),
        ("briefing.pdf", _("This briefing on paper (PDF)")),
    )
    words = _(
        "Files in the same folder as this page; its subfolder tables has each table as CSV and Parquet:"
    )
    return (Files(words, linked),)
