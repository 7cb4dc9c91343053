"""The words of a briefing, from the tables: computed prose, quoted key sentences, tables of findings.

Every function takes an `Extraction` and the language of the briefing, and gives a tuple of displays, empty where there
is nothing to say. What is computed is said in the briefing's language; what is the article's is quoted in its own.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from importlib.metadata import version
from typing import Any

import pandas as pd
from babel import Locale
from babel.core import get_global
from babel.dates import format_date

from depesje.article import Article
from depesje.charts import Chart, amounts, labels
from depesje.display import (
    Cell,
    Column,
    Display,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    Line,
    Mark,
    Masthead,
    Prose,
    Provenance,
    Row,
    Sentence,
    SourceText,
    Table,
)
from depesje.glosses import gloss
from depesje.messages import LOCALES, translator
from depesje.summary import key_sentences
from depesje.tables import Extraction

Displays = tuple[Display, ...]

#: The bottom line quotes this much of the article, in words.
LEAD_WORDS = 60
#: How sure a claim has to be to be called open.
OPEN = ("likely", "possible", "uncertain", "unconfirmed")


class Names:
    """What actors are called in a briefing: states by their name in its language, others as in the article."""

    def __init__(self, found: Extraction, language: str) -> None:
        self.language = language
        forms = found.mentions.groupby("actor_id")["text"].agg(lambda texts: list(dict.fromkeys(texts)))
        self.forms: dict[int, list[str]] = forms.to_dict()
        self.of: dict[int, str] = {
            int(row["actor_id"]): self._name(row) for row in found.actors.to_dict("records")
        }

    def _name(self, actor: Mapping[str, Any]) -> str:
        if actor["type"] == "GPE" and isinstance(actor["country"], str):
            forms = {form.removesuffix("s").lower() for form in self.forms.get(actor["actor_id"], [])}
            forms |= {form.lower() for form in [*self.forms.get(actor["actor_id"], []), actor["name"]]}
            if forms & {
                name.lower() for code in ("nb", "nn") for name in _territory_names(actor["country"], code)
            }:
                return country_name(actor["country"], self.language) or actor["name"]
        return str(actor["name"])

    def others(self, actor_id: int) -> list[str]:
        """The other forms that the article has for an actor, without mere genitives."""
        shown = {self.of[actor_id].lower()}
        kept = []
        for form in self.forms.get(actor_id, []):
            plain = form.removesuffix("s") if form.removesuffix("s") in self.forms[actor_id] else form
            if plain.lower() not in shown and plain.lower().removesuffix("s") not in shown:
                shown.add(plain.lower())
                kept.append(plain)
        return kept

    def claimant(self, statement: Mapping[str, Any]) -> str:
        """A statement's source."""
        if pd.isna(statement["speaker_actor_id"]):
            return str(statement["speaker"]) if isinstance(statement["speaker"], str) else ""
        return self.of[int(statement["speaker_actor_id"])]


def country_name(alpha3: str, language: str) -> str | None:
    """A country's name in the language of the briefing, by CLDR; None where it has none (states of the past)."""
    codes = get_global("territory_aliases").get(alpha3, [])
    return Locale.parse(LOCALES[language]).territories.get(codes[0]) if len(codes) == 1 else None


def _territory_names(alpha3: str, code: str) -> Iterable[str]:
    codes = get_global("territory_aliases").get(alpha3, [])
    name = Locale(code).territories.get(codes[0]) if len(codes) == 1 else None
    return (name,) if name else ()


# The title block and the bottom line --------------------------------------------------------------------------------


def masthead(found: Extraction, language: str = "en") -> Displays:
    """The title block: the article's title or first sentence, and what kind of text it is."""
    words = translator(language)
    _, article = words.gettext, _article(found)
    n_words = len(found.text.split())
    facts = [
        (_("Published"), published(found, language)),
        (_("Language"), _("Nynorsk") if article["language"] == "nn" else _("Bokmål")),
        (
            _("Length"),
            words.ngettext("{n} word", "{n} words", n_words).format(n=labels.number(n_words, language)),
        ),
    ]
    return (
        Masthead(
            title=title(found, language),
            language=language,
            article_language=article["language"],
            kicker=_("Briefing on a Norwegian news article"),
            facts=tuple(facts),
            published=_first_day(article["published"]),
        ),
    )


