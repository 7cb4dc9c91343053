"""What the article is about."""

from depesje.brief.wording import Displays, prose, quoted, table
from depesje.charts import labels
from depesje.display import Cell, Column, Heading, Line, Row
from depesje.messages import translator
from depesje.tables import Extraction

#: So many key terms are told.
MOST_TERMS = 8


def themes(found: Extraction, language: str = "en") -> Displays:
    """Heading, prose and a table: each theme with the words and sentences that carry it."""
    if found.themes.empty:
        return ()
    words = translator(language)
    _ = words.gettext
    label = "label" if language == "en" else "label_nb"
    rows = [
        Row(
            (
                Cell(row[label], detail=row["code"]),
                Cell(str(row["level"]), sort=row["level"]),
                ", ".join(row["words"][:8]),
            ),
            evidence=tuple(row["sentence_ids"]),
            finding=f"theme-{row['code'].removeprefix('medtop:')}",
        )
        for row in [*found.themes.to_dict("records"), *found.subthemes.to_dict("records")]
    ]
    text = words.ngettext(
        "The article is filed under one IPTC Media Topic of the top level: {themes}.",
        "The article is filed under {n} IPTC Media Topics of the top level: {themes}.",
        len(found.themes),
    ).format(
        n=len(found.themes),
        themes=labels.listed([quoted(name, language) for name in found.themes[label]], language),
    )
    columns = (
        Column(_("Theme"), "name", 3),
        Column(_("Level"), "number"),
        Column(_("Words that carry it"), "quote", 4),
    )
    return (
        Heading("themes", _("Themes")),
        *prose([Line(text)], found, language),
        *_key_terms(found, language),
        table("themes", _("Themes, and the words that they rest on"), columns, rows, found, language),
    )


def _key_terms(found: Extraction, language: str) -> Displays:
    """The words that the article uses far more than Norwegian in general does."""
    if found.key_terms.empty:
        return ()
    rows = found.key_terms.head(MOST_TERMS).to_dict("records")
    told = translator(language).gettext(
        "Words that the article uses far more than Norwegian in general does:"
    )
    terms = tuple(Line(row["term"], tuple(row["sentence_ids"][:2]), quoted=True) for row in rows)
    return prose([Line(told), *terms], found, language)
