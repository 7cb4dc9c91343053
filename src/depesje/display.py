"""What a briefing is made of: objects that a notebook cell displays.

Each object holds plain data and knows four forms of itself, which Jupyter stores side by side in the
notebook: HTML (for the page and for JupyterLab), Markdown, plain text, and Typst (for the PDF). The look
is in ``notebooks/templates``; here is only structure.

Text that comes from an article is untrusted. It enters HTML through `html`, Markdown through `markdown_text`
and Typst through `typst`, and nowhere else.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Any, Literal

from markupsafe import Markup

from depesje import messages, style, tokens
from depesje.escaping import clean, html, joined, markdown_text, typst
from depesje.svg import plain_svg

#: The media type of the Typst form, which the PDF exporter looks for.
TYPST = "text/vnd.typst"
#: The media type of what the page as a whole must know: title, languages, headings.
METADATA = "application/vnd.depesje+json"
#: The media type of linked data for the head of the page.
JSON_LD = "application/ld+json"

#: A title of more characters is set smaller.
LONG_TITLE = 60
#: If a key figure has more characters, all are set smaller.
LONG_VALUE = 11
#: A longer word in a table may be broken, into pieces of so many characters.
LONGEST_WORD, PIECE = 24, 12

ColumnKind = Literal["text", "name", "number", "quote", "type", "certainty"]
MarkKind = Literal["actor", "quantity", "date", "statement", "theme"]


def N_(text: str) -> str:
    """Mark a word for translation that is looked up later."""
    return text


ACTOR_TYPES = {
    "PER": N_("Person"),
    "ORG": N_("Organisation"),
    "GPE": N_("State, region or town"),
    "LOC": N_("Place"),
    "PROD": N_("Product"),
    "EVT": N_("Event"),
    "GROUP": N_("Group"),
}
CERTAINTIES = {
    "confirmed": N_("Confirmed"),
    "asserted": N_("Asserted"),
    "likely": N_("Likely"),
    "possible": N_("Possible"),
    "uncertain": N_("Uncertain"),
    "unconfirmed": N_("Unconfirmed"),
    "denied": N_("Denied"),
}
MARK_KINDS = {
    "actor": N_("Actor"),
    "quantity": N_("Quantity"),
    "date": N_("Date"),
    "statement": N_("Statement"),
    "theme": N_("Theme"),
}


def number(sentence_id: int) -> int:
    """The number of a sentence as readers see it: ids count from 0, readers from 1."""
    return int(sentence_id) + 1


def _references(evidence: Sequence[int]) -> Markup:
    """Links to sentences: S1 S4."""
    if not evidence:
        return Markup("")
    links = [html('<a class="ref" href="#s{0}">S{0}</a>', number(sentence_id)) for sentence_id in evidence]
    return html('<span class="refs">{}</span>', joined(links, " "))


def _numbers(evidence: Sequence[int]) -> list[int]:
    return [number(sentence_id) for sentence_id in evidence]


def _plain_references(evidence: Sequence[int]) -> str:
    return "".join(f" [S{number(i)}]" for i in evidence)


class Display:
    """Base of all displays: the four forms, stored side by side."""

    def html(self) -> Markup:
        """The HTML form."""
        raise NotImplementedError

    def markdown(self) -> str:
        """The Markdown form."""
        raise NotImplementedError

    def typst(self) -> str:
        """The Typst form: one call of a function that the template defines."""
        raise NotImplementedError

    def metadata(self) -> dict[str, Any] | None:
        """What the page as a whole must know of this object, if anything."""
        return None

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        markdown = self.markdown()
        bundle: dict[str, Any] = {
            "text/html": str(self.html()),
            "text/markdown": markdown,
            "text/plain": markdown,
            TYPST: self.typst(),
        }
        metadata = self.metadata()
        if metadata is not None:
            bundle[METADATA] = metadata
        return bundle


@dataclass(frozen=True, slots=True)
class Masthead(Display):
    """The title block, and what the documents as a whole must know.

    Parameters
    ----------
    title
        The article's title, or its first words.
    language
        Language of the briefing, ``"en"`` or ``"nb"``.
    article_language
        Language of the article, ``"nb"`` or ``"nn"``.
    kicker
        A word or two above the title, such as "Briefing".
    standfirst
        One sentence under the title.
    facts
        Pairs of a word and a value: published, source, length.
    published
        ISO day of publication (the first one where several are possible), for the metadata of the PDF.
    """

    title: str
    language: str = "en"
    article_language: str = "nb"
    kicker: str = ""
    standfirst: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    published: str | None = None

    def html(self) -> Markup:
        facts = joined(html("<div><dt>{}</dt><dd>{}</dd></div>", *fact) for fact in self.facts)
        return html(
            '<header class="masthead">{}<h1 lang="{}"{}>{}</h1>{}{}</header>',
            html('<p class="kicker">{}</p>', self.kicker) if self.kicker else Markup(""),
            self.article_language,
            Markup(' class="long"') if len(self.title) > LONG_TITLE else Markup(""),
            self.title,
            html('<p class="standfirst">{}</p>', self.standfirst) if self.standfirst else Markup(""),
            html('<dl class="facts">{}</dl>', facts) if facts else Markup(""),
        )

    def markdown(self) -> str:
        facts = " · ".join(f"{markdown_text(word)}: {markdown_text(value)}" for word, value in self.facts)
        return "\n\n".join(
            filter(None, [f"# {markdown_text(self.title)}", markdown_text(self.standfirst), facts])
        )

    def typst(self) -> str:
        data = {
            "kicker": self.kicker,
            "title": self.title,
            "standfirst": self.standfirst,
            "facts": self.facts,
            "article_language": self.article_language,
            "long": len(self.title) > LONG_TITLE,
        }
        return f"#masthead({typst(data)})"

    def metadata(self) -> dict[str, Any]:
        return {
            "role": "masthead",
            "title": clean(self.title),
            "kicker": clean(self.kicker),
            "description": clean(self.standfirst),
            "language": self.language,
            "article_language": self.article_language,
            "published": self.published,
        }


@dataclass(frozen=True, slots=True)
class Heading(Display):
    """A heading with an address (``id``, a slug); level 2 headings make the table of contents."""

    id: str
    text: str
    level: int = 2

    def html(self) -> Markup:
        return html('<h{0} id="{1}">{2}</h{0}>', self.level, self.id, self.text)

    def markdown(self) -> str:
        return f"{'#' * self.level} {markdown_text(self.text)}"

    def typst(self) -> str:
        return f"#section-heading({typst({'id': self.id, 'text': self.text, 'level': self.level})})"

    def metadata(self) -> dict[str, Any]:
        return {"heading": {"id": self.id, "text": clean(self.text), "level": self.level}}


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the briefing, with the ids of the sentences of the article that it rests on.

    ``quoted`` says that the text is the article's own, word for word; otherwise it is computed. The two look
    different. ``foreign`` are words of the article inside a computed text: they are set in italics, as such.
    """

    text: str
    evidence: tuple[int, ...] = ()
    quoted: bool = False
    certainty: str | None = None
    foreign: tuple[str, ...] = ()

    def parts(self) -> list[tuple[str, bool]]:
        """The text in pieces, each with whether it is one of the foreign words."""
        words = sorted(filter(None, self.foreign), key=len, reverse=True)
        if not words:
            return [(self.text, False)]
        pieces = re.split(f"({'|'.join(map(re.escape, words))})", self.text)
        return [(piece, number % 2 == 1) for number, piece in enumerate(pieces) if piece]


