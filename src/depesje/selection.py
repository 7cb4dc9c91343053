"""What of an article is about an actor, under a theme, of a certainty: the tables, narrowed to it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from depesje.tables import Extraction


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader has chosen; None for everything.

    Parameters
    ----------
    actor_id
        An actor of the ``actors`` table.
    theme
        A code of the ``themes`` or ``subthemes`` table.
    certainty
        The certainty of a claim.
    """

    actor_id: int | None = None
    theme: str | None = None
    certainty: str | None = None


def selected(found: Extraction, choice: Choice) -> tuple[Extraction, list[int]]:
    """The findings that fit a choice.

    A sentence fits an actor that it names or that speaks in it, a theme that it carries, and the certainty of a claim
    in it. Findings go with their sentences; an amount goes with the claim that it stands in, and where it stands
    in none, its own certainty counts. Actors have the counts of what is left; a relation has as much of its weight
    as it has of its sentences.

    Parameters
    ----------
    found
        The tables of an article.
    choice
        What is chosen.

    Returns
    -------
    Extraction
        The tables with those rows; ``article`` and ``sentences``, which others are numbered by, whole.
    list of int
        The sentences that fit, and the others that their claims reach into.
    """
    if choice == Choice():
        return found, found.sentences["sentence_id"].tolist()
    fitting = _fitting(found, choice)
    near = pd.Series(
        [not fitting.isdisjoint(reach) for reach in _reach(found, found.statements)],
        dtype="bool",
        index=found.statements.index,
    )
    claims = found.statements[near & _is(found.statements, "certainty", choice.certainty)]
    ids = fitting.union(*_reach(found, claims))
    own = found.quantities["statement_id"].isna() & _is(found.quantities, "certainty", choice.certainty)
    quantities = found.quantities[
        found.quantities["sentence_id"].isin(ids)
        & (own | found.quantities["statement_id"].isin(claims["statement_id"]))
    ]
    mentions = found.mentions[found.mentions["sentence_id"].isin(ids)]
    actors = _counted(found.actors, mentions, claims)
    places = found.places[found.places["sentence_id"].isin(ids)].reset_index(drop=True)
    # A distance that is measured from a place goes where the amount itself goes.
    places["quantity_id"] = places["quantity_id"].where(places["quantity_id"].isin(quantities["quantity_id"]))
    relations = _cut(found.relations, ids)
    both = relations[["source_actor_id", "target_actor_id"]].isin(set(actors["actor_id"])).all(axis="columns")
    kept = replace(
        found,
        mentions=mentions.reset_index(drop=True),
        actors=actors,
        places=places,
        quantities=quantities.reset_index(drop=True),
        dates=found.dates[found.dates["sentence_id"].isin(ids)].reset_index(drop=True),
        statements=claims.reset_index(drop=True),
        themes=_cut(found.themes, ids),
        subthemes=_cut(found.subthemes, ids),
        key_terms=_cut(found.key_terms, ids),
        relations=relations[both].reset_index(drop=True),
    )
    return kept, sorted(ids)


def _is(table: pd.DataFrame, column: str, value: str | None) -> "pd.Series[bool]":
    return table[column].notna() if value is None else table[column] == value


def _fitting(found: Extraction, choice: Choice) -> set[int]:
    """The sentences that fit all parts of a choice."""
    fitting = set(found.sentences["sentence_id"])
    if choice.actor_id is not None:
        spoken = found.statements[found.statements["speaker_actor_id"] == choice.actor_id]
        named = found.mentions[found.mentions["actor_id"] == choice.actor_id]
        fitting &= set(named["sentence_id"]).union(*_reach(found, spoken))
    if choice.theme is not None:
        topics = pd.concat([found.themes, found.subthemes])
        fitting &= set().union(*topics[topics["code"] == choice.theme]["sentence_ids"])
    if choice.certainty is not None:
        claims = found.statements[found.statements["certainty"] == choice.certainty]
        own = found.quantities["statement_id"].isna() & (found.quantities["certainty"] == choice.certainty)
        fitting &= set(found.quantities[own]["sentence_id"]).union(*_reach(found, claims))
    return fitting


def _reach(found: Extraction, statements: pd.DataFrame) -> list[set[int]]:
    """For each statement the sentences that it stands in, its first one among them."""
    starts, ends = found.sentences["start"].to_numpy(), found.sentences["end"].to_numpy()
    ids = found.sentences["sentence_id"].tolist()
    reaches = []
    for row in statements.itertuples(index=False):
        first, last = ends.searchsorted(row.start, "right"), starts.searchsorted(row.end, "left")
        reaches.append({int(row.sentence_id), *ids[first:last]})
    return reaches


def _counted(actors: pd.DataFrame, mentions: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """The actors that are still named or speak, with new counts."""
    named = actors["actor_id"].map(mentions["actor_id"].value_counts()).fillna(0).astype("int64")
    speaking = actors["actor_id"].map(claims["speaker_actor_id"].value_counts()).fillna(0).astype("int64")
    counted = actors.assign(n_mentions=named, n_statements=speaking)
    return counted[(named > 0) | (speaking > 0)].reset_index(drop=True)


def _cut(table: pd.DataFrame, ids: Iterable[int]) -> pd.DataFrame:
    """Rows with what is left of their sentences, without those of which nothing is."""
    kept = frozenset(ids)
    left = [[i for i in cell if i in kept] for cell in table["sentence_ids"]]
    cut = table.assign(sentence_ids=pd.Series(left, dtype="object", index=table.index))
    if "weight" in table:
        shares = [
            len(now) / max(len(before), 1) for now, before in zip(left, table["sentence_ids"], strict=True)
        ]
        cut["weight"] = (table["weight"] * pd.Series(shares, dtype="float64", index=table.index)).round(6)
    return cut[cut["sentence_ids"].map(bool).astype("bool")].reset_index(drop=True)
