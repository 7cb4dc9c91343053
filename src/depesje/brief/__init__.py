"""The words of a briefing, from the tables: computed prose, quoted key sentences, tables of findings.

Every function takes an `Extraction` and the language of the briefing, and gives a tuple of displays, empty where there
is nothing to say. What is computed is said in the briefing's language; what is the article's is quoted in its own.
"""

from depesje.brief.actors import actor_table, actors, relation_table
from depesje.brief.claims import claim_table, claims
from depesje.brief.figure import figure
from depesje.brief.linked_data import linked_data
from depesje.brief.names import Names, country_name, localised
from depesje.brief.opening import bottom_line, key_figures, masthead
from depesje.brief.places import place_table, places
from depesje.brief.quantities import quantities, quantity_table
from depesje.brief.source import files, provenance, source
from depesje.brief.themes import theme_table, themes
from depesje.brief.timeline import date_table, timeline
from depesje.brief.wording import amount, date_words, published, title

__all__ = [
    "Names",
    "actor_table",
    "actors",
    "amount",
    "bottom_line",
    "claim_table",
    "claims",
    "country_name",
    "date_table",
    "date_words",
    "figure",
    "files",
    "key_figures",
    "linked_data",
    "localised",
    "masthead",
    "place_table",
    "places",
    "provenance",
    "published",
    "quantities",
    "quantity_table",
    "relation_table",
    "source",
    "theme_table",
    "themes",
    "timeline",
    "title",
]