@dataclass(frozen=True, slots=True)
class Prose(Display):
    """Paragraphs of lines.

    Style ``"lead"`` is the bottom line up front, ``"note"`` is small print, ``"terms"`` a row of words.
    """

    paragraphs: tuple[tuple[Line, ...], ...]
    language: str = "en"
    article_language: str = "nb"
    style: Literal["text", "lead", "note", "terms"] = "text"

    def html(self) -> Markup:
        return html(
            '<div class="prose {}">{}</div>', self.style, joined(map(self._paragraph, self.paragraphs))
        )

    def _paragraph(self, lines: tuple[Line, ...]) -> Markup:
        if self.style == "terms":
            terms = joined((html('<span class="term">{}</span>', self._line(line)) for line in lines), " ")
            return html("<p>{}</p>", terms)
        body = joined((self._line(line) for line in lines), " ")
        if lines and all(line.quoted for line in lines):
            return html('<blockquote lang="{}"><p>{}</p></blockquote>', self.article_language, body)
        return html("<p>{}</p>", body)

    def _line(self, line: Line) -> Markup:
        if line.quoted:
            text = html('<q lang="{}">{}</q>', self.article_language, line.text)
        else:
            text = joined(
                html('<i lang="{}">{}</i>' if foreign else "{1}", self.article_language, part)
                for part, foreign in line.parts()
            )
        meter = html(" {}", certainty(line.certainty, self.language)) if line.certainty else Markup("")
        references = _references(line.evidence)
        return html("{}{}{}", text, meter, html(" {}", references) if references else references)

    def markdown(self) -> str:
        return "\n\n".join(" ".join(map(_markdown_line, lines)) for lines in self.paragraphs)

    def typst(self) -> str:
        paragraphs = [
            [
                {
                    "parts": [{"text": part, "foreign": foreign} for part, foreign in x.parts()],
                    "evidence": _numbers(x.evidence),
                    "quoted": x.quoted,
                    "certainty": x.certainty,
                }
                for x in lines
            ]
            for lines in self.paragraphs
        ]
        data = {"paragraphs": paragraphs, "style": self.style, "article_language": self.article_language}
        return f"#prose({typst(data)})"


