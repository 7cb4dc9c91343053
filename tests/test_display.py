"""The displays: their forms, the one way for text into each, and marks that overlap."""

import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depesje.display import (
    METADATA,
    TYPST,
    Cell,
    Column,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    Line,
    LinkedData,
    Mark,
    Masthead,
    Prose,
    Provenance,
    Row,
    Sentence,
    SourceText,
    Table,
)
from depesje.escaping import clean, html, markdown_text, typst
from depesje.svg import plain_svg

TEXT = "Kari Nordmann møtte 13 mil fra grensen. Hun sier at 40 mennesker kom."
SENTENCES = (Sentence(0, 0, 39), Sentence(1, 40, len(TEXT)))
SVG = """<?xml version="1.0"?><!DOCTYPE svg>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="72pt" height="36pt">
<metadata>2026</metadata><style>* {fill: red}</style><script>alert(1)</script>
<defs><clipPath id="c"><rect width="5" height="5"/></clipPath><path id="m" d="M 0 0"/></defs>
<g id="axes" clip-path="url(#c)" onclick="alert(1)"><use xlink:href="#m" style="fill: #1f5fa9; stroke: none"/>
<use xlink:href="https://example.org/x.svg#y"/>
<text style="font: 600 10px 'Source Sans Pro', sans-serif; text-anchor: end">&lt;Kari&gt;</text></g></svg>"""


