"""Linked data: the types and properties of schema.org, who is an author, addresses that are in the page."""

import json
import re

import pytest

import depesje
from depesje import brief

TEXT = (
    "Toget krysset grensen\n\n"
    "Ifølge analytikere kan Nord-Korea ha titalls millioner granater. Kari Lie reiste fra Oslo til Nord-Korea.\n\n"
    "– Vi har kjøpt minst 13 mil kabel, sier statsminister Kari Lie. Russland hevder at kabelen er for kort."
)


@pytest.fixture(scope="module")
def data():
    (display,) = brief.linked_data(depesje.extract(TEXT, published="2023-09"))
    return display.data


def nodes(data, kind):
    """All nodes of a type, wherever they stand."""
    if isinstance(data, dict):
        types = data.get("@type", ())
        yield from [data] if kind in (types if isinstance(types, list) else [types]) else []
        data = list(data.values())
    if isinstance(data, list):
        for part in data:
            yield from nodes(part, kind)


def test_the_article(data):
    (article,) = nodes(data, "NewsArticle")
    assert data["@context"] == "https://schema.org"
    assert article["headline"] == "Toget krysset grensen"
    assert article["datePublished"] == "2023-09"
    assert article["inLanguage"] == "nb"
    assert {topic["@type"] for topic in article["about"]} == {"DefinedTerm"}
    for topic in article["about"]:
        assert topic["@id"] == f"http://cv.iptc.org/newscodes/mediatopic/{topic['termCode'][7:]}"


def test_the_page_is_based_on_it(data):
    (page,) = nodes(data, "WebPage")
    assert page["isBasedOn"] == {"@id": "briefing.html#source"}
    assert page["inLanguage"] == "en"


def test_actors_with_a_name_are_mentioned(data):
    (article,) = nodes(data, "NewsArticle")
    mentioned = {actor["name"]: actor for actor in article["mentions"]}
    assert mentioned["Kari Lie"]["@type"] == "Person"
    assert mentioned["Kari Lie"]["description"] == "statsminister"
    assert mentioned["North Korea"]["identifier"]["value"] == "PRK"
    assert "Country" in mentioned["Russia"]["@type"]
    assert mentioned["Oslo"]["@type"] == ["AdministrativeArea", "Organization"]
    assert "identifier" not in mentioned["Oslo"]
    assert "analytikere" not in mentioned


def test_claims_have_a_source_words_and_a_certainty(data):
    claims = {claim["creditText"]: claim for claim in nodes(data, "Claim")}
    mentioned = {actor["@id"]: actor["name"] for actor in next(nodes(data, "NewsArticle"))["mentions"]}
    assert mentioned[claims["Kari Lie"]["author"]["@id"]] == "Kari Lie"
    assert mentioned[claims["Russia"]["author"]["@id"]] == "Russia"
    assert "author" not in claims["analytikere"]
    assert claims["Russia"]["text"] == "kabelen er for kort"
    assert claims["Kari Lie"]["appearance"]["@id"] == "briefing.html#s4"
    properties = {part["propertyID"]: part["value"] for part in claims["analytikere"]["additionalProperty"]}
    assert properties == {"certainty": "possible", "mode": "indirect"}
    assert not list(nodes(data, "ClaimReview"))


def test_nothing_is_empty(data):
    def values(part):
        yield part
        for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
            yield from values(inner)

    assert not [part for part in values(data) if part in (None, "", [], {})]


def test_an_article_of_nothing():
    (display,) = brief.linked_data(depesje.extract("Det regner."), "nb")
    (article,) = nodes(display.data, "NewsArticle")
    assert set(article) == {"@type", "@id", "headline", "inLanguage", "identifier"}


def test_addresses_are_in_the_page(sample):
    linked = (sample / "briefing.jsonld").read_text()
    page = (sample / "briefing.html").read_text()
    addresses = set(re.findall(r'"briefing\.html#([^"]+)"', linked))
    assert len(addresses) > 30
    assert addresses <= set(re.findall(r'\sid="([^"]+)"', page))


def test_the_file_is_what_the_page_holds(sample):
    page = (sample / "briefing.html").read_text()
    (embedded,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert json.loads(embedded) == json.loads((sample / "briefing.jsonld").read_text())
