"""What actors are called in a briefing."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pandas as pd

from depesje.brief.wording import item_gloss
from depesje.charts.labels import country_name, territory
from depesje.glosses import gloss
from depesje.messages import NORWEGIAN
from depesje.tables import Extraction


class Names:
    """The names of an article's actors: states in the briefing's language, all others as in the article.

    Parameters
    ----------
    found
        The tables of the article.
    language
        The language of the briefing.

    Attributes
    ----------
    of
        ``actor_id`` → name.
    """

    def __init__(self, found: Extraction, language: str) -> None:
        self.language = language
        forms = found.mentions.groupby("actor_id")["text"].agg(lambda texts: list(dict.fromkeys(texts)))
        self.forms: dict[int, list[str]] = forms.to_dict()
        self._groups = set(found.actors.loc[found.actors["type"] == "GROUP", "actor_id"])
        self._countries: set[int] = set()
        self.of: dict[int, str] = {
            row["actor_id"]: self._name(row) for row in found.actors.to_dict("records")
        }

    def _name(self, actor: Mapping[str, Any]) -> str:
        if actor["type"] == "GPE" and isinstance(actor["country"], str):
            forms = [*self.forms.get(actor["actor_id"], []), actor["name"]]
            known = {form.lower() for form in forms} | {form.lower().removesuffix("s") for form in forms}
            if known & _norwegian_names(actor["country"]):
                self._countries.add(actor["actor_id"])
                return country_name(actor["country"], self.language) or str(actor["name"])
        return str(actor["name"])

    def others(self, actor_id: int) -> list[str]:
        """The other forms that the article has for an actor, without mere genitives."""
        name = self.of[actor_id].lower()
        shown, parts = {name}, set(name.split())
        forms = self.forms.get(actor_id, [])
        kept = []
        for form in forms:
            stem = form.removesuffix("s")
            plain = stem if stem in forms or stem.lower() in parts else form
            if not {plain.lower(), plain.lower().removesuffix("s")} & shown:
                shown.add(plain.lower())
                kept.append(plain)
        return kept

    def gloss(self, actor_id: int) -> str:
        """An unnamed source in the words of the briefing; empty where there is no gloss, or no need of one."""
        return "" if actor_id not in self._groups else gloss(self.of[actor_id], self.language) or ""

    def foreign(self, actor_id: int) -> bool:
        """Whether an actor is called by common words of the article, in a briefing of another language."""
        return actor_id in self._groups and self.language not in NORWEGIAN

    def is_country(self, actor_id: int) -> bool:
        """Whether an actor is called by the name of a country."""
        return actor_id in self._countries

    def claimant(self, statement: Mapping[str, Any]) -> str:
        """A statement's source; empty where it has none."""
        if not pd.isna(statement["speaker_actor_id"]):
            return self.of[int(statement["speaker_actor_id"])]
        return str(statement["speaker"]) if isinstance(statement["speaker"], str) else ""


def country_word(alpha3: object, language: str) -> str:
    """A country's name for a cell; empty where there is none."""
    return (country_name(alpha3, language) or "") if isinstance(alpha3, str) else ""


@cache
def _norwegian_names(alpha3: str) -> frozenset[str]:
    return frozenset(name.lower() for code in ("nb", "nn") if (name := territory(alpha3, code)))


def localised(found: Extraction, language: str) -> Extraction:
    """The tables with actors and sources as a briefing in a language calls them: what its charts are drawn from.

    ``quantities`` get a column ``item_gloss``: what is counted, in that language.

    Parameters
    ----------
    found
        The tables of an article.
    language
        The language of the briefing.
    """
    names = Names(found, language)
    actors, statements, quantities = found.actors.copy(), found.statements.copy(), found.quantities.copy()
    actors["name"] = pd.Series([names.of[i] for i in actors["actor_id"]], dtype="str", index=actors.index)
    statements["speaker"] = pd.Series(
        [names.claimant(row) or None for row in statements.to_dict("records")],
        dtype="str",
        index=statements.index,
    )
    glosses = [item_gloss(row, language) for row in quantities.to_dict("records")]
    quantities["item_gloss"] = pd.Series(glosses, dtype="str", index=quantities.index)
    return replace(found, actors=actors, statements=statements, quantities=quantities)