def _markdown_line(line: Line) -> str:
    text = "".join(
        f"*{markdown_text(part)}*" if foreign else _markdown_piece(part) for part, foreign in line.parts()
    )
    return (f"«{text}»" if line.quoted else text) + _plain_references(line.evidence)


def _markdown_piece(text: str) -> str:
    """A piece of a line, with the spaces at its ends."""
    inner = markdown_text(text)
    return f"{' ' * text.startswith(' ')}{inner}{' ' * (text.endswith(' ') and bool(inner))}"


def certainty(level: str, language: str) -> Markup:
    """A certainty level as a word with a meter of five steps."""
    steps = tokens.load()["certainty"]["level"].get(level, 0)
    return html(
        '<span class="certainty certainty-{} level-{}">'
        '<span class="meter" aria-hidden="true">{}</span>{}</span>',
        level,
        steps,
        Markup("<i></i>" * 5),
        messages.translator(language).gettext(CERTAINTIES.get(level, level)),
    )


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One number of the summary strip: ``value`` as it is to be read, ``label``, a note, its evidence.

    ``quoted`` says that the label is in the article's own words.
    """

    value: str
    label: str
    evidence: tuple[int, ...] = ()
    note: str = ""
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class KeyFigures(Display):
    """The summary strip: three to six key figures."""

    figures: tuple[KeyFigure, ...]
    language: str = "en"
    article_language: str = "nb"

    def html(self) -> Markup:
        if not self.figures:
            return Markup("")
        items = [
            html(
                "<div><dt>{}</dt><dd><strong>{}</strong>{}{}</dd></div>",
                html('<q lang="{}">{}</q>', self.article_language, figure.label)
                if figure.quoted
                else figure.label,
                figure.value,
                html(' <span class="note">{}</span>', figure.note) if figure.note else Markup(""),
                html(" {}", _references(figure.evidence)) if figure.evidence else Markup(""),
            )
            for figure in self.figures
        ]
        long = any(len(figure.value) > LONG_VALUE for figure in self.figures)
        return html('<dl class="key-figures{}">{}</dl>', " long" if long else "", joined(items))

    def markdown(self) -> str:
        return "\n".join(
            f"- **{markdown_text(f.value)}** {self._label(f)}{_plain_references(f.evidence)}"
            for f in self.figures
        )

    @staticmethod
    def _label(figure: KeyFigure) -> str:
        label = markdown_text(figure.label)
        return f"«{label}»" if figure.quoted else label

    def typst(self) -> str:
        figures = [
            {
                "value": f.value,
                "label": f.label,
                "quoted": f.quoted,
                "note": f.note,
                "evidence": _numbers(f.evidence),
            }
            for f in self.figures
        ]
        return f"#key-figures({typst({'figures': figures, 'article_language': self.article_language})})"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and how its cells are set.

    ``kind``: ``"text"``; ``"name"`` (semibold); ``"number"`` (right-aligned figures); ``"quote"`` (the
    article's words, in its language); ``"type"`` (cells hold an actor type such as ``PER``);
    ``"certainty"`` (cells hold a certainty such as ``likely``). ``width`` is the column's share of the
    width in the PDF; None for what it needs.
    """

    label: str
    kind: ColumnKind = "text"
    width: float | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that sorts by another value than its text, or has more lines than one.

    Under the text stand ``words``, which are the article's own, and ``detail``, which is the briefing's. ``foreign``
    says that the text is the article's own word, left in its language: it is set in italics.
    """

    text: str
    sort: float | str | None = None
    detail: str = ""
    foreign: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: one cell a column (a plain string will do), its sentences, and the finding that it stands for.

    ``finding`` is an address such as ``"actor-3"``: the row gets it as its id, and choosing the row lights
    up the marks of the source text that carry the same address.
    """

    cells: tuple[str | Cell, ...]
    evidence: tuple[int, ...] = ()
    finding: str | None = None


