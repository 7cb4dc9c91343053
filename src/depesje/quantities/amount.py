"""The amount in the making: what the steps of the component hand to each other."""

from dataclasses import dataclass

from depesje.annotations import Bound
from depesje.numerals import Numeral
from depesje.quantities.units import Unit


@dataclass(slots=True)
class Amount:
    """A numeral with its unit, by tokens (``first``, ``last``) and characters (``start``, ``end``)."""

    first: int
    last: int
    start: int
    end: int
    low: float
    high: float
    unit: Unit
    numeral: Numeral | None = None
    vague: bool = False
    ranged: bool = False
    compound: bool = False
    #: "to-" in "to- og treåringer"
    hanging: bool = False
    bound: Bound = "exact"
    change: str | None = None
    item: tuple[int, int] | None = None
