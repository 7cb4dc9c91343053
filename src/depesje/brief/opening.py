"""The title block, the bottom line up front, the key figures."""

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from depesje.brief.names import Names
from depesje.brief.wording import (
    ELLIPSIS_AFTER,
    ELLIPSIS_BEFORE,
    Displays,
    amount,
    article,
    is_text,
    item,
    item_gloss,
    published,
    quoted,
    references,
    theme_names,
    title,
)
from depesje.charts import labels
from depesje.display import Display, Heading, KeyFigure, KeyFigures, Line, Masthead, Prose
from depesje.messages import NORWEGIAN, translator
from depesje.summary import key_sentences
from depesje.tables import Extraction

#: The bottom line quotes this much of the article, in words.
LEAD_WORDS = 60
#: The strip of key figures holds at most so many.
MOST_FIGURES = 4
#: The longest label of a key figure, in characters.
LONGEST_LABEL = 90
#: Around an amount that counts nothing so many words are shown, at most so many of them after it.
_WORDS_AROUND, _WORDS_AFTER = 7, 5
#: Actors named in the bottom line.
_ACTORS = 3
#: A length of time is a key figure only in one of the first sentences, where the news is.
_NEWS = 10
#: A claim of one of these certainties is called open.
OPEN = ("likely", "possible", "uncertain", "unconfirmed")


def masthead(found: Extraction, language: str = "en") -> Displays:
    """The title block: the article's title or first sentence, when it was published, its language and length."""
    words = translator(language)
    _, row = words.gettext, article(found)
    length = len(found.text.split())
    facts = (
        (_("Published"), published(found, language)),
        (_("Language"), _("Nynorsk") if row["language"] == "nn" else _("Bokmål")),
        (
            _("Length"),
            words.ngettext("{n} word", "{n} words", length).format(n=labels.number(length, language)),
        ),
    )
    return (
        Masthead(
            title=title(found, language),
            language=language,
            article_language=row["language"],
            kicker=_("Briefing on a Norwegian news article"),
            facts=facts,
            published=f"{row['published']}-01-01"[:10] if is_text(row["published"]) else None,
        ),
    )


def bottom_line(found: Extraction, language: str = "en") -> Displays:
    """What the article is about, who is in it, how sure it is, its key sentences and key figures."""
    _ = translator(language).gettext
    names = Names(found, language)
    lines = [*_about(found, language), *_who(found, names, language), *_how_sure(found, language)]
    if article(found)["looks_danish"]:
        lines.append(Line(_("The text looks Danish; Depesje reads Norwegian, so trust the findings less.")))
    shown: list[Display] = [
        Heading("bottom-line", _("Bottom line")),
        Prose((tuple(lines),), language, article(found)["language"], style="lead"),
    ]
    text = found.sentences.set_index("sentence_id")["text"]
    chosen = key_sentences(found.sentences, LEAD_WORDS) or found.sentences["sentence_id"].head(1).tolist()
    sentences = tuple(Line(text[number], (number,), quoted=True) for number in chosen)
    if sentences:
        said = (Line(_("Key sentences of the article, in its own words:")),)
        shown.append(Prose((said, sentences), language, article(found)["language"]))
    return (*shown, *key_figures(found, language))


def _about(found: Extraction, language: str) -> list[Line]:
    words = translator(language)
    _, ngettext = words.gettext, words.ngettext
    n = len(found.sentences)
    rows = found.themes.to_dict("records")
    themes = theme_names(found.themes, language)
    if themes:
        text = _("An article filed under {themes}, {when}.")
    else:
        text = ngettext("An article of one sentence, {when}.", "An article of {n} sentences, {when}.", n)
    listed = labels.listed([quoted(theme, language) for theme in themes], language)
    evidence = references(number for row in rows for number in row["sentence_ids"][:2])
    return [Line(text.format(themes=listed, when=_when(found, language), n=n), evidence)]


def _when(found: Extraction, language: str) -> str:
    _ = translator(language).gettext
    precision = article(found)["published_precision"]
    if precision == "day":
        return _("published on {day}").format(day=published(found, language))
    if is_text(precision):
        return _("published in {month}").format(month=published(found, language))
    return _("published on a day that is not known")


def _who(found: Extraction, names: Names, language: str) -> list[Line]:
    words = translator(language)
    named = prominent(found, named=True)
    if named.empty:
        return [Line(words.gettext("It names no person, organisation or state."))]
    counts = named["n_mentions"].tolist()
    firsts = found.mentions.groupby("actor_id")["sentence_id"].min()
    # As many as stand before all others: no one of several that are mentioned as often.
    clear = [k for k in range(1, _ACTORS + 1) if counts[k - 1 : k] > counts[k : k + 1]]
    if not clear:
        text = words.ngettext(
            "It names {n} actors, none of them more than once.",
            "It names {n} actors, none of them more than {m} times.",
            counts[0],
        )
        evidence = references(firsts[actor_id] for actor_id in named["actor_id"])
        return [Line(text.format(n=len(named), m=counts[0]), evidence)]
    top = named.head(clear[-1]).to_dict("records")
    parts = [
        words.ngettext("{name} (once)", "{name} ({n} times)", row["n_mentions"]).format(
            name=labels.short(names.of[row["actor_id"]]), n=row["n_mentions"]
        )
        for row in top
    ]
    if len(named) > len(top):
        text = words.gettext("It names {n} actors, most often {names}.")
    else:
        text = words.gettext("It names {names}.")
    evidence = references(firsts[row["actor_id"]] for row in top)
    return [Line(text.format(n=len(named), names=labels.listed(parts, language)), evidence)]


