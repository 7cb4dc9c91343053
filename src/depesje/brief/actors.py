"""Who is in the article."""

from typing import Any

import pandas as pd

from depesje.brief.names import Names, country_word
from depesje.brief.opening import prominent
from depesje.brief.wording import (
    Displays,
    is_text,
    party,
    prose,
    quoted,
    references,
    role_without_party,
    shortened,
    table,
)
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
        listed = [_glossed(actor_id, names) for actor_id in shown]
        if len(groups) > len(shown):
            left = len(groups) - len(shown)
            listed.append(words.ngettext("{n} more", "{n} more", left).format(n=left))
        firsts = found.mentions.groupby("actor_id")["sentence_id"].min()
        line = text.format(n=len(groups), names=labels.listed(listed, language))
        foreign = tuple(labels.short(names.of[i]) for i in shown if names.foreign(i))
        lines.append(Line(line, references(firsts[actor_id] for actor_id in shown), foreign=foreign))
    return (Heading("actors", words.gettext("Actors")), *prose(lines, found, language))


def _glossed(actor_id: int, names: Names) -> str:
    """`demonstrantene (demonstrators)`: a group in the article's words and, where known, in the briefing's."""
    name, gloss = labels.short(names.of[actor_id]), names.gloss(actor_id)
    return f"{name} ({gloss})" if gloss else name


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
    """Every actor: names, role, kind, country, how often and in which sections it stands, and what it claims."""
    if found.actors.empty:
        return ()
    _ = translator(language).gettext
    names = Names(found, language)
    sentences = found.mentions.groupby("actor_id")["sentence_id"].agg(lambda ids: tuple(sorted(set(ids))))
    numbers = _section_numbers(found)
    claimed, headed = _claimed(found), bool(_headings(found))
    ranked = pd.concat([prominent(found, named=True), prominent(found, named=False)])
    rows = []
    for row in ranked.to_dict("records"):
        evidence = sentences.get(row["actor_id"], ())
        rows.append(
            Row(
                (
                    _actor_cell(row, names),
                    Cell(
                        row["type"],
                        detail=""
                        if names.is_country(row["actor_id"])
                        else country_word(row["country"], language),
                    ),
                    Cell(
                        str(row["n_mentions"]),
                        sort=row["n_mentions"],
                        detail=_sections({numbers[i] for i in evidence}) if headed and evidence else "",
                    ),
                    _claims_cell(claimed.get(row["actor_id"], []), language),
                ),
                evidence=evidence,
                finding=f"actor-{row['actor_id']}",
            )
        )
    columns = (
        Column(_("Actor and role in the text"), "name", 4),
        Column(_("Kind and country"), "type"),
        Column(_("Mentions"), "number"),
        Column(_("What it claims"), "quote", 4),
    )
    caption = _("All actors, the most mentioned first, those without a name last")
    return (table("actors", caption, columns, rows, found, language, _sections_note(found, language)),)


def _actor_cell(actor: dict[str, Any], names: Names) -> Cell:
    """What an actor is called, its role in the text (a group is called by it), its party, and its other names."""
    number, language = actor["actor_id"], names.language
    role = actor["role"] if is_text(actor["role"]) and actor["type"] != "GROUP" else ""
    others = ", ".join(names.others(number)[:6])
    called = translator(language).gettext("also {names}").format(names=others) if others else ""
    details = [names.gloss(number), party(role, language), "" if names.gloss(number) else called]
    return Cell(
        names.of[number],
        words=role_without_party(role),
        detail="; ".join(filter(None, details)),
        foreign=names.foreign(number),
    )


def _sections(numbers: set[int]) -> str:
    """`§ 0, 1, 4`: the sections that an actor is mentioned in."""
    return f"§\N{NO-BREAK SPACE}{', '.join(map(str, sorted(numbers)))}"


def _headings(found: Extraction) -> list[str]:
    """The headings that open sections, in order."""
    return list(dict.fromkeys(found.sentences["section"].dropna()))


def _section_numbers(found: Extraction) -> list[int]:
    """For each sentence the number of its section; 0 before the first heading."""
    number = {heading: n for n, heading in enumerate(_headings(found), 1)}
    return [number.get(section, 0) for section in found.sentences["section"]]


def _sections_note(found: Extraction, language: str) -> str:
    headings = _headings(found)
    if not headings:
        return ""
    told = "; ".join(f"§ {n} {quoted(heading, language)}" for n, heading in enumerate(headings, 1))
    text = translator(language).gettext("Sections: § 0 before the first heading; {sections}.")
    return text.format(sections=told)


def _claimed(found: Extraction) -> dict[int, list[str]]:
    """What each actor claims, in the order of the text."""
    spoken = found.statements.dropna(subset=["speaker_actor_id"])
    claims: dict[int, list[str]] = {}
    for actor_id, text in zip(spoken["speaker_actor_id"], spoken["text"], strict=True):
        claims.setdefault(int(actor_id), []).append(str(text))
    return claims


def _claims_cell(claims: list[str], language: str) -> Cell:
    """The first claim, shortened, and how many there are."""
    if not claims:
        return Cell("", sort=0)
    count = translator(language).ngettext("{n} claim", "{n} claims", len(claims)).format(n=len(claims))
    return Cell(shortened(claims[0], 0, 70), sort=len(claims), detail=count)


def relation_table(found: Extraction, language: str = "en") -> Displays:
    """Who does what to whom, and who says so; links by co-mention are the chart's, those by a claim the claims'."""
    named = found.relations[found.relations["kind"] == "verb"]
    if named.empty:
        return ()
    _ = translator(language).gettext
    names = Names(found, language)
    rows = []
    for row in named.to_dict("records"):
        claim = _claim_around(found, row)
        rows.append(
            Row(
                (
                    names.of[row["source_actor_id"]],
                    row["verb"],
                    names.of[row["target_actor_id"]],
                    names.claimant(claim) if claim else _("the article itself"),
                    claim["certainty"] if claim else "",
                ),
                evidence=tuple(row["sentence_ids"]),
            )
        )
    columns = (
        Column(_("Who"), "name", 3),
        Column(_("Verb"), "quote", 2),
        Column(_("Whom or where"), width=3),
        Column(_("Said by"), width=3),
        Column(_("Certainty"), "certainty"),
    )
    caption = _("Who is linked to whom by a verb")
    note = _(
        "Verbs stand in their base form: the sentence says whether it happened, may happen or is denied."
    )
    return (table("relations", caption, columns, rows, found, language, note),)


def _claim_around(found: Extraction, relation: dict[str, Any]) -> dict[str, Any] | None:
    """The claim that names both actors of a link, in the link's own sentences."""
    ends = {relation["source_actor_id"], relation["target_actor_id"]}
    near = found.statements[found.statements["sentence_id"].isin(relation["sentence_ids"])]
    for claim in near.to_dict("records"):
        inside = found.mentions[
            (found.mentions["start"] >= claim["start"]) & (found.mentions["end"] <= claim["end"])
        ]
        if ends <= set(inside["actor_id"]):
            return dict(claim)
    return None
