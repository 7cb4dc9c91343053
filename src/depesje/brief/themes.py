"""What the article is about."""

from depesje.brief.wording import Displays, article, prose, quoted, table, theme_names
from depesje.charts import labels
from depesje.display import Cell, Column, Heading, Line, Prose, Row
from depesje.messages import translator
from depesje.tables import Extraction

#: So many key terms are told.
MOST_TERMS = 8


def themes(found: Extraction, language: str = "en") -> Displays:
    """Heading and prose: what the article is filed under, and the words that set it apart."""
    if found.themes.empty:
        return ()
    words = translator(language)
    names = [quoted(name, language) for name in theme_names(found.themes, language)]
    text = words.ngettext(
        "The article is filed under one IPTC Media Topic of the top level: {themes}.",
        "The article is filed under {n} IPTC Media Topics of the top level: {themes}.",
        len(names),
    ).format(n=len(names), themes=labels.listed(names, language))
    return (
        Heading("themes", words.gettext("Themes")),
        *prose([Line(text)], found, language),
        *_key_terms(found, language),
    )


def theme_table(found: Extraction, language: str = "en") -> Displays:
    """Each theme with the words and sentences that carry it."""
    if found.themes.empty:
        return ()
    _ = translator(language).gettext
    rows = [
        Row(
            (
                Cell(labels.sentence_case(name), detail=row["code"]),
                Cell(str(row["level"]), sort=row["level"]),
                ", ".join(row["words"][:8]),
            ),
            evidence=tuple(row["sentence_ids"]),
            finding=f"theme-{row['code'].removeprefix('medtop:')}",
        )
        for table_ in (found.themes, found.subthemes)
        for name, row in zip(theme_names(table_, language), table_.to_dict("records"), strict=True)
    ]
    columns = (
        Column(_("Theme"), "name", 3),
        Column(_("Level"), "number"),
        Column(_("Words that carry it"), "quote", 4),
    )
    return (table("themes", _("Themes, and the words that they rest on"), columns, rows, found, language),)


def _key_terms(found: Extraction, language: str) -> Displays:
    """The words that the article uses far more than Norwegian in general does."""
    if found.key_terms.empty:
        return ()
    rows = found.key_terms.head(MOST_TERMS).to_dict("records")
    told = translator(language).gettext(
        "Words that the article uses far more than Norwegian in general does:"
    )
    terms = tuple(Line(row["term"], tuple(row["sentence_ids"][:2]), quoted=True) for row in rows)
    return (
        *prose([Line(told)], found, language),
        Prose((terms,), language, article(found)["language"], style="terms"),
    )