@dataclass(frozen=True, slots=True)
class Table(Display):
    """A table with a caption; every row names its sentences, in a last column of its own.

    Columns with nothing in them are left out, and so is that of evidence when no row has any (the numbers
    behind a figure).
    """

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    language: str = "en"
    article_language: str = "nb"
    note: str = ""

    def __post_init__(self) -> None:
        cells = [[_as_cell(cell) for cell in row.cells] for row in self.rows]
        kept = [
            i
            for i in range(len(self.columns))
            if i == 0 or not cells or any(row[i].text or row[i].detail or row[i].words for row in cells)
        ]
        rows = tuple(replace(row, cells=tuple(row.cells[i] for i in kept)) for row in self.rows)
        object.__setattr__(self, "columns", tuple(self.columns[i] for i in kept))
        object.__setattr__(self, "rows", rows)

    @property
    def has_evidence(self) -> bool:
        """Whether any row names a sentence."""
        return any(row.evidence for row in self.rows)

    def html(self) -> Markup:
        _ = messages.translator(self.language).gettext
        heads = [
            html('<th role="columnheader" scope="col" class="col-{}">{}</th>', c.kind, c.label)
            for c in self.columns
        ]
        if self.has_evidence:
            heads.append(
                html('<th role="columnheader" scope="col" class="col-evidence">{}</th>', _("Evidence"))
            )
        return html(
            '<div class="table" id="{id}"><table role="table" data-filter="{filter}" data-none="{none}">'
            '<caption>{caption}</caption><thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
            '<tbody role="rowgroup">{rows}</tbody></table>{note}</div>',
            id=self.id,
            filter=_("Filter"),
            none=_("Nothing matches."),
            caption=self.caption,
            heads=joined(heads),
            rows=joined(map(self._row, self.rows)),
            note=html('<p class="note">{}</p>', self.note) if self.note else Markup(""),
        )

    def _row(self, row: Row) -> Markup:
        _ = messages.translator(self.language).gettext
        cells = [self._cell(i, cell) for i, cell in enumerate(row.cells)]
        if self.has_evidence:
            references = _references(row.evidence)
            cells.append(
                html(
                    '<td role="cell" class="col-evidence" data-label="{}">{}</td>', _("Evidence"), references
                )
            )
        address = html(' id="{0}" data-finding="{0}"', row.finding) if row.finding else Markup("")
        return html('<tr role="row"{}>{}</tr>', address, joined(cells))

    def _cell(self, index: int, cell: str | Cell) -> Markup:
        column, value = self.columns[index], _as_cell(cell)
        tag, attributes = ("th", 'role="rowheader" scope="row"') if index == 0 else ("td", 'role="cell"')
        sort = html(' data-sort="{}"', value.sort) if value.sort is not None else Markup("")
        words = (
            html('<span class="detail" lang="{}">{}</span>', self.article_language, _breakable(value.words))
            if value.words
            else Markup("")
        )
        detail = html('<span class="detail">{}</span>', _breakable(value.detail)) if value.detail else ""
        return html(
            '<{tag} {attributes} class="col-{kind}" data-label="{label}"{sort}>{text}{words}{detail}</{tag}>',
            tag=Markup(tag),
            attributes=Markup(attributes),
            kind=column.kind,
            label=column.label,
            sort=sort,
            text=self._foreign(value.text) if value.foreign else self._text(column.kind, value.text),
            words=words,
            detail=detail,
        )

    def _foreign(self, text: str) -> Markup:
        return html('<i lang="{}">{}</i>', self.article_language, _breakable(text))

    def _text(self, kind: ColumnKind, text: str) -> Markup:
        _ = messages.translator(self.language).gettext
        if kind == "quote" and text:
            return html('<span lang="{}">{}</span>', self.article_language, _breakable(text))
        if kind == "type" and text:
            return html('<span class="actor-type actor-{}">{}</span>', text, _(ACTOR_TYPES.get(text, text)))
        if kind == "certainty" and text:
            return certainty(text, self.language)
        return _breakable(text)

    def markdown(self) -> str:
        _ = messages.translator(self.language).gettext
        heads = [column.label for column in self.columns] + ([_("Evidence")] if self.has_evidence else [])
        lines = [heads, ["---"] * len(heads), *map(self._plain_row, self.rows)]
        table = "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
        return "\n\n".join(
            filter(None, [f"**{markdown_text(self.caption)}**", table, markdown_text(self.note)])
        )

    def _plain_row(self, row: Row) -> list[str]:
        cells = [self._plain_cell(i, _as_cell(cell)) for i, cell in enumerate(row.cells)]
        return cells + ([_plain_references(row.evidence).strip()] if self.has_evidence else [])

    def _plain_cell(self, index: int, cell: Cell) -> str:
        text = markdown_text(self._word(index, cell.text))
        return f"*{text}*" if cell.foreign and text else text

    def _word(self, index: int, text: str) -> str:
        """The text of a cell in words: codes of types and certainties are spelled out."""
        words = {"type": ACTOR_TYPES, "certainty": CERTAINTIES}.get(self.columns[index].kind, {})
        return messages.translator(self.language).gettext(words[text]) if text in words else text

    def typst(self) -> str:
        _ = messages.translator(self.language).gettext
        rows = [
            {
                "finding": row.finding,
                "evidence": _numbers(row.evidence),
                "cells": [
                    {
                        "text": self._word(i, cell.text),
                        "code": cell.text,
                        "detail": cell.detail,
                        "words": cell.words,
                        "foreign": cell.foreign,
                    }
                    for i, cell in enumerate(map(_as_cell, row.cells))
                ],
            }
            for row in self.rows
        ]
        data = {
            "id": self.id,
            "caption": self.caption,
            "note": self.note,
            "columns": [{"label": c.label, "kind": c.kind, "width": c.width} for c in self.columns],
            "rows": rows,
            "evidence": _("Evidence") if self.has_evidence else None,
            "article_language": self.article_language,
        }
        return f"#data-table({typst(data)})"


