"""The amounts."""

import pandas as pd

from depesje.brief.names import Names
from depesje.brief.wording import Displays, amount, is_text, item, prose, table
from depesje.display import Cell, Column, Heading, Line, Row
from depesje.messages import NORWEGIAN, translator
from depesje.tables import Extraction


def quantities(found: Extraction, language: str = "en") -> Displays:
    """Heading and prose: how many amounts, and how many of them a source claims."""
    if found.quantities.empty:
        return ()
    words = translator(language)
    _, ngettext = words.gettext, words.ngettext
    n = len(found.quantities)
    claimed = int(found.quantities["statement_id"].notna().sum())
    if n == 1:
        text = _("The text states one amount, which a source claims.") if claimed else _(
            "The text states one amount, in the article’s own voice."
        )  # fmt: skip
    elif claimed in (0, n):
        text = (
            _("The text states {n} amounts, all in the article’s own voice.")
            if not claimed
            else _("The text states {n} amounts, all of them claims of sources.")
        )
    else:
        text = ngettext(
            "The text states {n} amounts; a source claims one of them, the others stand in the article’s own voice.",
            "The text states {n} amounts; sources claim {claimed}, the others stand in the article’s own voice.",
            claimed,
        )
    return (
        Heading("quantities", _("Quantities")),
        *prose([Line(text.format(n=n, claimed=claimed))], found, language),
    )


def quantity_table(found: Extraction, language: str = "en") -> Displays:
    """Every amount: as written, normalised, what is counted, who claims it and how surely."""
    if found.quantities.empty:
        return ()
    _ = translator(language).gettext
    names = Names(found, language)
    claims = {row["statement_id"]: row for row in found.statements.to_dict("records")}
    rows = []
    for row in found.quantities.to_dict("records"):
        claim = None if pd.isna(row["statement_id"]) else claims[int(row["statement_id"])]
        what = item(row, language)
        original = row["item"] if is_text(row["item"]) and row["item"] != what else ""
        rows.append(
            Row(
                (
                    row["text"],
                    Cell(amount(row, language), sort=row["base_low"]),
                    Cell(
                        what,
                        words=original,
                        foreign=bool(what) and language not in NORWEGIAN and not original,
                    ),
                    names.claimant(claim) if claim else _("the article itself"),
                    row["certainty"],
                ),
                evidence=(row["sentence_id"],),
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
    return (table("quantities", _("All amounts, in the order of the text"), columns, rows, found, language),)
