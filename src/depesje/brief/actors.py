"""Who is in the article."""

import pandas as pd

from depesje.brief.names import Names, country_name
from depesje.brief.opening import prominent
from depesje.brief.wording import Displays, is_text, prose, table
from depesje.charts import labels
from depesje.display import Cell, Column, Heading, Line, Row
from depesje.messages import translator
from depesje.tables import Extraction


def actors(found: Extraction, language: str = "en") -> Displays:
    """Heading and prose: how many actors of which kind, and who has no name."""
    if found.actors.empty:
        return ()
    words = translator(language)
    names = Names(found, language)
    named, groups = prominent(found, named=True), prominent(found, named=False)
    lines = []
    if len(named):
        kinds = [_count(kind, int(n), language) for kind, n in named["type"].value_counts().items()]
        lines.append(
            Line(words.gettext("The article names {kinds}.").format(kinds=labels.listed(kinds, language)))
        )
    if len(groups):
        shown = groups["actor_id"].head(4)
        text = words.ngettext(
            "One source or group has no name: {names}.",
            "{n} sources and groups have no name: {names}.",
            len(groups),
        )
        listed = [names.of[actor_id] for actor_id in shown]
        if len(groups) > len(shown):
            left = len(groups) - len(shown)
            listed.append(words.ngettext("{n} more", "{n} more", left).format(n=left))
        evidence = found.mentions[found.mentions["actor_id"].isin(shown)]["sentence_id"]
        line = text.format(n=len(groups), names=labels.listed(listed, language))
        lines.append(Line(line, tuple(sorted(set(evidence)))))
    return (Heading("actors", words.gettext("Actors")), *prose(lines, found, language))


def _count(kind: str, n: int, language: str) -> str:
    ngettext = translator(language).ngettext
    words = {
        "PER": ngettext("{n} person", "{n} people", n),
        "ORG": ngettext("{n} organisation", "{n} organisations", n),
        "GPE": ngettext("{n} state, region or town", "{n} states, regions and towns", n),
        "LOC": ngettext("{n} place", "{n} places", n),
        "PROD": ngettext("{n} product or work", "{n} products and works", n),
        "EVT": ngettext("{n} event", "{n} events", n),
    }
    return words[kind].format(n=labels.number(n, language))


def actor_table(found: Extraction, language: str = "en") -> Displays:
    """Every actor with its names, kind, country, role, number of mentions and claims, and sentences."""
    if found.actors.empty:
        return ()
    _ = translator(language).gettext
    names = Names(found, language)
    sentences = found.mentions.groupby("actor_id")["sentence_id"].agg(lambda ids: tuple(sorted(set(ids))))
    ranked = pd.concat([prominent(found, named=True), prominent(found, named=False)])
    rows = [
        Row(
            (
                Cell(
                    names.of[row["actor_id"]],
                    detail=names.gloss(row["actor_id"]) or ", ".join(names.others(row["actor_id"])[:6]),
                ),
                row["type"],
                (country_name(row["country"], language) or "") if is_text(row["country"]) else "",
                row["role"] if is_text(row["role"]) else "",
                Cell(str(row["n_mentions"]), sort=row["n_mentions"]),
                Cell(str(row["n_statements"] or ""), sort=row["n_statements"]),
            ),
            evidence=sentences.get(row["actor_id"], ()),
            finding=f"actor-{row['actor_id']}",
        )
        for row in ranked.to_dict("records")
    ]
    columns = (
        Column(_("Actor"), "name", 3),
        Column(_("Kind"), "type"),
        Column(_("Country"), width=2),
        Column(_("Role in the text"), "quote", 3),
        Column(_("Mentions"), "number"),
        Column(_("Claims"), "number"),
    )
    caption = _("All actors, the most mentioned first, those without a name last")
    return (table("actors", caption, columns, rows, found, language),)