def _breakable(text: str) -> Markup:
    """Text for a cell: what is longer than any word may break in places, rather than widen the table."""
    breaks = Markup("<wbr>")
    return joined(
        joined((html("{}", part[i : i + PIECE]) for i in range(0, len(part), PIECE)), breaks)
        if number % 2
        else html("{}", part)
        for number, part in enumerate(re.split(rf"(\S{{{LONGEST_WORD + 1},}})", clean(text)))
    )


def _as_cell(cell: str | Cell) -> Cell:
    return cell if isinstance(cell, Cell) else Cell(cell)


@dataclass(frozen=True, slots=True)
class Figure(Display):
    """A chart.

    Parameters
    ----------
    id
        Its address.
    title
        The message of the chart, in a sentence.
    svg
        The drawing, as matplotlib writes it with ``svg.fonttype`` ``"none"``, in the light colours of the
        tokens.
    alt
        What the drawing shows, for who can't see it.
    note, source
        The small print under the chart.
    table
        The numbers of the chart.
    narrow
        A variant of the drawing for narrow screens.
    """

    id: str
    title: str
    svg: str
    alt: str
    note: str = ""
    source: str = ""
    table: Table | None = None
    narrow: str | None = None
    language: str = "en"

    def html(self) -> Markup:
        _ = messages.translator(self.language).gettext
        drawings = self._drawing(self.svg, "wide" if self.narrow else "only")
        if self.narrow:
            drawings += self._drawing(self.narrow, "narrow")
        small = [part for part in (self.note, self.source) if part]
        details = Markup("")
        if self.table:
            summary = _("The numbers behind this chart")
            details = html("<details><summary>{}</summary>{}</details>", summary, self.table.html())
        return html(
            '<figure id="{id}" class="chart"><figcaption>{title}</figcaption>'
            "{drawings}{small}{details}</figure>",
            id=self.id,
            title=self.title,
            drawings=drawings,
            small=joined(html('<p class="note">{}</p>', part) for part in small),
            details=details,
        )

    def _drawing(self, svg: str, width: str) -> Markup:
        plain = plain_svg(svg, f"{self.id}-{width}").removeprefix("<svg")
        # Where no style sheet chooses between the two, as in JupyterLab, the wide one is shown.
        hidden = Markup(' display="none"') if width == "narrow" else Markup("")
        return html('<svg role="img" aria-label="{}" class="{}"{}{}', self.alt, width, hidden, Markup(plain))

    def markdown(self) -> str:
        parts = [f"**{markdown_text(self.title)}**", markdown_text(self.alt), markdown_text(self.note)]
        return "\n\n".join(filter(None, parts))

    def typst(self) -> str:
        data = {
            "id": self.id,
            "title": self.title,
            "alt": self.alt,
            "note": self.note,
            "source": self.source,
            "svg": plain_svg(self.svg, self.id),
        }
        return f"#chart({typst(data)})"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the article: where it stands, in which paragraph, and whether it is a heading."""

    sentence_id: int
    start: int
    end: int
    paragraph_id: int = 0
    kind: Literal["heading", "paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the article that is evidence: its kind, its finding, and the finding in a few words.

    ``finding`` is the address that the finding's row has in its `Table`, such as ``"actor-3"``.
    """

    start: int
    end: int
    kind: MarkKind
    finding: str
    label: str


