"""The article and what was found in it as linked data, in the words of schema.org (JSON-LD)."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from depesje.brief.names import Names, country_name
from depesje.brief.wording import Displays, article, is_text, theme_names, title
from depesje.display import LinkedData, number
from depesje.tables import Extraction

Node = dict[str, Any]

#: The page and the text in it; relative, so that they hold in the page and in the file beside it.
PAGE = "briefing.html"
ARTICLE = f"{PAGE}#source"
#: Type of actor → type of schema.org. A state or town is a place, and an organisation where it speaks.
TYPES: dict[str, str | list[str]] = {
    "PER": "Person",
    "ORG": "Organization",
    "GPE": ["AdministrativeArea", "Organization"],
    "LOC": "Place",
    "PROD": "Product",
    "EVT": "Event",
}
STATE = ["Country", "Organization"]
#: Where IPTC publishes the Media Topics.
MEDIA_TOPICS = "http://cv.iptc.org/newscodes/mediatopic/"


def linked_data(found: Extraction, language: str = "en") -> Displays:
    """A ``NewsArticle`` with what it is ``about`` and whom it ``mentions``, and a ``Claim`` for each statement.

    The briefing is a ``WebPage`` that ``isBasedOn`` the article. A claim's ``appearance`` is its sentence in the page;
    its ``author`` is the actor who makes it, where that is a person or an organisation, which schema.org asks for,
    and ``creditText`` its source in words. How sure it is stands in ``additionalProperty``, which is for "another
    characteristic for which there is no matching property"; ``creativeWorkStatus`` would say how far a text has
    come to being published. There is no ``ClaimReview``: Depesje does not judge.
    """
    names = Names(found, language)
    row = article(found)
    page = {
        "@type": "WebPage",
        "@id": PAGE,
        "name": title(found, language),
        "inLanguage": language,
        "isBasedOn": {"@id": ARTICLE},
    }
    text = {
        "@type": "NewsArticle",
        "@id": ARTICLE,
        "headline": title(found, language),
        "inLanguage": row["language"],
        "datePublished": row["published"] if is_text(row["published"]) else None,
        "identifier": _property("SHA-256", row["sha256"]),
        "about": list(_topics(found, language)),
        "mentions": [
            _actor(actor, names) for actor in found.actors.to_dict("records") if actor["type"] in TYPES
        ],
        "hasPart": [{"@id": _address("statement", i)} for i in found.statements["statement_id"]],
    }
    graph = [page, text, *_claims(found, names)]
    return (
        LinkedData({"@context": "https://schema.org", "@graph": [_without_empty(node) for node in graph]}),
    )


def _without_empty(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in (None, "", [])}


def _address(kind: str, number_: object) -> str:
    """The address of a finding in the page, which its row in a table has."""
    return f"{PAGE}#{kind}-{number_}"


def _topics(found: Extraction, language: str) -> Iterator[Node]:
    for themes in (found.themes, found.subthemes):
        for code, name in zip(themes["code"], theme_names(themes, language), strict=True):
            yield {
                "@type": "DefinedTerm",
                "@id": MEDIA_TOPICS + code.removeprefix("medtop:"),
                "name": name,
                "termCode": code,
                "inDefinedTermSet": MEDIA_TOPICS,
            }


def _actor(actor: Node, names: Names) -> Node:
    number_, country = actor["actor_id"], actor["country"]
    is_state = actor["type"] == "GPE" and is_text(country)
    is_state = is_state and names.of[number_] == country_name(country, names.language)
    return _without_empty(
        {
            "@type": STATE if is_state else TYPES[actor["type"]],
            "@id": _address("actor", number_),
            "name": names.of[number_],
            "alternateName": names.others(number_),
            "description": actor["role"] if is_text(actor["role"]) else None,
            "identifier": _property("ISO 3166-1 alpha-3", country) if is_state else None,
        }
    )


def _property(name: str, value: object) -> Node:
    return {"@type": "PropertyValue", "propertyID": name, "value": value}


def _claims(found: Extraction, names: Names) -> Iterator[Node]:
    types = found.actors.set_index("actor_id")["type"].to_dict()
    spoken = article(found)["language"]
    for row in found.statements.to_dict("records"):
        speaker = None if pd.isna(row["speaker_actor_id"]) else int(row["speaker_actor_id"])
        speaks = speaker is not None and types[speaker] in ("PER", "ORG", "GPE")
        yield {
            "@type": "Claim",
            "@id": _address("statement", row["statement_id"]),
            "text": row["text"],
            "inLanguage": spoken,
            "author": {"@id": _address("actor", speaker)} if speaks else None,
            "creditText": names.claimant(row),
            "appearance": {
                "@type": "CreativeWork",
                "@id": f"{PAGE}#s{number(row['sentence_id'])}",
                "isPartOf": {"@id": ARTICLE},
            },
            "additionalProperty": [_property(name, row[name]) for name in ("certainty", "mode")],
        }
