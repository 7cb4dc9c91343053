"""An interactive reader for JupyterLab: choose an article, an actor, a theme and a certainty; all else follows.

The functions are plain, from tables and a `Choice` to displays. `Reader` puts the widgets in front of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import ipywidgets
import pandas as pd
from IPython.display import DisplayHandle, display
from markupsafe import Markup

import depesje
from depesje import brief
from depesje.article import ArticleError, read_article, slug
from depesje.charts import briefing_charts, labels
from depesje.display import CERTAINTIES, Display, Line, Prose, SourceText, Table
from depesje.escaping import html, joined
from depesje.messages import translator
from depesje.selection import Choice, selected
from depesje.tables import Extraction

Options = list[tuple[str, Any]]
#: The value of a choice that leaves everything; a widget takes None for having no value.
ALL = ""
#: The longest title in the list of articles, in characters.
TITLE = 80


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that can be read: the folder of its tables, or the text file that they can be made from."""

    slug: str
    label: str
    path: Path


def entries(reports: str | Path, articles: str | Path) -> list[Entry]:
    """The articles of the built briefings, and the text files that have no briefing yet.

    Parameters
    ----------
    reports
        The folder that `depesje.report` writes to; it need not be there.
    articles
        The folder of the articles; it need not be there.
    """
    built = [_built(path.parent) for path in sorted(Path(reports).glob("*/tables/article.parquet"))]
    known = {entry.slug for entry in built}
    texts = [Entry(slug(path), path.name, path) for path in sorted(Path(articles).glob("*.txt"))]
    return [*built, *(entry for entry in texts if entry.slug not in known)]


def _built(tables: Path) -> Entry:
    name = tables.parent.name
    try:
        title = pd.read_parquet(tables / "article.parquet", columns=["title"])["title"].iloc[0]
    except (OSError, ValueError):  # `load` says what is wrong with it, when it is chosen
        title = None
    label = f"{labels.short(title, TITLE)} ({name})" if isinstance(title, str) else name
    return Entry(name, label, tables)


def load(entry: Entry, language: str = "en") -> Extraction:
    """The tables of an article, its actors with the names that a briefing has for them.

    Raises
    ------
    ArticleError
        The tables or the article cannot be read.
    """
    if entry.path.is_dir():
        found = Extraction.load(entry.path)
    else:
        article = read_article(entry.path)
        found = depesje.extract(article.text, published=article.published)
    named = brief.localised(found, language)
    return replace(found, actors=named.actors, statements=named.statements)


def actors(found: Extraction) -> Options:
    """The actors to choose from, the most mentioned first, with the number of their mentions."""
    ranked = found.actors.sort_values(["n_mentions", "actor_id"], ascending=[False, True], kind="stable")
    return [(f"{row.name} ({row.n_mentions})", int(row.actor_id)) for row in ranked.itertuples(index=False)]


def themes(found: Extraction, language: str = "en") -> Options:
    """The themes to choose from, those of the top level first."""
    return [
        pair
        for table in (found.themes, found.subthemes)
        for pair in zip(table[labels.theme_column(table, language)], table["code"], strict=True)
    ]


def certainties(found: Extraction, language: str = "en") -> Options:
    """The certainties to choose from, of claims and of amounts in the article's own voice, the firmest first."""
    _ = translator(language).gettext
    own = found.quantities[found.quantities["statement_id"].isna()]
    there = {*found.statements["certainty"], *own["certainty"]}
    return [(_(word), code) for code, word in CERTAINTIES.items() if code in there]


@dataclass(frozen=True, slots=True)
class View(Display):
    """What a choice shows: a summary and the claims, the charts, the text beside them, the other tables."""

    opening: tuple[Display, ...]
    charts: tuple[Display, ...] = ()
    text: tuple[Display, ...] = ()
    tables: tuple[Display, ...] = ()
    language: str = "en"

    def html(self) -> Markup:
        _ = translator(self.language).gettext
        opening, charts, text, tables = (
            joined(part.html() for part in parts)
            for parts in (self.opening, self.charts, self.text, self.tables)
        )
        beside = Markup("")
        if text:
            beside = html('<div class="beside"><div>{}</div><div>{}</div></div>', charts, text)
        if tables:
            tables = html(
                "<details><summary>{}</summary>{}</details>", _("Actors, amounts and dates in tables"), tables
            )
        return html('<div class="reader">{}{}{}</div>', opening, beside, tables)

    def markdown(self) -> str:
        parts = (*self.opening, *self.charts, *self.text, *self.tables)
        return "\n\n".join(part.markdown() for part in parts)

    def typst(self) -> str:
        return "\n".join(part.typst() for part in (*self.opening, *self.charts, *self.text, *self.tables))


def view(found: Extraction, choice: Choice, language: str = "en") -> View:
    """What is shown of an article.

    Parameters
    ----------
    found
        The tables, as `load` gives them.
    choice
        What the reader has chosen.
    language
        The language of the words, a key of ``depesje.messages.LOCALES``.
    """
    _ = translator(language).gettext
    kept, ids = selected(found, choice)
    if not ids:
        return note(
            _("Nothing in this article fits all that is chosen: set one of the choices back to all."),
            language,
        )
    drawn = briefing_charts(brief.localised(kept, language), language)
    return View(
        opening=(
            _sentence(_summary(kept, ids, language), language),
            *_captioned(brief.claim_table(kept, language), _("Claims")),
        ),
        charts=tuple(part for chart in drawn.values() for part in brief.figure(chart, kept, language)),
        text=_text(kept, ids, language),
        tables=(
            *_captioned(brief.actor_table(kept, language), _("Actors")),
            *_captioned(brief.quantity_table(kept, language), _("Quantities")),
            *_captioned(brief.date_table(kept, language), _("Dates")),
        ),
        language=language,
    )