@dataclass(frozen=True, slots=True)
class SourceText(Display):
    """The whole article with numbered sentences and marked evidence. Marks may overlap and nest as they like.

    Parameters
    ----------
    text
        The article, exactly as the offsets count it.
    sentences
        Its sentences, in order.
    marks
        What was found, in any order.
    title
        The heading above the text.
    """

    text: str
    sentences: tuple[Sentence, ...]
    marks: tuple[Mark, ...] = ()
    title: str = ""
    language: str = "en"
    article_language: str = "nb"

    def _covering(self) -> list[tuple[Sentence, list[Mark]]]:
        """Each sentence with the marks that touch it, in one pass over both."""
        marks = sorted(self.marks, key=lambda mark: (mark.start, -mark.end, mark.finding))
        covering, running, following = [], list[Mark](), 0
        for sentence in sorted(self.sentences, key=lambda s: s.start):
            running = [mark for mark in running if mark.end > sentence.start]
            while following < len(marks) and marks[following].start < sentence.end:
                running.append(marks[following])
                following += 1
            covering.append((sentence, [mark for mark in running if mark.end > sentence.start]))
        return covering

    def _segments(self, sentence: Sentence, marks: Sequence[Mark]) -> list[tuple[str, list[Mark]]]:
        """Cut a sentence where marks begin and end: pieces of text, each with the marks that cover it."""
        cuts = {sentence.start, sentence.end}
        for mark in marks:
            cuts |= {max(mark.start, sentence.start), min(mark.end, sentence.end)}
        segments, covering, following = [], list[Mark](), 0
        for start, end in pairwise(sorted(cuts)):
            first = following
            while following < len(marks) and marks[following].start <= start:
                following += 1
            covering = [mark for mark in (*covering, *marks[first:following]) if mark.end >= end]
            segments.append((self.text[start:end], covering))
        return segments

    def _kinds(self) -> list[MarkKind]:
        """The kinds of marks that occur, in their fixed order."""
        return [kind for kind in MARK_KINDS if any(mark.kind == kind for mark in self.marks)]  # type: ignore[misc]

    def html(self) -> Markup:
        _ = messages.translator(self.language).gettext
        title = self.title or _("Source text")
        paragraphs = groupby(self._covering(), key=lambda pair: pair[0].paragraph_id)
        kinds = [
            html('<li><span class="mark-{}">{}</span></li>', kind, _(MARK_KINDS[kind]))
            for kind in self._kinds()
        ]
        return html(
            '<section id="source" class="source" tabindex="0" aria-labelledby="source-title">'
            '<h2 id="source-title">{title}</h2>{key}'
            '<div class="article" lang="{language}">{text}</div></section>',
            title=title,
            key=html('<ul class="key" aria-label="{}">{}</ul>', _("Marked"), joined(kinds))
            if kinds
            else Markup(""),
            language=self.article_language,
            text=joined(
                html('<div class="paragraph">{}</div>', joined(self._sentence(*pair) for pair in pairs))
                for _id, pairs in paragraphs
            ),
        )

    def _sentence(self, sentence: Sentence, marks: list[Mark]) -> Markup:
        return html(
            '<div class="sentence {kind}" id="s{number}"><a class="number" href="#s{number}">S{number}</a>'
            "<p>{text}</p>{found}</div>",
            kind=sentence.kind,
            number=number(sentence.sentence_id),
            text=joined(_segment(text, covering) for text, covering in self._segments(sentence, marks)),
            found=self._found(marks),
        )

    def _found(self, marks: list[Mark]) -> Markup:
        """What was found in a sentence: shown when the reader chooses it."""
        _ = messages.translator(self.language).gettext
        findings = {mark.finding: mark for mark in marks}
        if not findings:
            return Markup("")
        items = [
            html('<li><a href="#{}"><b>{}</b> {}</a></li>', m.finding, _(MARK_KINDS[m.kind]), m.label)
            for m in findings.values()
        ]
        label = _("Found in this sentence")
        return html(
            '<ul class="found" lang="{}" aria-label="{}">{}</ul>', self.language, label, joined(items)
        )

    def markdown(self) -> str:
        _ = messages.translator(self.language).gettext
        lines = [
            f"**S{number(s.sentence_id)}** {markdown_text(self.text[s.start : s.end])}"
            for s in self.sentences
        ]
        return "\n\n".join([f"## {markdown_text(self.title or _('Source text'))}", *lines])

    def typst(self) -> str:
        _ = messages.translator(self.language).gettext
        paragraphs = [
            [
                {
                    "number": number(sentence.sentence_id),
                    "kind": sentence.kind,
                    "segments": [
                        {
                            "text": " ".join(text.split("\n")),
                            "kinds": sorted({mark.kind for mark in covering}),
                        }
                        for text, covering in self._segments(sentence, marks)
                    ],
                }
                for sentence, marks in pairs
            ]
            for _id, pairs in groupby(self._covering(), key=lambda pair: pair[0].paragraph_id)
        ]
        data = {
            "title": self.title or _("Source text"),
            "article_language": self.article_language,
            "key": [{"kind": kind, "word": _(MARK_KINDS[kind])} for kind in self._kinds()],
            "paragraphs": paragraphs,
        }
        return f"#source-text({typst(data)})"

    def metadata(self) -> dict[str, Any]:
        title = self.title or messages.translator(self.language).gettext("Source text")
        return {"role": "source", "heading": {"id": "source", "text": clean(title), "level": 2}}