def _how_sure(found: Extraction, language: str) -> list[Line]:
    words = translator(language)
    ngettext = words.ngettext
    claims = found.statements
    if claims.empty:
        return [
            Line(words.gettext("It attributes nothing to a source: what it says, it says in its own voice."))
        ]
    confirmed = claims[claims["certainty"] == "confirmed"]
    open_ = claims[claims["certainty"].isin(OPEN)]
    denied = claims[claims["certainty"] == "denied"]
    lines = [Line(_attributed(claims, language))]
    for part, text in (
        (
            confirmed,
            ngettext("One claim is called confirmed.", "{n} claims are called confirmed.", len(confirmed)),
        ),
        (
            open_,
            ngettext(
                "One claim is open (likely, possible, uncertain or unconfirmed).",
                "{n} claims are open (likely, possible, uncertain or unconfirmed).",
                len(open_),
            ),
        ),
        (denied, ngettext("One claim is a denial.", "{n} claims are denials.", len(denied))),
    ):
        if len(part):
            lines.append(Line(text.format(n=len(part)), references(part["sentence_id"])))
    return lines


def _attributed(claims: pd.DataFrame, language: str) -> str:
    """How many claims, and how many of them without a named source."""
    words = translator(language)
    n, unnamed = len(claims), int((~claims["named_source"]).sum())
    if n == 1:
        if unnamed:
            return words.gettext("It attributes one claim to a source, which has no name.")
        return words.gettext("It attributes one claim to a source, which is named.")
    if not unnamed:
        return words.gettext("It attributes {n} claims to sources, all of them named.").format(n=n)
    if unnamed == n:
        return words.gettext("It attributes {n} claims to sources, none of them named.").format(n=n)
    return words.ngettext(
        "It attributes {n} claims to sources; one of the claims has a source without a name.",
        "It attributes {n} claims to sources; {unnamed} of the claims have a source without a name.",
        unnamed,
    ).format(n=n, unnamed=unnamed)


def prominent(found: Extraction, *, named: bool) -> pd.DataFrame:
    """The actors with or without a name, the most mentioned first."""
    kept = found.actors[(found.actors["type"] != "GROUP") == named]
    return kept.sort_values(["n_mentions", "actor_id"], ascending=[False, True], kind="stable")


def key_figures(found: Extraction, language: str = "en") -> Displays:
    """The strip of the article's weightiest amounts, each with its claimant."""
    _ = translator(language).gettext
    names = Names(found, language)
    claims = {row["statement_id"]: row for row in found.statements.to_dict("records")}
    ranked = sorted(found.quantities.to_dict("records"), key=lambda row: (-_weight(row), row["start"]))
    chosen = {
        (row["base_low"], row["base_high"], row["base_unit"]): row
        for row in reversed(ranked)
        if _weight(row) > 0
    }
    best = sorted(chosen.values(), key=lambda row: -_weight(row))[:MOST_FIGURES]
    figures = []
    for row in sorted(best, key=lambda row: row["start"]):
        source = "" if pd.isna(row["statement_id"]) else _source(claims[int(row["statement_id"])], names)
        known = item_gloss(row, language) or (item(row, language) if language in NORWEGIAN else "")
        figures.append(
            KeyFigure(
                value=amount(row, language),
                label=labels.short(known or item(row, language) or _context(row, found), LONGEST_LABEL),
                evidence=(row["sentence_id"],),
                note=_("Source: {source}").format(source=labels.short(source)) if source else "",
                quoted=not known,
            )
        )
    return (KeyFigures(tuple(figures), language, article(found)["language"]),) if figures else ()


def _source(claim: Mapping[str, Any], names: Names) -> str:
    """A claim's source, in the briefing's language where it has no name and can be glossed."""
    glossed = "" if pd.isna(claim["speaker_actor_id"]) else names.gloss(int(claim["speaker_actor_id"]))
    return glossed or names.claimant(claim)


def _context(quantity: Mapping[str, Any], found: Extraction) -> str:
    """The words around an amount, as the article has them: `bare 13 mil fra den nordkoreanske grensen`."""
    sentence = found.sentences.iloc[quantity["sentence_id"]]
    words = list(re.finditer(r"\S+", found.text[sentence["start"] : sentence["end"]]))
    start, end = quantity["start"] - sentence["start"], quantity["end"] - sentence["start"]
    own_first, own_last = (sum(word.start() < place for word in words) - 1 for place in (start + 1, end))
    last = min(own_last + _WORDS_AFTER, len(words) - 1)
    first = max(own_first - _WORDS_AROUND + (last - own_last), 0)
    shown = sentence["text"][words[first].start() : words[last].end()].rstrip(" .,:;")
    head = ELLIPSIS_BEFORE if first > 0 else ""
    tail = ELLIPSIS_AFTER if last < len(words) - 1 else ""
    return f"{head}{shown}{tail}"


def _weight(quantity: Mapping[str, Any]) -> float:
    """How much an amount weighs: money before counts and shares before measures, early before late.

    Counts of nothing that is named, and of fewer than ten things, weigh nothing; nor do ages, nor lengths of time that
    are told late.
    """
    if quantity["unit"] == "count" and (not is_text(quantity["item"]) or quantity["high"] < 10):
        return 0
    if quantity["dimension"] == "age" or (
        quantity["dimension"] == "time" and quantity["sentence_id"] > _NEWS
    ):
        return 0
    kind = {"money": 4, "count": 3, "share": 3}.get(quantity["dimension"], 2)
    return kind - min(quantity["sentence_id"], 30) / 20
