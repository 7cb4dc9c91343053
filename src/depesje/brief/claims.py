"""Who claims what, how surely."""

from collections import Counter
from typing import Any

import pandas as pd

from depesje import lexicon
from depesje.brief.names import Names
from depesje.brief.wording import Displays, is_text, prose, table
from depesje.display import Cell, Column, Heading, Line, Row
from depesje.keyterms import WORD, stem
from depesje.messages import translator
from depesje.tables import Extraction

#: A claim is compared with at most so many earlier ones that share a given word.
MOST_COMPARED = 50


def claims(found: Extraction, language: str = "en") -> Displays:
    """Heading and prose: whom the article hears most, and how much it quotes."""
    if found.statements.empty:
        return ()
    words = translator(language)
    names = Names(found, language)
    rows = found.statements.to_dict("records")
    lines = []
    heard, most = Counter(names.claimant(row) for row in rows).most_common(1)[0]
    if most > 1 and heard:
        text = words.gettext("The source heard most is {name}, with {n} claims.").format(name=heard, n=most)
        evidence = {row["sentence_id"] for row in rows if names.claimant(row) == heard}
        lines.append(Line(text, tuple(sorted(evidence))))
    direct = {row["sentence_id"] for row in rows if row["mode"] == "direct"}
    n = sum(row["mode"] == "direct" for row in rows)
    if n:
        told = words.ngettext("One claim is quoted directly.", "{n} claims are quoted directly.", n).format(
            n=n
        )
        lines.append(Line(told, tuple(sorted(direct))))
    heading = Heading("claims", words.gettext("Claims and their certainty"))
    return (heading, *prose(lines, found, language))


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
                Cell(names.claimant(row) or _("unknown"), detail=_described(row, roles, names)),
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
        "yardstick, “likely” stands for likely or probable (55–75 %) and “possible” for a realistic possibility "
        "(40–50 %). A claim is “asserted” when it is made without reservation."
    )
    caption = _("All claims that the article attributes to a source, in the order of the text")
    return (table("claims", caption, columns, rows, found, language, note),)


def _described(row: dict[str, Any], roles: "pd.Series[str]", names: Names) -> str:
    """A source's role where the text gives one, else whether it has a name."""
    _ = translator(names.language).gettext
    if not row["named_source"]:
        glossed = "" if pd.isna(row["speaker_actor_id"]) else names.gloss(int(row["speaker_actor_id"]))
        return ", ".join(filter(None, [glossed, _("source without a name")]))
    role = None if pd.isna(row["speaker_actor_id"]) else roles[int(row["speaker_actor_id"])]
    return str(role) if is_text(role) else _("named source")


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
