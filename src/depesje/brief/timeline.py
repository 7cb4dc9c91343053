"""The dates."""

from depesje.brief.wording import Displays, date_words, prose, references, shortened, span_words, table
from depesje.display import Cell, Column, Heading, Line, Row
from depesje.messages import translator
from depesje.tables import Extraction


def timeline(found: Extraction, language: str = "en") -> Displays:
    """Heading and prose: from when to when, and how many dates stay open."""
    if found.dates.empty:
        return ()
    words = translator(language)
    rows = found.dates.to_dict("records")
    first, last = min(rows, key=lambda row: row["date_from"]), max(rows, key=lambda row: row["date_to"])
    if len({(row["date_from"], row["date_to"]) for row in rows}) == 1:
        text = words.gettext("The text points to one time: {span}.").format(span=date_words(first, language))
    else:
        span = span_words(first["date_from"], last["date_to"], language)
        text = words.gettext("The times that the text points to lie within {span}.").format(span=span)
    lines = [Line(text, references([first["sentence_id"], last["sentence_id"]]))]
    open_ = found.dates[found.dates["candidates"].notna()]
    if len(open_):
        told = words.ngettext(
            "One date may be any of several days; the text leaves open which.",
            "{n} dates may be any of several days; the text leaves open which.",
            len(open_),
        ).format(n=len(open_))
        lines.append(Line(told, references(open_["sentence_id"])))
    return (Heading("timeline", words.gettext("Timeline")), *prose(lines, found, language))


def date_table(found: Extraction, language: str = "en") -> Displays:
    """Every date: the days it covers, as written, its sentence."""
    if found.dates.empty:
        return ()
    _ = translator(language).gettext
    text = found.sentences.set_index("sentence_id")["text"]
    rows = [
        Row(
            (
                Cell(date_words(row, language), sort=row["date_from"]),
                row["text"],
                shortened(text[row["sentence_id"]], row["start"] - _start(found, row["sentence_id"])),
            ),
            evidence=(row["sentence_id"],),
            finding=f"date-{row['date_id']}",
        )
        for row in found.dates.sort_values(["date_from", "date_to", "start"]).to_dict("records")
    ]
    columns = (
        Column(_("When"), "name", 2),
        Column(_("As written"), "quote", 1),
        Column(_("Sentence"), "quote", 4),
    )
    return (table("dates", _("All dates, the earliest first"), columns, rows, found, language),)


def _start(found: Extraction, sentence_id: int) -> int:
    return int(found.sentences["start"].iloc[sentence_id])