def bottom_line(found: Extraction, language: str = "en") -> Displays:
    """What the article is about, who is in it, how sure it is, and its key sentences."""
    _ = translator(language).gettext
    names = Names(found, language)
    lines = [
        *_about(found, language),
        *_who(found, names, language),
        *_how_sure(found, names, language),
    ]
    if article_looks_danish(found):
        lines.append(
            Line(
                _("The text looks Danish; Depesje reads Norwegian, and what follows is less sure than usual.")
            )
        )
    text = found.sentences.set_index("sentence_id")["text"]
    chosen = key_sentences(found.sentences, LEAD_WORDS) or key_sentences(found.sentences, 1000)[:1]
    quoted = tuple(Line(text[i], (i,), quoted=True) for i in chosen)
    shown: list[Display] = [Heading("bottom-line", _("Bottom line"))]
    if lines:
        shown.append(Prose((tuple(lines),), language, _article(found)["language"], style="lead"))
    if quoted:
        said = (Line(_("Key sentences of the article, in its own words:")),)
        shown.append(Prose((said, quoted), language, _article(found)["language"]))
    return (*shown, *key_figures(found, language))


def _about(found: Extraction, language: str) -> list[Line]:
    words = translator(language)
    n = len(found.sentences)
    themes = [row["label" if language == "en" else "label_nb"] for row in found.themes.to_dict("records")]
    when = published(found, language) if isinstance(_article(found)["published"], str) else ""
    evidence = _sentence_union(found.themes["sentence_ids"])[:3]
    if themes and when:
        text = words.gettext("An article on {themes}, published {when}.")
    elif themes:
        text = words.gettext("An article on {themes}; the day of its publication is not known.")
    elif when:
        text = words.ngettext(
            "An article of one sentence, published {when}.",
            "An article of {n} sentences, published {when}.",
            n,
        )
    else:
        text = words.ngettext(
            "An article of one sentence; the day of its publication is not known.",
            "An article of {n} sentences; the day of its publication is not known.",
            n,
        )
    listed = labels.listed([theme[:1].lower() + theme[1:] for theme in themes], language)
    return [Line(text.format(themes=listed, when=when, n=n), tuple(evidence) if themes else ())]


def _who(found: Extraction, names: Names, language: str) -> list[Line]:
    words = translator(language)
    named = _prominent(found, named=True)
    if named.empty:
        return [Line(words.gettext("It names no person, organisation or state."))]
    top = named.head(3).to_dict("records")
    parts = [
        words.ngettext("{name} (once)", "{name} ({n} times)", row["n_mentions"]).format(
            name=names.of[row["actor_id"]], n=row["n_mentions"]
        )
        for row in top
    ]
    if len(named) > len(top):
        text = words.gettext("It names {n} actors; the most prominent are {names}.")
    else:
        text = words.gettext("It names {names}.")
    firsts = found.mentions.groupby("actor_id")["sentence_id"].min()
    evidence = tuple(sorted({int(firsts[row["actor_id"]]) for row in top}))
    return [Line(text.format(n=len(named), names=labels.listed(parts, language)), evidence)]


def _how_sure(found: Extraction, names: Names, language: str) -> list[Line]:
    words = translator(language)
    claims = found.statements
    if claims.empty:
        return [
            Line(
                words.gettext("It attributes no claim to any source: what it says, it says in its own voice.")
            )
        ]
    n = len(claims)
    sources = claims["speaker"].nunique()
    lines = [
        Line(
            words.ngettext("It attributes one claim", "It attributes {n} claims", n).format(n=n)
            + words.ngettext(" to one source", " to {n} sources", sources).format(n=sources)
            + _unnamed(claims, language)
        )
    ]
    confirmed = claims[claims["certainty"] == "confirmed"]
    open_ = claims[claims["certainty"].isin(OPEN)]
    denied = claims[claims["certainty"] == "denied"]
    ngettext = words.ngettext
    for part, text in (
        (confirmed, ngettext("One claim is called confirmed.", "{n} claims are called confirmed.", len(confirmed))),
        (
            open_,
            ngettext(
                "One claim is open: likely, possible, uncertain or unconfirmed.",
                "{n} claims are open: likely, possible, uncertain or unconfirmed.",
                len(open_),
            ),
        ),
        (denied, ngettext("One is a denial.", "{n} are denials.", len(denied))),
    ):
        if len(part):
            evidence = tuple(dict.fromkeys(int(i) for i in part["sentence_id"]))[:6]
            lines.append(Line(text.format(n=len(part)), evidence))
    return lines


