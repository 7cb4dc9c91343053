"""The spaCy component ``depesje_quantities``: from numerals to quantities, step by step."""

from spacy.language import Language
from spacy.tokens import Doc

from depesje.annotations import Quantity
from depesje.quantities.amount import Amount
from depesje.quantities.bounds import bound
from depesje.quantities.coordination import change, compose, share_units, split_changes
from depesje.quantities.counts import is_amount
from depesje.quantities.items import item
from depesje.quantities.measures import candidates
from depesje.quantities.money import imply_money
from depesje.quantities.passage import Passage
from depesje.quantities.units import COUNT, to_base


class QuantityExtractor:
    """spaCy component: sets ``doc._.quantities``.

    It skips what overlaps ``doc._.dates``, uses tags, parse and entities where the pipeline gives them,
    and works without.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Find the quantities of a document.

        Parameters
        ----------
        doc
            With ``doc._.dates`` set, if dates are to be left out.

        Returns
        -------
        Doc
            The same, with ``doc._.quantities``: `Quantity` values in order, without overlaps.
        """
        passage = Passage(doc)
        doc._.quantities = [_quantity(passage.text, amount) for amount in _amounts(passage)]
        return doc


def _amounts(passage: Passage) -> list[Amount]:
    """All amounts, in order and without overlaps."""
    found = [amount for amount in candidates(passage) if not passage.dates.overlaps(amount.start, amount.end)]
    found = compose(passage, share_units(passage, found))
    found = _apart([amount for amount in found if not amount.hanging and is_amount(passage, amount)])
    imply_money(passage, found)
    found = split_changes(passage, found)
    for amount in found:
        amount.bound = bound(passage, amount)
        amount.change = amount.change or change(passage, amount)
        if amount.unit is COUNT:
            amount.item = item(passage, amount)
    return found


def _apart(found: list[Amount]) -> list[Amount]:
    """Leave out what overlaps an earlier amount: a unit between two numerals (`to kr 1`) is the first one's."""
    kept: list[Amount] = []
    for amount in sorted(found, key=lambda amount: amount.start):
        if not kept or kept[-1].end <= amount.start:
            kept.append(amount)
    return kept


def _quantity(text: str, amount: Amount) -> Quantity:
    unit = amount.unit
    low, base_unit = to_base(amount.low, unit.name, unit.dimension)
    high, _ = to_base(amount.high, unit.name, unit.dimension)
    start, end = amount.item or (None, None)
    return Quantity(
        start=amount.start,
        end=amount.end,
        text=text[amount.start : amount.end],
        low=float(amount.low),
        high=float(amount.high),
        unit=unit.name,
        bound=amount.bound,
        dimension=unit.dimension,
        base_low=low,
        base_high=high,
        base_unit=base_unit,
        item=text[start:end] if amount.item else None,
        item_start=start,
        item_end=end,
        change=amount.change,
    )


@Language.factory("depesje_quantities", assigns=["doc._.quantities"])
def create_quantity_extractor(nlp: Language, name: str) -> QuantityExtractor:
    """Create the component ``depesje_quantities``."""
    return QuantityExtractor()