def _segment(text: str, marks: Sequence[Mark]) -> Markup:
    if not marks:
        return html("{}", text)
    kinds = " ".join(f"mark-{kind}" for kind in MARK_KINDS if any(mark.kind == kind for mark in marks))
    findings = " ".join(dict.fromkeys(mark.finding for mark in marks))
    return html('<mark class="{}" data-findings="{}">{}</mark>', kinds, findings, text)


@dataclass(frozen=True, slots=True)
class Provenance(Display):
    """How the briefing was made: pairs of a word and a value (hashes, versions, parameters)."""

    entries: tuple[tuple[str, str], ...]

    def html(self) -> Markup:
        entries = joined(html("<div><dt>{}</dt><dd>{}</dd></div>", *entry) for entry in self.entries)
        return html('<dl class="provenance">{}</dl>', entries)

    def markdown(self) -> str:
        return "\n".join(f"- {markdown_text(word)}: {markdown_text(value)}" for word, value in self.entries)

    def typst(self) -> str:
        return f"#provenance({typst(self.entries)})"


@dataclass(frozen=True, slots=True)
class Files(Display):
    """Links to files beside the page: pairs of a file's name and what it is. Paper has no files beside it."""

    words: str
    entries: tuple[tuple[str, str], ...]

    def html(self) -> Markup:
        items = joined(
            html('<li><a href="{0}">{0}</a> <span>{1}</span></li>', *entry) for entry in self.entries
        )
        return html('<div class="files"><p>{}</p><ul>{}</ul></div>', self.words, items)

    def markdown(self) -> str:
        items = [f"- {markdown_text(name)}: {markdown_text(what)}" for name, what in self.entries]
        return "\n".join([markdown_text(self.words), "", *items])

    def typst(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class LinkedData(Display):
    """Data about the briefing for machines (JSON-LD), for the head of the page; nothing to look at."""

    data: dict[str, Any]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {JSON_LD: self.data, "text/plain": ""}


@dataclass(frozen=True, slots=True)
class NotebookStyle(Display):
    """The look of the displays in JupyterLab; no part of the page or the PDF, which have their own.

    ``faces`` embeds the faces too, which takes a second; otherwise the reader's own stand in for them.
    """

    faces: bool = False

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {
            "text/html": f"<style>{style.notebook(self.faces)}</style>",
            "text/plain": "",
            METADATA: {"role": "style"},
        }
