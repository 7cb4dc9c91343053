"""Where it is."""

import pandas as pd

from depesje import names
from depesje.brief.names import Names, country_word
from depesje.brief.wording import Displays, prose, references, shortened, table
from depesje.charts import Chart, labels
from depesje.display import Cell, Column, Heading, Line, Row
from depesje.messages import translator
from depesje.tables import Extraction

#: Names that are left off are listed up to so many.
LEFT_OFF = 6


def places(chart: Chart | None, found: Extraction, language: str = "en") -> Displays:
    """Heading and prose: how many places there are, and which names are left off; nothing where there is no map."""
    if chart is None:
        return ()
    words = translator(language)
    lines = []
    if found.places.empty:
        lines.append(Line(words.gettext("It names no place that can be put on a map, only countries.")))
    else:
        counts = found.places.groupby(["latitude", "longitude"], sort=False)["place_id"].count()
        text = words.ngettext(
            "{n} place can be put on a map.", "{n} places can be put on a map.", len(counts)
        )
        lines.append(Line(text.format(n=labels.number(len(counts), language))))
    left = _left_off(found)
    if len(left):
        called = Names(found, language)
        text = words.ngettext(
            "One name is left off: the text does not clearly mean a place by it, or leaves open which: {names}.",
            "{n} names are left off: the text does not clearly mean places by them, or leaves open which: {names}.",
            len(left),
        )
        listed = labels.listed([called.of[number] for number in left], language, LEFT_OFF)
        evidence = found.mentions[found.mentions["actor_id"].isin(left[:LEFT_OFF])]
        firsts = evidence.groupby("actor_id")["sentence_id"].min()
        line = text.format(n=labels.number(len(left), language), names=listed)
        lines.append(Line(line, references(firsts)))
    return (Heading("places", words.gettext("Places")), *prose(lines, found, language))


def _left_off(found: Extraction) -> list[int]:
    """The towns and regions among the actors that have no place on the map."""
    placed = set(found.places["actor_id"].dropna())
    return [
        int(row["actor_id"])
        for row in found.actors.to_dict("records")
        if row["type"] == "GPE" and row["actor_id"] not in placed and not _is_larger(row["name"])
    ]


def _is_larger(name: str) -> bool:
    """Whether a name is that of a country or of a part of the world, which has no place to be put at."""
    return any(
        entry.kind in ("country", "continent", "region") for entry in names.look_up(names.split_name(name))
    )


def place_table(found: Extraction, language: str = "en") -> Displays:
    """Every place on the map: its country, its coordinates, what spoke for it, a sentence that names it."""
    if found.places.empty:
        return ()
    _ = translator(language).gettext
    called = Names(found, language)
    text = found.sentences.set_index("sentence_id")["text"]
    starts = found.sentences.set_index("sentence_id")["start"]
    rows = []
    for _at, mentions in found.places.groupby(["latitude", "longitude", "kind"], sort=False):
        row = mentions.iloc[0].to_dict()
        name = row["name"] if pd.isna(row["actor_id"]) else called.of[row["actor_id"]]
        number = row["sentence_id"]
        rows.append(
            Row(
                (
                    Cell(name, detail=labels.place_word(row["kind"], language)),
                    country_word(row["country"], language),
                    labels.coordinates((row["latitude"], row["longitude"]), language),
                    _decided(row["decided_by"], language),
                    shortened(text[number], row["start"] - int(starts[number])),
                ),
                evidence=tuple(sorted({int(i) for i in mentions["sentence_id"]})),
            )
        )
    columns = (
        Column(_("Place"), "name", 2),
        Column(_("Country"), "text", 1.4),
        Column(_("Coordinates"), "text", 1.6),
        Column(_("Placed because"), "text", 2.2),
        Column(_("Sentence"), "quote", 4),
    )
    return (table("places", _("All places on the map"), columns, rows, found, language),)


def _decided(by: str, language: str) -> str:
    """What spoke for a place, in a few words."""
    _ = translator(language).gettext
    words = {
        "stated": _("the text says where it is"),
        "lexicon": _("the name is known for one place"),
        "context": _("the only one in a country that is named"),
        "norway": _("the only one in Norway, and no other country is named"),
        "population": _("by far the largest of the name"),
        "near": _("near another place in the text"),
    }
    return words[by]