def _unnamed(claims: pd.DataFrame, language: str) -> str:
    words = translator(language)
    unnamed = int((~claims["named_source"]).sum())
    if not unnamed:
        return words.gettext(", all of them named.")
    if unnamed == len(claims):
        return words.gettext(", none of them named.")
    return words.ngettext(
        "; one claim rests on a source without a name.",
        "; {n} claims rest on sources without a name.",
        unnamed,
    ).format(n=unnamed)


def key_figures(found: Extraction, language: str = "en") -> Displays:
    """The strip of the article's weightiest amounts, at most four, each with its claimant."""
    claims = found.statements.set_index("statement_id")
    names = Names(found, language)
    _ = translator(language).gettext
    ranked = sorted(found.quantities.to_dict("records"), key=lambda q: (-_weight(q), q["start"]))
    figures: list[KeyFigure] = []
    seen: set[tuple[float, float, str]] = set()
    for quantity in ranked:
        value = (quantity["base_low"], quantity["base_high"], quantity["base_unit"])
        if value in seen or _weight(quantity) <= 0 or len(figures) == 4:
            continue
        seen.add(value)
        note = ""
        if not pd.isna(quantity["statement_id"]):
            source = names.claimant(claims.loc[int(quantity["statement_id"])].to_dict())
            note = _("according to {source}").format(source=source) if source else ""
        figures.append(
            KeyFigure(amount(quantity, language), _item(quantity, language) or quantity["text"],
                      (int(quantity["sentence_id"]),), note)
        )  # fmt: skip
    order = {int(q["sentence_id"]): q["start"] for q in reversed(ranked)}
    figures.sort(key=lambda figure: order[figure.evidence[0]])
    return (KeyFigures(tuple(figures), language),) if figures else ()


def _weight(quantity: Mapping[str, Any]) -> float:
    """How much an amount weighs: measures and large counts over small counts, early over late."""
    if quantity["unit"] == "count" and (not isinstance(quantity["item"], str) or quantity["high"] < 10):
        return 0
    kind = {"money": 4, "count": 3, "percent": 3, "share": 3}.get(quantity["dimension"], 2)
    return float(kind) - min(int(quantity["sentence_id"]), 40) / 20


# The sections -------------------------------------------------------------------------------------------------------


def actors(found: Extraction, language: str = "en") -> Displays:
    """Who is in the article: heading and prose."""
    if found.actors.empty:
        return ()
    words = translator(language)
    _ = words.gettext
    names = Names(found, language)
    named, groups = _prominent(found, named=True), _prominent(found, named=False)
    lines = []
    if len(named):
        counts = named["type"].value_counts()
        kinds = [
            words.ngettext(*pair, int(counts[kind])).format(n=labels.number(int(counts[kind]), language))
            for kind, pair in _KINDS.items()
            if kind in counts
        ]
        lines.append(Line(_("The article names {kinds}.").format(kinds=labels.listed(kinds, language))))
    if len(groups):
        listed = labels.listed([names.of[i] for i in groups["actor_id"].head(4)], language)
        text = words.ngettext(
            "One group speaks or acts without a name: {names}.",
            "{n} groups speak or act without a name, such as {names}.",
            len(groups),
        )
        evidence = found.mentions[found.mentions["actor_id"].isin(groups["actor_id"].head(4))]["sentence_id"]
        lines.append(Line(text.format(n=len(groups), names=listed), tuple(sorted(set(evidence)))))
    return (Heading("actors", _("Actors")), *_prose(lines, found, language))


_KINDS = {
    "PER": ("{n} person", "{n} people"),
    "ORG": ("{n} organisation", "{n} organisations"),
    "GPE": ("{n} state, region or town", "{n} states, regions and towns"),
    "LOC": ("{n} place", "{n} places"),
    "PROD": ("{n} product", "{n} products"),
    "EVT": ("{n} event", "{n} events"),
}


