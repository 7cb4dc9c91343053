"""Who claims what, how surely."""

from collections import Counter
from typing import Any

import pandas as pd

from depesje import lexicon
from depesje.brief.names import Names
from depesje.brief.wording import Displays, is_text, party, prose, references, role_without_party, table
from depesje.charts import labels
from depesje.display import Cell, Column, Heading, Line, Row
from depesje.keyterms import WORD, stem
from depesje.messages import translator
from depesje.tables import Extraction

#: So many sources may share the first place.
MOST_FIRST = 3
#: A claim is compared with at most so many earlier ones that share a given word.
MOST_COMPARED = 50


def claims(found: Extraction, language: str = "en") -> Displays:
    """Heading and prose: whom the article hears most, and how much it quotes."""
    if found.statements.empty:
        return ()
    words = translator(language)
    names = Names(found, language)
    rows = found.statements.to_dict("records")
    lines = [*_heard_most(rows, names), *_quoted(rows, language)]
    heading = Heading("claims", words.gettext("Claims and their certainty"))
    return (heading, *prose(lines, found, language))


def _heard_most(rows: list[dict[str, Any]], names: Names) -> list[Line]:
    """The source with the most claims, or the few that share the first place."""
    counts = Counter(names.claimant(row) for row in rows)
    most = max(counts.values())
    first = [source for source, n in counts.items() if n == most]
    if most < 2 or not all(first) or len(first) > MOST_FIRST:
        return []
    text = translator(names.language).ngettext(
        "The source heard most is {names}, with {n} claims.",
        "The sources heard most are {names}, with {n} claims each.",
        len(first),
    )
    spoken = [row for row in rows if names.claimant(row) in first]
    foreign = tuple(
        {
            labels.short(names.claimant(row)): None
            for row in spoken
            if not pd.isna(row["speaker_actor_id"]) and names.foreign(int(row["speaker_actor_id"]))
        }
    )
    line = text.format(names=labels.listed(list(map(labels.short, first)), names.language), n=most)
    return [Line(line, references(row["sentence_id"] for row in spoken), foreign=foreign)]


def _quoted(rows: list[dict[str, Any]], language: str) -> list[Line]:
    """How many of the claims are quoted word for word."""
    words = translator(language)
    direct = [row["sentence_id"] for row in rows if row["mode"] == "direct"]
    if not direct:
        return []
    if len(direct) == len(rows):
        text = words.ngettext(
            "The one claim is quoted directly.", "All {n} claims are quoted directly.", len(rows)
        )
    else:
        text = words.ngettext(
            "One of the {n} claims is quoted directly.",
            "{k} of the {n} claims are quoted directly.",
            len(direct),
        )
    return [Line(text.format(k=len(direct), n=len(rows)), references(direct))]


def claim_table(found: Extraction, language: str = "en") -> Displays:
    """Every claim: source, whether it is named, words, cue, certainty."""
    if found.statements.empty:
        return ()
    _ = translator(language).gettext
    names = Names(found, language)
    roles = found.actors.set_index("actor_id")["role"]
    others = _who_say_the_same(found.statements.to_dict("records"), names)
    rows = [
        Row(
            (
                _source_cell(row, roles, names),
                row["text"],
                Cell(
                    row["cue"] if is_text(row["cue"]) else "–",
                    detail=_("quoted") if row["mode"] == "direct" else _("reported"),
                ),
                row["certainty"],
                others.get(row["statement_id"], ""),
            ),
            evidence=(row["sentence_id"],),
            finding=f"statement-{row['statement_id']}",
        )
        for row in found.statements.to_dict("records")
    ]
    columns = (
        Column(_("Source"), "name", 2),
        Column(_("What is claimed"), "quote", 5),
        Column(_("Cue"), "quote", 1),
        Column(_("Certainty"), "certainty"),
        Column(_("Also said by"), width=2),
    )
    note = _(
        "Certainty is what the article’s words signal, not a judgement on the facts. On the PHIA probability "
        "yardstick, “likely” stands for likely or probable (55–75%) and “possible” for a realistic possibility "
        "(40–50%). A claim is “asserted” when it is made without reservation."
    )
    caption = _("All claims that the article attributes to a source, in the order of the text")
    return (table("claims", caption, columns, rows, found, language, note),)


def _source_cell(row: dict[str, Any], roles: "pd.Series[str]", names: Names) -> Cell:
    speaker = row["speaker_actor_id"]
    return Cell(
        names.claimant(row) or translator(names.language).gettext("unknown"),
        words=_role(row, roles),
        detail=_described(row, roles, names),
        foreign=not pd.isna(speaker) and names.foreign(int(speaker)),
    )


def _described(row: dict[str, Any], roles: "pd.Series[str]", names: Names) -> str:
    """A source's party, or else whether it has a name, where its role does not say so."""
    _ = translator(names.language).gettext
    if not row["named_source"]:
        glossed = "" if pd.isna(row["speaker_actor_id"]) else names.gloss(int(row["speaker_actor_id"]))
        return "; ".join(filter(None, [glossed, _("unnamed source")]))
    stated = "" if pd.isna(row["speaker_actor_id"]) else roles[int(row["speaker_actor_id"])]
    member = party(stated, names.language) if is_text(stated) else ""
    return member or ("" if _role(row, roles) else _("named source"))


def _role(row: dict[str, Any], roles: "pd.Series[str]") -> str:
    """The role that the text gives a named source."""
    if not row["named_source"] or pd.isna(row["speaker_actor_id"]):
        return ""
    stated = roles[int(row["speaker_actor_id"])]
    return role_without_party(stated) if is_text(stated) else ""


def _who_say_the_same(rows: list[dict[str, Any]], names: Names) -> dict[int, str]:
    """For each claim the other sources with a claim of much the same words.

    Two claims say the same where they share at least half of the content words of both (Jaccard); only
    claims that share a word are compared.
    """
    contents = {row["statement_id"]: _content(row["text"]) for row in rows}
    sources = {row["statement_id"]: names.claimant(row) for row in rows}
    holding: dict[str, list[int]] = {}
    agreeing: dict[int, set[str]] = {}
    for number, content in contents.items():
        rarest = sorted(content, key=lambda word: len(holding.get(word, ())))[: (len(content) + 1) // 2 + 1]
        for other in {earlier for word in rarest for earlier in holding.get(word, [])[-MOST_COMPARED:]}:
            union = content | contents[other]
            if (
                sources[other] != sources[number]
                and len(content & contents[other]) * 2 >= len(union)
                and len(union) > 2
            ):
                agreeing.setdefault(number, set()).add(sources[other])
                agreeing.setdefault(other, set()).add(sources[number])
        for word in content:
            holding.setdefault(word, []).append(number)
    return {number: ", ".join(sorted(filter(None, found))) for number, found in agreeing.items()}


def _content(text: str) -> frozenset[str]:
    common = lexicon.stopwords()
    return frozenset(stem(word) for word in WORD.findall(text.lower()) if word not in common)