class _Reader(HTMLParser):
    """Reads back the text of a page, and its elements."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.elements = "", []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def read(source: object) -> _Reader:
    reader = _Reader()
    reader.feed(str(source))
    reader.close()
    return reader


def every_display(text: str) -> list:
    table = Table(
        "t",
        text,
        (Column(text, "name"), Column(text, "quote")),
        (Row((text, Cell(text, 1.5, text)), (0,), "f-1"),),
    )
    return [
        Masthead(text, kicker=text, standfirst=text, facts=((text, text),)),
        Heading("h", text),
        Prose(
            (
                (Line(text, (0,)), Line(text, (1,), quoted=True, certainty="likely")),
                (Line(text, quoted=True),),
            )
        ),
        KeyFigures((KeyFigure(text, text, (0,), text),)),
        table,
        Figure("f", text, SVG, alt=text, note=text, source=text, table=table),
        SourceText(
            text, (Sentence(0, 0, len(text)),), (Mark(0, len(text), "actor", "f-1", text),), title=text
        ),
        Provenance(((text, text),)),
    ]


def test_every_display_has_every_form():
    for display in every_display("Kari"):
        bundle = display._repr_mimebundle_()
        assert {"text/html", "text/markdown", "text/plain", TYPST} <= bundle.keys()
        assert all("Kari" in bundle[form] for form in ("text/html", "text/markdown", TYPST))
        assert bundle[TYPST].startswith("#")
        json.dumps(bundle)


@given(st.text())
def test_html_gives_the_text_back_and_no_element_of_it(text):
    reader = read(html('<p title="{}">{}</p>', text, text))
    # A parser reads a return as a line feed.
    assert reader.text.replace("\r", "\n") == clean(text).replace("\r", "\n")
    assert [tag for tag, _ in reader.elements] == ["p"]


@given(st.text())
def test_typst_literal_is_one_closed_string(text):
    literal = typst(text)
    assert re.fullmatch(r'"(?:[^"\\\n]|\\.)*"', literal)
    unescaped = re.sub(r"\\(.)", lambda m: {"n": "\n", "r": "\r", "t": "\t"}.get(m[1], m[1]), literal[1:-1])
    assert unescaped == clean(text)


@pytest.mark.parametrize(
    ("value", "literal"),
    [
        (None, "none"),
        (True, "true"),
        (13, "13"),
        (1.5, "1.5"),
        ((), "()"),
        ((1,), "(1, )"),
        ({}, "(:)"),
        ({"article_language": "nb"}, '(article-language: "nb")'),
        ('"#x\\', '"\\"#x\\\\"'),
    ],
)
def test_typst_literals(value, literal):
    assert typst(value) == literal


def test_typst_refuses_what_it_has_no_literal_for():
    with pytest.raises(TypeError, match="object"):
        typst(object())


@pytest.mark.parametrize(
    "text", ["<b>", "[x](javascript:alert(1))", "# a", "*a*", "`a`", "| a |", "$x$", "&lt;"]
)
def test_markdown_text_is_read_as_text(text):
    import mistune

    shown = read(mistune.create_markdown(escape=False)(markdown_text(text)))
    assert shown.text.strip() == text
    assert [tag for tag, _ in shown.elements] == ["p"]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "</style>", '" onload="alert(1)', "{{ 7*7 }}", "{0}"]
)
def test_hostile_text_stays_text(text):
    for display in every_display(text):
        reader = read(display.html())
        assert text in reader.text
        assert not any(tag in ("script", "style") for tag, _ in reader.elements)
        assert not any("onload" in attributes for _, attributes in reader.elements)


def test_sentences_count_from_one_for_readers():
    assert '<a class="ref" href="#s1">S1</a>' in Prose(((Line("Kari", (0,)),),)).html()
    assert 'id="s2"' in SourceText(TEXT, SENTENCES).html()
    assert "[S1]" in Prose(((Line("Kari", (0,)),),)).markdown()


def test_quotation_and_computation_differ():
    shown = str(Prose(((Line("Computed."), Line("Sitert.", quoted=True)),), article_language="nn").html())
    assert '<q lang="nn">Sitert.</q>' in shown
    assert "<q" not in shown.partition("Computed.")[0]
    assert "<blockquote" in Prose(((Line("Sitert.", quoted=True),),)).html()


def test_table_spells_out_codes_and_sorts_by_value():
    table = Table(
        "t",
        "People",
        (
            Column("Name", "name"),
            Column("Type", "type"),
            Column("Sure", "certainty"),
            Column("Sum", "number"),
        ),
        (Row(("Kari", "PER", "likely", Cell("1,000", sort=1000)), (3,), "actor-0"),),
        language="nb",
    )
    shown = read(table.html())
    assert any(attributes.get("data-sort") == "1000" for _, attributes in shown.elements)
    assert ("tr", {"role": "row", "id": "actor-0", "data-finding": "actor-0"}) in shown.elements
    assert "PER" not in shown.text
    assert "likely" not in shown.text


def test_table_without_evidence_has_no_column_for_it():
    table = Table("t", "Numbers", (Column("Actor"),), (Row(("Kari",)),))
    assert "evidence" not in table.html()
    assert table.has_evidence is False


def test_table_without_a_word_in_a_column_has_no_such_column():
    columns = (Column("Name"), Column("Country"), Column("Role"))
    rows = (Row(("Kari", "", Cell("", detail="leder")), (1,)), Row(("Ola", "", "")))
    table = Table("t", "People", columns, rows)
    assert [column.label for column in table.columns] == ["Name", "Role"]
    assert "Country" not in table.markdown()
    assert "leder" in table.html()
    assert Table("t", "Nobody", columns, ()).columns == columns


def test_nothing_to_show_is_nothing():
    assert KeyFigures(()).html() == ""
    assert "S1" not in SourceText("", ()).html()


def test_marks_overlap():
    marks = (
        Mark(0, 13, "actor", "actor-0", "Kari Nordmann"),
        Mark(5, 26, "statement", "statement-0", "…"),
        Mark(20, 26, "quantity", "quantity-0", "13 mil"),
        Mark(30, 50, "theme", "theme-0", "across sentences"),
    )
    shown = str(SourceText(TEXT, SENTENCES, marks).html())
    assert '<mark class="mark-actor" data-findings="actor-0">Kari </mark>' in shown
    assert (
        '<mark class="mark-actor mark-statement" data-findings="actor-0 statement-0">Nordmann</mark>' in shown
    )
    assert (
        '<mark class="mark-quantity mark-statement" data-findings="statement-0 quantity-0">13 mil</mark>'
        in shown
    )
    assert shown.count('href="#theme-0"') == 2  # in the list of what was found of both sentences


@given(
    st.text(min_size=1, max_size=60),
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from(["actor", "date", "statement"]))
    ),
    st.lists(st.integers(0, 60)),
)
def test_source_text_is_whole_however_marks_lie(text, spans, cuts):
    edges = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    sentences = tuple(Sentence(i, start, end, i // 2) for i, (start, end) in enumerate(pairwise(edges)))
    marks = tuple(Mark(min(a, b), max(a, b), kind, f"{kind}-{i}", "") for i, (a, b, kind) in enumerate(spans))
    shown = str(SourceText(text, sentences, marks).html())
    parts = re.findall(r"<p>(.*?)</p>", shown, re.DOTALL)
    assert [read(part).text for part in parts] == [clean(text[s.start : s.end]) for s in sentences]


def test_chart_is_fit_for_a_strict_policy():
    plain = plain_svg(SVG, "f")
    root = ElementTree.fromstring(plain)
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    attributes = {name for element in root.iter() for name in element.attrib}
    assert names == {"svg", "defs", "clipPath", "rect", "path", "g", "use", "text"}
    assert not attributes & {"style", "onclick"}
    assert root.get("viewBox") == "0 0 72 36"
    assert 'clip-path="url(#f-c)"' in plain
    assert 'href="#f-m"' in plain
    assert "example.org" not in plain
    label = next(element for element in root.iter() if element.tag.endswith("text"))
    assert (label.get("font-size"), label.get("font-weight"), label.get("text-anchor")) == (
        "10",
        "600",
        "end",
    )
    assert label.text == "<Kari>"


def test_plain_svg_leaves_plain_svg_alone():
    once = plain_svg(SVG, "f")
    assert plain_svg(once, "g") == once.replace("f-c", "g-f-c").replace("f-m", "g-f-m").replace(
        "f-axes", "g-f-axes"
    )


def test_figure_has_alternative_text_and_numbers():
    table = Table("n", "Numbers", (Column("Actor"),), (Row(("Kari",)),))
    shown = read(Figure("f", "Kari leads", SVG, alt="Kari, 3 times", table=table, narrow=SVG).html())
    drawings = [attributes for tag, attributes in shown.elements if tag == "svg"]
    assert [(d["role"], d["aria-label"]) for d in drawings] == [("img", "Kari, 3 times")] * 2
    assert "details" in dict(shown.elements)
    ids = [attributes["id"] for _, attributes in shown.elements if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_metadata_of_the_page():
    metadata = Masthead(
        "Kari", language="nb", article_language="nn", published="2023-09-01"
    )._repr_mimebundle_()[METADATA]
    assert (metadata["title"], metadata["language"], metadata["article_language"]) == ("Kari", "nb", "nn")
    assert LinkedData({"@type": "NewsArticle"})._repr_mimebundle_()["application/ld+json"] == {
        "@type": "NewsArticle"
    }