def note(words: str, language: str = "en") -> View:
    """A view of one sentence that says why there is nothing else."""
    return View((_sentence(words, language),), language=language)


def _sentence(words: str, language: str) -> Prose:
    return Prose(((Line(words),),), language, style="note")


def _summary(kept: Extraction, ids: Sequence[int], language: str) -> str:
    """`4 of 36 sentences: 2 claims, 1 amount and 3 actors.`"""
    words = translator(language)
    counts = [
        (len(kept.statements), words.ngettext("{n} claim", "{n} claims", len(kept.statements))),
        (len(kept.quantities), words.ngettext("{n} amount", "{n} amounts", len(kept.quantities))),
        (len(kept.dates), words.ngettext("{n} date", "{n} dates", len(kept.dates))),
        (len(kept.actors), words.ngettext("{n} actor", "{n} actors", len(kept.actors))),
    ]
    listed = labels.listed([text.format(n=n) for n, text in counts if n], language)
    total = len(kept.sentences)
    text = words.ngettext("{n} of {total} sentence", "{n} of {total} sentences", total).format(
        n=len(ids), total=total
    )
    return f"{text}: {listed}." if listed else f"{text}."


def _captioned(tables: Sequence[Display], caption: str) -> tuple[Display, ...]:
    """Tables without the caption of a whole briefing, which says that they hold all."""
    return tuple(replace(table, caption=caption) for table in tables if isinstance(table, Table))


def _text(kept: Extraction, ids: Sequence[int], language: str) -> tuple[Display, ...]:
    shown = frozenset(ids)
    return tuple(
        replace(part, sentences=tuple(s for s in part.sentences if s.sentence_id in shown))
        for part in brief.source(kept, language)
        if isinstance(part, SourceText)
    )


class Reader:
    """The widgets: four choices, and a view that follows them.

    Parameters
    ----------
    reports, articles
        See `entries`.
    language
        The language of the words.
    article
        The article to begin with: the name of its folder or file, without the ending; empty for the first.

    Raises
    ------
    ArticleError
        There is no article of that name.
    """

    def __init__(
        self, reports: str | Path, articles: str | Path, language: str = "en", article: str = ""
    ) -> None:
        self.language = language
        self.entries = entries(reports, articles)
        _ = translator(language).gettext
        self.article, self.actor, self.theme, self.certainty = (
            ipywidgets.Dropdown(description=word, layout={"width": "auto", "flex": "1 1 0%"})
            for word in (_("Article"), _("Actor"), _("Theme"), _("Certainty"))
        )
        narrowing = ipywidgets.HBox([self.actor, self.theme, self.certainty])
        self.controls = ipywidgets.VBox([self.article, narrowing])
        self.view = note(
            _("There is no briefing yet: put an article into data/articles/ and run make report."), language
        )
        self._handle: DisplayHandle | None = None
        self._found: Extraction | None = None
        self._opening = False
        if self.entries:
            self.article.options = [(entry.label, entry) for entry in self.entries]
            self.article.value = self._entry(article) if article else self.entries[0]
            self._open()
        self.article.observe(self._open, "value")
        for widget in (self.actor, self.theme, self.certainty):
            widget.observe(self._follow, "value")

    def _entry(self, name: str) -> Entry:
        for entry in self.entries:
            if entry.slug == name:
                return entry
        there = ", ".join(entry.slug for entry in self.entries)
        raise ArticleError(f"{name}: there is no article of this name; give one of {there}.")

    def show(self) -> None:
        """Display the choices, and under them the view."""
        _ = translator(self.language).gettext
        if self.entries:
            # In words, what is shown where no widgets are, such as on GitHub.
            words = _(
                "To choose another article, an actor, a theme or a certainty, run this notebook: make lab."
            )
            widgets = self.controls._repr_mimebundle_()
            display({**widgets, **_sentence(words, self.language)._repr_mimebundle_()}, raw=True)
        if self.entries and not any(entry.path.is_dir() for entry in self.entries):
            words = _(
                "No briefing has been built yet: make report builds them. Until then, articles are read here."
            )
            display(_sentence(words, self.language))
        self._handle = display(self.view, display_id=True)

    def _open(self, change: object = None) -> None:
        """Read the article that is chosen, and offer what can be chosen in it."""
        _ = translator(self.language).gettext
        self._update(note(_("The article is being read …"), self.language))
        try:
            self._found = load(self.article.value, self.language)
        except ArticleError as error:
            self._found = None
            self._update(note(str(error), self.language))
        offered: tuple[Options, Options, Options] = ([], [], [])
        if self._found is not None:
            offered = (
                actors(self._found),
                themes(self._found, self.language),
                certainties(self._found, self.language),
            )
        self._opening = True  # the old choices go, and are not to be followed
        for widget, options in zip((self.actor, self.theme, self.certainty), offered, strict=True):
            widget.options = [(_("all"), ALL), *options]
            widget.value = ALL
        self._opening = False
        self._follow()

    def _follow(self, change: object = None) -> None:
        """Show what is chosen."""
        if self._found is not None and not self._opening:
            chosen = (widget.value for widget in (self.actor, self.theme, self.certainty))
            choice = Choice(*(None if value == ALL else value for value in chosen))
            self._update(view(self._found, choice, self.language))

    def _update(self, shown: View) -> None:
        self.view = shown
        if self._handle is not None:
            self._handle.update(shown)