def actor_table(found: Extraction, language: str = "en") -> Displays:
    """Every actor with its names, type, country, role, number of mentions and claims, and sentences."""
    if found.actors.empty:
        return ()
    _ = translator(language).gettext
    names = Names(found, language)
    sentences = found.mentions.groupby("actor_id")["sentence_id"].agg(lambda ids: tuple(sorted(set(ids))))
    ranked = pd.concat([_prominent(found, named=True), _prominent(found, named=False)])
    rows = [
        Row(
            (
                Cell(names.of[row["actor_id"]], detail=", ".join(names.others(row["actor_id"])[:6])),
                row["type"],
                (country_name(row["country"], language) or row["country"])
                if _is_text(row["country"])
                else "",
                row["role"] if _is_text(row["role"]) else "",
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
    caption = _("All actors, the most mentioned first, groups without a name last")
    return (_table("actors", caption, columns, rows, found, language),)


def quantities(found: Extraction, language: str = "en") -> Displays:
    """The amounts: heading and prose."""
    if found.quantities.empty:
        return ()
    words = translator(language)
    n = len(found.quantities)
    claimed = int(found.quantities["statement_id"].notna().sum())
    text = words.ngettext("The text states one amount", "The text states {n} amounts", n).format(n=n)
    if claimed == n:
        text += words.ngettext(", which is a source’s claim.", ", all of them claims of sources.", n)
    elif claimed:
        text += words.ngettext(
            "; one of them is a source’s claim, the rest stand in the article’s own voice.",
            "; {n} of them are claims of sources, the rest stand in the article’s own voice.",
            claimed,
        ).format(n=claimed)
    else:
        text += words.ngettext(", in the article’s own voice.", ", all in the article’s own voice.", n)
    return (Heading("quantities", words.gettext("Quantities")), *_prose([Line(text)], found, language))


def quantity_table(found: Extraction, language: str = "en") -> Displays:
    """Every amount: as written, normalised, what is counted, who claims it."""
    if found.quantities.empty:
        return ()
    _ = translator(language).gettext
    names = Names(found, language)
    claims = found.statements.set_index("statement_id")
    rows = []
    for row in found.quantities.to_dict("records"):
        claim = claims.loc[int(row["statement_id"])].to_dict() if not pd.isna(row["statement_id"]) else None
        item = _item(row, language)
        original = row["item"] if _is_text(row["item"]) and row["item"] != item else ""
        rows.append(
            Row(
                (
                    row["text"],
                    Cell(amount(row, language), sort=row["base_low"]),
                    Cell(item, detail=original),
                    names.claimant(claim) if claim else _("the article itself"),
                    claim["certainty"] if claim else "",
                ),
                evidence=(int(row["sentence_id"]),),
                finding=f"quantity-{row['quantity_id']}",
            )
        )
    columns = (
        Column(_("As written"), "quote", 2),
        Column(_("Amount"), "number", 2),
        Column(_("Of what"), width=3),
        Column(_("Said by"), width=2),
        Column(_("Certainty"), "certainty"),
    )
    return (_table("quantities", _("All amounts, in the order of the text"), columns, rows, found, language),)


def amount(quantity: Mapping[str, Any], language: str) -> str:
    """An amount in the words of the briefing, with its bound: `at least 130 km`, `10–99 million`."""
    _ = translator(language).gettext
    kind = amounts.kind_of(quantity["unit"], quantity["dimension"], quantity["base_unit"])
    if kind.name in ("money", "count", "share", "percentage_point"):
        low, high = quantity["low"], quantity["high"]
    else:
        low, high = quantity["base_low"], quantity["base_high"]
    text = kind.span(low, high, language, quantity["unit"])
    templates = {"at_least": _("at least {amount}"), "at_most": _("at most {amount}")}
    if quantity["bound"] == "approx" and low == high:
        return _("about {amount}").format(amount=text)
    return templates.get(quantity["bound"], "{amount}").format(amount=text)


def _item(quantity: Mapping[str, Any], language: str) -> str:
    if not _is_text(quantity["item"]):
        return ""
    return (gloss(quantity["item"], language) if language != "nb" else None) or str(quantity["item"])


def timeline(found: Extraction, language: str = "en") -> Displays:
    """The dates: heading and prose."""
    if found.dates.empty:
        return ()
    words = translator(language)
    n, first, last = len(found.dates), min(found.dates["date_from"]), max(found.dates["date_to"])
    text = words.ngettext(
        "The text places events at one time, {first}.",
        "The text points to time {n} times, from {first} to {last}.",
        n if first != last else 1,
    ).format(n=n, first=_day(first, language), last=_day(last, language))
    lines = [Line(text)]
    open_ = found.dates[found.dates["candidates"].notna()]
    if len(open_):
        told = words.ngettext(
            "One of these dates may be one of several days, because the day of publication is not known.",
            "{n} of these dates may each be one of several days, because the day of publication is not known.",
            len(open_),
        ).format(n=len(open_))
        lines.append(Line(told, tuple(dict.fromkeys(int(i) for i in open_["sentence_id"]))[:6]))
    return (Heading("timeline", words.gettext("Timeline")), *_prose(lines, found, language))


def date_table(found: Extraction, language: str = "en") -> Displays:
    """Every date: the days it covers, as written, what stays open."""
    if found.dates.empty:
        return ()
    _ = translator(language).gettext
    text = found.sentences.set_index("sentence_id")["text"]
    ordered = found.dates.sort_values(["date_from", "date_to", "start"])
    rows = [
        Row(
            (
                Cell(date_words(row, language), sort=row["date_from"]),
                row["text"],
                _shortened(text[int(row["sentence_id"])], 140),
            ),
            evidence=(int(row["sentence_id"]),),
            finding=f"date-{row['date_id']}",
        )
        for row in ordered.to_dict("records")
    ]
    columns = (
        Column(_("When"), "name", 2),
        Column(_("As written"), "quote", 1),
        Column(_("Sentence"), "quote", 4),
    )
    return (_table("dates", _("All dates, the earliest first"), columns, rows, found, language),)


def date_words(row: Mapping[str, Any], language: str) -> str:
    """The days that a date covers, or its candidates, in words."""
    _ = translator(language).gettext
    candidates = row["candidates"]
    if isinstance(candidates, list) and candidates:
        days = [_day(day, language, year=False) for day in candidates]
        return _("one of {days}").format(days=labels.listed(days, language) + " " + candidates[-1][:4])
    first, last = date.fromisoformat(row["date_from"]), date.fromisoformat(row["date_to"])
    if first == last:
        return _day(row["date_from"], language)
    locale = LOCALES[language]
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if first.day == 1 and (last - first).days in range(27, 31) and first.month == last.month:
        return str(format_date(first, "MMMM y", locale=locale))
    if (first.year, first.month) == (last.year, last.month):
        number = f"{first.day}." if language == "nb" else str(first.day)
        return f"{number}–{_day(row['date_to'], language)}"
    if first.year == last.year:
        return f"{_day(row['date_from'], language, year=False)} – {_day(row['date_to'], language)}"
    return f"{_day(row['date_from'], language)} – {_day(row['date_to'], language)}"


def claims(found: Extraction, language: str = "en") -> Displays:
    """Who claims what: heading and prose."""
    words = translator(language)
    _ = words.gettext
    if found.statements.empty:
        return ()
    names = Names(found, language)
    rows = found.statements.to_dict("records")
    counts = pd.Series([names.claimant(row) for row in rows]).value_counts(sort=False)
    ranked = sorted(counts.items(), key=lambda pair: -pair[1])
    lines = []
    if ranked[0][1] > 1:
        text = words.ngettext(
            "The source heard most is {name}, with {n} claim.", "The source heard most is {name}, with {n} claims.",
            int(ranked[0][1]),
        )  # fmt: skip
        lines.append(Line(text.format(name=ranked[0][0], n=ranked[0][1])))
    direct = int((found.statements["mode"] == "direct").sum())
    if direct:
        told = words.ngettext("{n} claim is quoted directly.", "{n} claims are quoted directly.", direct)
        lines.append(Line(told.format(n=direct)))
    return (Heading("claims", _("Claims and their certainty")), *_prose(lines, found, language))


def claim_table(found: Extraction, language: str = "en") -> Displays:
    """Every claim: source, words, cue, certainty."""
    if found.statements.empty:
        return ()
    _ = translator(language).gettext
    names = Names(found, language)
    roles = found.actors.set_index("actor_id")["role"]
    rows = []
    for row in found.statements.to_dict("records"):
        actor_id = row["speaker_actor_id"]
        role = roles[int(actor_id)] if not pd.isna(actor_id) and _is_text(roles[int(actor_id)]) else ""
        named = role or _("named source") if row["named_source"] else _("source without a name")
        mode = _("direct") if row["mode"] == "direct" else _("reported")
        rows.append(
            Row(
                (
                    Cell(names.claimant(row) or _("unknown"), detail=named),
                    row["text"],
                    Cell(row["cue"] if _is_text(row["cue"]) else "–", detail=mode),
                    row["certainty"],
                ),
                evidence=(int(row["sentence_id"]),),
                finding=f"statement-{row['statement_id']}",
            )
        )
    columns = (
        Column(_("Source"), "name", 2),
        Column(_("What is claimed"), "quote", 5),
        Column(_("Cue"), "quote", 1),
        Column(_("Certainty"), "certainty"),
    )
    note = _(
        "Certainty is what the words of the article signal, not a judgement on the facts. On the PHIA probability "
        "yardstick, “likely” stands for likely or probable (55–75 %), “possible” for a realistic possibility "
        "(40–50 %); “asserted” and “confirmed” are told without reservation, “unconfirmed” and “denied” are the "
        "article’s own words on the claim."
    )
    caption = _("All claims that the article attributes to a source, in the order of the text")
    return (_table("claims", caption, columns, rows, found, language, note),)


def themes(found: Extraction, language: str = "en") -> Displays:
    """What the article is about, with a table of the evidence."""
    if found.themes.empty:
        return ()
    words = translator(language)
    _ = words.gettext
    label = "label" if language == "en" else "label_nb"
    rows = []
    for number, row in enumerate([*found.themes.to_dict("records"), *found.subthemes.to_dict("records")]):
        rows.append(
            Row(
                (
                    Cell(row[label], detail=row["code"]),
                    Cell(str(row["level"]), sort=row["level"]),
                    ", ".join(row["words"][:8]),
                ),
                evidence=tuple(row["sentence_ids"]),
                finding=f"theme-{number}",
            )
        )
    columns = (
        Column(_("Theme"), "name", 3),
        Column(_("Level"), "number"),
        Column(_("Words that carry it"), "quote", 4),
    )
    listed = labels.listed([row[label] for row in found.themes.to_dict("records")], language)
    text = words.ngettext(
        "The article is filed under one IPTC Media Topic: {themes}.",
        "The article is filed under {n} IPTC Media Topics: {themes}.",
        len(found.themes),
    ).format(n=len(found.themes), themes=listed)
    return (
        Heading("themes", _("Themes")),
        *_prose([Line(text)], found, language),
        _table("themes", _("Themes and the words they rest on"), columns, rows, found, language),
    )


def source(found: Extraction, language: str = "en") -> Displays:
    """The whole article, its sentences numbered, its evidence marked."""
    names = Names(found, language)
    marks = [
        *(Mark(m["start"], m["end"], "actor", f"actor-{m['actor_id']}", names.of[m["actor_id"]])
          for m in found.mentions.to_dict("records")),
        *(Mark(q["start"], q["end"], "quantity", f"quantity-{q['quantity_id']}", amount(q, language))
          for q in found.quantities.to_dict("records")),
        *(Mark(d["start"], d["end"], "date", f"date-{d['date_id']}", date_words(d, language))
          for d in found.dates.to_dict("records")),
        *(Mark(s["start"], s["end"], "statement", f"statement-{s['statement_id']}", names.claimant(s))
          for s in found.statements.to_dict("records")),
    ]  # fmt: skip
    sentences = tuple(
        Sentence(row["sentence_id"], row["start"], row["end"], row["paragraph_id"], row["kind"])
        for row in found.sentences.to_dict("records")
    )
    return (SourceText(found.text, sentences, tuple(marks), "", language, _article(found)["language"]),)


def provenance(found: Extraction, article: Article, file_name: str, language: str = "en") -> Displays:
    """How the briefing was made, and from what."""
    _ = translator(language).gettext
    stated = found.article["published"].iloc[0]
    entries = (
        (_("Source file"), file_name),
        ("SHA-256", article.sha256),
        (_("Published"), stated if _is_text(stated) else _("not known")),
        (_("Language of the article"), _article(found)["language"]),
        (_("Language of the briefing"), language),
        ("Depesje", version("depesje")),
        (_("Norwegian model"), f"nb_depesje_news {version('nb_depesje_news')}"),
        ("spaCy", version("spacy")),
    )
    lines = (
        Line(
            _(
                "Made by a program from the article alone; no person has checked it. Every row names the sentences "
                "that it rests on (S1, S2, …), numbered in the source text."
            )
        ),
        Line(
            _(
                "What is set as a quotation is the article’s own words, in Norwegian; all else is computed. "
                "The text says what was claimed, not whether it is true."
            )
        ),
    )
    return (
        Heading("method", _("Method and provenance")),
        Prose((lines,), language, _article(found)["language"], style="note"),
        Provenance(entries),
    )


def figure(chart: Chart | None, found: Extraction, language: str = "en") -> Displays:
    """A chart as a display, with its numbers as a table."""
    if chart is None:
        return ()
    _ = translator(language).gettext
    data = chart.data
    shown = [name for name in data.columns if name != "sentence_ids"]
    evidence = data["sentence_ids"] if "sentence_ids" in data else [()] * len(data)
    rows = tuple(
        Row(tuple("" if pd.isna(cell) else str(cell) for cell in cells), tuple(ids))
        for cells, ids in zip(data[shown].itertuples(index=False), evidence, strict=True)
    )
    columns = tuple(Column(str(name)) for name in shown)
    numbers = Table(f"{chart.name}-numbers", _("The numbers of the figure"), columns, rows, language)
    return (
        Figure(
            id=f"figure-{chart.name}",
            title=chart.title,
            svg=chart.svg,
            alt=chart.alt,
            note=chart.note,
            table=numbers,
            narrow=chart.narrow_svg,
            language=language,
        ),
    )


# What the sections share --------------------------------------------------------------------------------------------


def title(found: Extraction, language: str = "en") -> str:
    """The article's title, or its first sentence where it has none."""
    stated = _article(found)["title"]
    if _is_text(stated):
        return str(stated)
    if found.sentences.empty:
        return translator(language).gettext("An article without text")
    return str(found.sentences["text"].iloc[0])


def published(found: Extraction, language: str = "en") -> str:
    """The publication date in words."""
    stated = _article(found)["published"]
    if not _is_text(stated):
        return translator(language).gettext("not known")
    if len(stated) == 4:
        return str(stated)
    day = date.fromisoformat(stated if len(stated) == 10 else f"{stated}-01")
    pattern = "long" if len(stated) == 10 else "MMMM y"
    return str(format_date(day, pattern, locale=LOCALES[language]))


def article_looks_danish(found: Extraction) -> bool:
    """Whether the text is rather Danish than Norwegian."""
    return bool(_article(found)["looks_danish"])


def _article(found: Extraction) -> dict[str, Any]:
    return dict(found.article.iloc[0])


def _first_day(stated: Any) -> str | None:
    return f"{stated}-01-01"[:10] if _is_text(stated) and len(stated) == 4 else (
        f"{stated}-01"[:10] if _is_text(stated) else None
    )  # fmt: skip


def _day(iso: str, language: str, *, year: bool = True) -> str:
    pattern = ("d. MMMM" if language == "nb" else "d MMMM") + (" y" if year else "")
    return str(format_date(date.fromisoformat(iso), pattern, locale=LOCALES[language]))


def _prominent(found: Extraction, *, named: bool) -> pd.DataFrame:
    """The actors with or without a name, the most mentioned first."""
    kept = found.actors[(found.actors["type"] != "GROUP") == named]
    return kept.sort_values(["n_mentions", "actor_id"], ascending=[False, True], kind="stable")


def _prose(lines: list[Line], found: Extraction, language: str) -> Displays:
    return (Prose((tuple(lines),), language, _article(found)["language"]),) if lines else ()


def _table(
    id: str,
    caption: str,
    columns: tuple[Column, ...],
    rows: list[Row],
    found: Extraction,
    language: str,
    note: str = "",
) -> Table:
    return Table(f"{id}-table", caption, columns, tuple(rows), language, _article(found)["language"], note)


def _sentence_union(lists: Iterable[list[int]]) -> list[int]:
    return sorted({int(i) for ids in lists for i in ids})


def _shortened(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0] + " …"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)
