"""Norwegian numerals: find them in text, read them, spell them.

A plain library: it needs no pipeline. It knows digits in every Norwegian form (``1 200 000``, ``1.200.000``,
``1,2 millioner``, ``,5``, ``−3``, ``2½``, ``1/3``, ``100K``), number words of Bokmål and Nynorsk in old and new
counting, written together or apart, scale words and their short forms, vague magnitudes (``titalls``,
``noen hundre``), fractions (``to tredeler``, ``tre av fire``) and ranges (``10–15``, ``mellom ti og femten``).

Time is linear in the length of the text: each numeral looks at a bounded number of words ahead.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from depesje import lexicon

Kind = Literal["cardinal", "vague", "share", "ordinal", "multiple"]
#: How the two ends of a range are joined: "mellom", "fra", "til", "eller", "comma" or "dash".
Join = Literal["mellom", "fra", "til", "eller", "comma", "dash"]

#: Longer digit strings are codes, not numbers that anybody counts.
MAX_DIGITS = 24
#: Numbers of more words than this are no news prose.
MAX_WORDS = 60
MAX_WORD_LENGTH = 80
#: "hundre tusen millioner" is as far as prose goes.
MAX_SCALES = 3
#: What shares are reckoned in: "tre av fire"; "14 av 20" are two counts.
WHOLES = (*range(2, 11), 100, 1000)

_SPACES = "[ \u00a0\u2009\u202f\u2007]"
_TOKEN = re.compile(
    rf"""
    (?P<other>
        (?:\+\d\d{_SPACES}?)?(?<!\d)\d\d(?:{_SPACES}\d\d){{3}}(?!\d)      # telephone numbers
      | (?<!\d)\d{{3}}{_SPACES}\d\d{_SPACES}\d{{3}}(?!\d)
      | \d{{1,2}}:\d\d(?::\d\d)?(?:[.,]\d+)?                            # clock and finishing times
      | \d{{1,2}}[.]\d\d,\d\d?(?!\d)
      | \d+(?:/\d+){{2,}}
    )
  | (?P<number>
        \d{{1,3}}(?:\.\d{{3}})++(?!\d|\.\d)(?:,\d++)?
      | \d{{1,3}}(?:{_SPACES}\d{{3}})++(?!\d|{_SPACES}\d\d\b)(?:,\d++)?
      | \d{{1,3}}(?:,\d{{3}}){{2,}}+(?!\d)
    )
  | (?P<dates>\d++(?:\.\d++){{2,}})
  | (?P<plain>\d++(?:[.,]\d++)?|(?<!\S),\d++)
  | (?P<glyph>[½⅓⅔¼¾⅕⅛])
  | (?P<word>[^\W\d_][\w\u0300\u0301]*)
  | (?P<symbol>[^\w\s])
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """A token of the scanner: finer than a pipeline's (``57-åring`` is three)."""

    start: int
    end: int
    text: str
    lower: str
    #: "number", "dotted", "word", "glyph", "symbol" or "other" (telephone numbers, clock times, dates, codes).
    kind: str


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral in a text.

    Attributes
    ----------
    start, end
        Character offsets into the text, end exclusive.
    low, high
        The smallest and greatest number that it stands for; equal unless it is a range or vague. A share is
        a number from 0 to 1.
    kind
        "cardinal", "vague" (``titalls``), "share" (``en tredel``), "ordinal" (``5.``, ``tredje``) or
        "multiple" (``tredobling``).
    first, last
        The indices of its first and last token, if it comes from `scan_tokens`.
    join
        How the ends of a range are joined, None for a single numeral.
    digits
        Whether it begins with digits.
    scale
        The factor of its last scale word (1e6 in ``2,5 millioner``), else 1.
    denominator
        Of a fraction.
    """

    start: int
    end: int
    low: float
    high: float
    kind: Kind = "cardinal"
    first: int = 0
    last: int = 0
    join: Join | None = None
    digits: bool = False
    scale: float = 1
    denominator: int | None = None


class _Morpheme(NamedTuple):
    kind: str
    value: Fraction
    token: int
    closes: bool


class _Words(NamedTuple):
    """The numeral lexicon, turned from value → forms into form → value."""

    morphemes: dict[str, int]
    longest: int
    scales: dict[str, Fraction]
    plural_scales: frozenset[str]
    short_scales: dict[str, Fraction]
    articles: frozenset[str]
    fixed: dict[str, Fraction]
    collectives: dict[str, int]
    vague: dict[str, tuple[int, int]]
    quantifiers: frozenset[str]
    couple_articles: frozenset[str]
    couple_nouns: frozenset[str]
    fractions: dict[str, int]
    half: frozenset[str]
    half_share: frozenset[str]
    quarter: frozenset[str]
    glyphs: dict[str, Fraction]
    ordinals: frozenset[str]
    ordinal_endings: tuple[str, ...]
    multiples: tuple[str, ...]


def _by_form(table: dict[str, str]) -> Iterator[tuple[str, str]]:
    for value, forms in table.items():
        for form in forms.split():
            yield form, value


@cache
def _words() -> _Words:
    data = lexicon.load("numerals")
    morphemes = {form: int(value) for form, value in _by_form(data["morphemes"])}
    scales = {form: Fraction(value) for form, value in _by_form(data["scales"])}
    vague = {form: (low, high) for form, (low, high) in data["vague"].items()}
    magnitudes = data["magnitudes"]
    for stem in magnitudes["stems"].split():
        low = _order_of_magnitude(stem, morphemes, scales)
        for ending in magnitudes["endings"].split():
            vague[stem + ending] = (low, 10 * low - 1)
    for plural in magnitudes["plurals"].split():
        low = _order_of_magnitude(
            re.sub("(er|ar)$", "", plural).replace("hundr", "hundre").replace("hundree", "hundre"),
            morphemes,
            scales,
        )
        vague[plural] = (low, 10 * low - 1)
    fractions = {
        stem + ending: int(value)
        for stem, value in _by_form(data["denominators"])
        for ending in data["fractions"]["endings"].split()
        if value != "2"
    }
    return _Words(
        morphemes=morphemes,
        longest=max(map(len, morphemes)),
        scales=scales,
        plural_scales=frozenset(
            form for forms in data["scales"].values() for form in forms.split()[1:] if form.endswith("r")
        ),
        short_scales={form: Fraction(value) for form, value in _by_form(data["short_scales"])},
        articles=frozenset(data["one"]["article"].split()),
        fixed={form: Fraction(value) for form, value in _by_form(data["fixed"])},
        collectives={form: int(value) for form, value in _by_form(data["collectives"])},
        vague=vague,
        quantifiers=frozenset(magnitudes["quantifiers"].split()),
        couple_articles=frozenset(data["couple"]["articles"].split()),
        couple_nouns=frozenset(data["couple"]["nouns"].split()),
        fractions=fractions,
        half=frozenset(data["fractions"]["half"].split()),
        half_share=frozenset(data["fractions"]["half_share"].split()),
        quarter=frozenset(data["fractions"]["quarter"].split()),
        glyphs={glyph: Fraction(*pair) for glyph, pair in data["glyphs"].items()},
        ordinals=frozenset(data["ordinals"]["words"].split()),
        ordinal_endings=tuple(data["ordinals"]["endings"].split()),
        multiples=tuple(data["multiples"]["endings"].split()),
    )


def _order_of_magnitude(stem: str, morphemes: dict[str, int], scales: dict[str, Fraction]) -> int:
    product = 1
    for part in re.findall("ti|hundre|tusen|million|milliard|billion", stem):
        product *= morphemes[part] if part in morphemes else int(scales[part])
    return product


@cache
def scales() -> dict[str, float]:
    """The scale words from a million up, and their factors."""
    return {form: float(value) for form, value in _words().scales.items()}


# Tokens


def tokenize(text: str) -> list[Token]:
    """Cut a text into words, numbers and symbols.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    list of Token
        In order, without white space.
    """
    tokens = []
    for match in _TOKEN.finditer(text):
        kind = str(match.lastgroup)
        written = match.group()
        if kind == "plain":
            kind = "dotted" if "." in written else "number"
        elif kind == "dates":
            kind = "other"
        if kind == "number" and len(written) > MAX_DIGITS:
            kind = "other"
        tokens.append(Token(match.start(), match.end(), written, written.lower(), kind))
    return tokens


def joined(tokens: Sequence[Token], i: int) -> bool:
    """Whether nothing stands between token ``i`` and the next."""
    return i + 1 < len(tokens) and tokens[i].end == tokens[i + 1].start


def spaced(tokens: Sequence[Token], i: int, text: str) -> bool:
    """Whether only a space, and no line break, stands between token ``i`` and the next."""
    if i + 1 >= len(tokens):
        return False
    gap = text[tokens[i].end : tokens[i + 1].start]
    return 0 < len(gap) <= 2 and "\n" not in gap and "\r" not in gap


def _number(written: str) -> Fraction:
    if written.count(",") > 1:
        return Fraction(written.replace(",", ""))
    plain = re.sub(rf"{_SPACES}|\.(?=\d{{3}}(?!\d))", "", written)
    return Fraction("0" + plain.replace(",", "."))


# Number words


@lru_cache(maxsize=20_000)
def morphemes(word: str) -> tuple[int, ...] | None:
    """Split a number word into the values of its morphemes; ``og`` is -1.

    Returns None if the word is anything but numerals: ``hundreogfem`` → (100, -1, 5), ``femte`` → None.
    """
    return _chain(word, len(word)) if word else None


def _chain(word: str, end: int) -> tuple[int, ...] | None:
    words = _words()
    if len(word) > MAX_WORD_LENGTH:
        return None
    # reach[i]: the morphemes that cover word[:i], the longest first, so that "tretti" is not "tre" and "ti".
    reach: list[tuple[int, ...] | None] = [()] + [None] * end
    for i in range(end):
        before = reach[i]
        if before is None:
            continue
        for j in range(min(end, i + words.longest), i, -1):
            part = word[i:j]
            value = words.morphemes.get(part, -1 if part == "og" and before else None)
            if value is not None and (reach[j] is None or len(reach[j] or ()) > len(before) + 1):
                reach[j] = (*before, value)
    chain = reach[end]
    return None if chain and chain[-1] == -1 else chain


@lru_cache(maxsize=20_000)
def split_compound(word: str) -> tuple[float, str] | None:
    """Split a compound that begins with a number word: ``femårig`` → (5, "årig").

    The numeral is the longest that leaves a rest. None if the word begins with none, or is a number itself.
    A scale may stand first: ``millionsum`` → (1000000, "sum").
    """
    lower = word.lower()
    if len(lower) > MAX_WORD_LENGTH or morphemes(lower):
        return None
    for form, value in _words().scales.items():
        rest = lower.removeprefix(form)
        if rest != lower and len(rest) > 2:
            return float(value), rest
    for end in range(len(lower) - 2, 1, -1):
        chain = morphemes(lower[:end])
        if chain:
            read = _read_chain(chain)
            if read is not None:
                return float(read), lower[end:]
    return None


def _read_chain(chain: tuple[int, ...]) -> Fraction | None:
    sequence = [_as_morpheme(value, 0, i == len(chain) - 1) for i, value in enumerate(chain)]
    value, after = _compose(sequence, 0)
    return value if value is not None and after == len(sequence) else None


def _as_morpheme(value: int, token: int, closes: bool) -> _Morpheme:
    kind = (
        "and"
        if value == -1
        else "zero"
        if value == 0
        else "unit"
        if value < 10
        else "teen"
        if value < 20
        else "tens"
        if value < 100
        else "hundred"
        if value == 100
        else "thousand"
    )
    return _Morpheme(kind, Fraction(value), token, closes)


# The grammar of number words: each function reads from position i and gives the value and the next position.

_Read = tuple[Fraction | None, int]


def _is(sequence: Sequence[_Morpheme], i: int, *kinds: str) -> bool:
    return i < len(sequence) and sequence[i].kind in kinds


def _below_hundred(s: Sequence[_Morpheme], i: int) -> _Read:
    if _is(s, i, "teen", "zero"):
        return s[i].value, i + 1
    if _is(s, i, "tens"):
        if _is(s, i + 1, "unit"):
            return s[i].value + s[i + 1].value, i + 2
        if not s[i].closes and _is(s, i + 1, "and") and _is(s, i + 2, "unit"):
            return s[i].value + s[i + 2].value, i + 3
        return s[i].value, i + 1
    if _is(s, i, "unit"):
        if _is(s, i + 1, "and") and _is(s, i + 2, "tens"):  # old counting: fem og tyve
            return s[i].value + s[i + 2].value, i + 3
        return s[i].value, i + 1
    return None, i


def _with_half(s: Sequence[_Morpheme], i: int) -> _Read:
    """A small number, digits, or a number and a half: the multiplier of a scale."""
    if _is(s, i, "digits", "fixed", "half"):
        value, i = s[i].value, i + 1
    else:
        read, i = _below_hundred(s, i)
        if read is None:
            return None, i
        value = read
    if _is(s, i, "and") and _is(s, i + 1, "half") and value.denominator == 1:
        return value + s[i + 1].value, i + 2
    return value, i


def _group(s: Sequence[_Morpheme], i: int, scale: str, factor: int, lower) -> _Read:  # type: ignore[no-untyped-def]
    """``[lower] scale [og] lower``: hundreds, and with them as `lower`, thousands."""
    left, after = (Fraction(1), i) if _is(s, i, scale) else lower(s, i)
    if left is None:
        return None, i
    if not _is(s, after, scale) or left >= factor * 10:
        return left, after
    total, after = left * factor, after + 1
    start = after + 1 if _is(s, after, "and") else after
    if _is(s, start, "digits", "fixed", "half"):
        return total, after
    rest, end = lower(s, start)
    # "hundre og to hundre" is two numbers.
    if rest is None or rest >= factor or rest.denominator != 1 or _is(s, end, scale):
        return total, after
    return total + rest, end


def _hundreds(s: Sequence[_Morpheme], i: int) -> _Read:
    return _group(s, i, "hundred", 100, _with_half)


def _thousands(s: Sequence[_Morpheme], i: int) -> _Read:
    return _group(s, i, "thousand", 1000, _hundreds)


def _compose(s: Sequence[_Morpheme], i: int) -> _Read:
    """A whole cardinal: groups by falling scale."""
    total, end = Fraction(0), i
    ceiling: Fraction | None = None
    while True:
        start = end + 1 if ceiling is not None and _is(s, end, "and") else end
        if ceiling is not None and _is(s, start, "half"):
            break
        value, after = _thousands(s, start)
        if value is None:
            break
        if not _is(s, after, "scale"):
            if ceiling is None or (value < ceiling and value < 1_000_000):
                total, end = total + value, after
            break
        scale = s[after].value
        if ceiling is not None and scale >= ceiling:
            break
        total, ceiling, end = total + value * scale, scale, after + 1
    return (total, end) if end > i else (None, i)


# From tokens to morphemes


def _sequence(tokens: Sequence[Token], i: int, text: str) -> list[_Morpheme]:
    """The morphemes of the number words from token ``i`` on, as far as they go."""
    words = _words()
    sequence: list[_Morpheme] = []
    for j in range(i, min(i + MAX_WORDS, len(tokens))):
        if (
            j > i
            and not spaced(tokens, j - 1, text)
            and not (joined(tokens, j - 1) and tokens[j].kind in ("glyph", "word"))
        ):
            break
        found = _morphemes_of(tokens, j, words, bool(sequence), text)
        if found is None:
            break
        sequence.extend(found)
        if _reads_ahead(tokens, j, words, text):
            # Short scales end a numeral.
            break
    while sequence and sequence[-1].kind == "and":
        sequence.pop()
    return sequence


def _reads_ahead(tokens: Sequence[Token], j: int, words: _Words, text: str) -> bool:
    return tokens[j].lower in words.short_scales


def _morphemes_of(
    tokens: Sequence[Token], j: int, words: _Words, inside: bool, text: str
) -> list[_Morpheme] | None:
    token = tokens[j]
    if token.kind in ("number", "dotted"):
        if inside:
            return None
        return [_Morpheme("digits", _number(token.text), j, True)]
    if token.kind == "glyph":
        glued = inside and joined(tokens, j - 1)
        if inside and not glued:
            return None
        half = _Morpheme("half", words.glyphs[token.text], j, True)
        return [_Morpheme("and", Fraction(-1), j, False), half] if inside else [half]
    if token.kind != "word":
        return None
    lower = token.lower
    if inside and joined(tokens, j - 1) and lower not in words.short_scales:
        return None
    if lower == "og":
        return [_Morpheme("and", Fraction(-1), j, True)] if inside else None
    if lower in words.scales:
        return [_Morpheme("scale", words.scales[lower], j, True)]
    if inside and lower in words.short_scales:
        return _short_scale(tokens, j, words)
    if lower in words.fixed:
        return None if inside else [_Morpheme("fixed", words.fixed[lower], j, True)]
    if lower in words.half | words.quarter:
        # "en halv", "to og en halv", "tre kvart": the word before was read as a number, so take it back below.
        return [_Morpheme("halfword", Fraction(1, 2 if lower in words.half else 4), j, True)]
    chain = morphemes(lower)
    if chain is None:
        return None
    return [_as_morpheme(value, j, k == len(chain) - 1) for k, value in enumerate(chain)]


def _short_scale(tokens: Sequence[Token], j: int, words: _Words) -> list[_Morpheme] | None:
    token = tokens[j]
    if token.lower == "k" and not (joined(tokens, j - 1) and tokens[j - 1].kind in ("number", "dotted")):
        return None
    return [
        _Morpheme(
            "scale" if words.short_scales[token.lower] > 1000 else "thousand",
            words.short_scales[token.lower],
            j,
            True,
        )
    ]


def _fold_halves(sequence: list[_Morpheme]) -> list[_Morpheme]:
    """Turn ``en halv`` and ``tre kvart`` into one morpheme each; a bare ``halv`` stays apart."""
    folded: list[_Morpheme] = []
    for item in sequence:
        if item.kind != "halfword":
            folded.append(item)
            continue
        before = folded[-1] if folded else None
        if before and before.kind == "unit" and (before.value == 1 or item.value == Fraction(1, 4)):
            folded[-1] = _Morpheme("half", before.value * item.value, item.token, True)
        elif not folded:
            folded.append(_Morpheme("half", item.value, item.token, True))
        else:
            break
    return folded


# Numerals


def _short_scale_end(tokens: Sequence[Token], last: int) -> int:
    """``mill.``: the full stop belongs to the short form."""
    token = tokens[last]
    if (
        token.lower in _words().short_scales
        and token.lower != "k"
        and joined(tokens, last)
        and tokens[last + 1].text == "."
    ):
        return last + 1
    return last


def _cardinal(tokens: Sequence[Token], i: int, text: str) -> Numeral | None:
    sequence = _fold_halves(_sequence(tokens, i, text))
    while sequence:
        value, after = _compose(sequence, 0)
        if value is None:
            return None
        if sequence[after - 1].closes:
            break
        # It stopped inside a word: leave that word out.
        cut = sequence[after - 1].token
        sequence = [m for m in sequence if m.token < cut]
    else:
        return None
    used = sequence[:after]
    scale = max(
        (float(m.value) for m in used[-1:] if m.kind in ("scale", "thousand", "hundred")), default=1.0
    )
    for m in reversed(used[:-1]):
        if scale == 1 or m.kind not in ("scale", "thousand", "hundred"):
            break
        scale *= float(m.value)
    last = _short_scale_end(tokens, used[-1].token)
    return Numeral(
        tokens[i].start,
        tokens[last].end,
        float(value),
        float(value),
        "cardinal",
        i,
        last,
        digits=tokens[i].kind in ("number", "dotted"),
        scale=scale,
        denominator=used[-1].value.denominator if len(used) == 1 and used[0].kind == "half" else None,
    )


def _scales_from(tokens: Sequence[Token], i: int, text: str) -> tuple[float, int]:
    """The product of the scale words that follow token ``i``, and the index of the last of them."""
    words, product = _words(), Fraction(1)
    last = i
    while last - i < MAX_SCALES and spaced(tokens, last, text):
        lower = tokens[last + 1].lower
        factor = (
            words.scales.get(lower)
            or words.short_scales.get(lower)
            or {"hundre": 100, "tusen": 1000}.get(lower)
        )
        if factor is None or lower == "k":
            break
        product, last = product * factor, last + 1
    return float(product), last if product == 1 else _short_scale_end(tokens, last)


def _vague(tokens: Sequence[Token], i: int, text: str) -> Numeral | None:
    """``titalls``, ``et par hundre``, ``flere titusen``, ``millioner``, ``et dusin``."""
    words, token = _words(), tokens[i]
    if token.kind != "word":
        return None
    lower = token.lower
    follows = tokens[i + 1].lower if spaced(tokens, i, text) else ""
    if lower in words.couple_articles and follows in words.couple_nouns:
        return _couple(tokens, i, text)
    if lower in words.vague:
        return _magnitude(tokens, i, i, text)
    if follows in words.vague and (lower in words.articles or lower in words.quantifiers):
        return _magnitude(tokens, i, i + 1, text)
    if lower in words.quantifiers:
        return _open_scale(tokens, i, text)
    if lower in words.plural_scales:
        low = float(words.scales[lower])
        factor, last = _scales_from(tokens, i, text)
        return Numeral(
            token.start, tokens[last].end, low * factor, (10 * low - 1) * factor, "vague", i, last, scale=low
        )
    if (lower in words.articles or lower == "ett") and follows in words.collectives:
        value = words.collectives[follows]
        return Numeral(token.start, tokens[i + 1].end, value, value, "vague", i, i + 1)
    return None


def _couple(tokens: Sequence[Token], i: int, text: str) -> Numeral:
    factor, last = _scales_from(tokens, i + 1, text)
    low = high = 2.0
    if factor == 1 and last + 2 < len(tokens) and tokens[last + 1].text in "-–" and joined(tokens, last):
        third = _words().morphemes.get(tokens[last + 2].lower)
        if third == 3 and joined(tokens, last + 1):
            factor, last = _scales_from(tokens, last + 2, text)
            high = 3.0
    return Numeral(
        tokens[i].start, tokens[last].end, low * factor, high * factor, "vague", i, last, scale=factor
    )


def _magnitude(tokens: Sequence[Token], i: int, at: int, text: str) -> Numeral:
    low, high = _words().vague[tokens[at].lower]
    factor, last = _scales_from(tokens, at, text)
    linked = spaced(tokens, at, text) and tokens[at + 1].lower == "av" and spaced(tokens, at + 1, text)
    if factor == 1 and linked and tokens[at + 2].lower in _words().plural_scales:  # "hundrevis av millioner"
        factor, last = _scales_from(tokens, at + 1, text)
    return Numeral(
        tokens[i].start, tokens[last].end, low * factor, high * factor, "vague", i, last, scale=factor
    )


def _open_scale(tokens: Sequence[Token], i: int, text: str) -> Numeral | None:
    """``noen hundre``, ``flere hundre tusen``, ``noen få millioner``, ``flere titusen``."""
    words = _words()
    at = i + 1
    if at < len(tokens) and tokens[at].lower in ("få", "titalls"):
        at += 1
    if at >= len(tokens) or not spaced(tokens, at - 1, text) or not spaced(tokens, i, text):
        return None
    lower = tokens[at].lower
    if lower in ("titusen", "hundretusen", "hundre", "tusen") or lower in words.plural_scales:
        low = float(_order_of_magnitude(lower, words.morphemes, words.scales))
    else:
        return None
    factor, last = _scales_from(tokens, at, text)
    low *= factor
    return Numeral(
        tokens[i].start,
        tokens[last].end,
        low,
        10 * low - 1 if factor == 1 else (10 * low / factor - 1) * factor,
        "vague",
        i,
        last,
        scale=low,
    )


def _share(tokens: Sequence[Token], i: int, text: str) -> Numeral | None:
    """``halvparten``, ``to tredeler``, ``1/3``."""
    words, token = _words(), tokens[i]
    if token.lower in words.half_share:
        return Numeral(token.start, token.end, 0.5, 0.5, "share", i, i, denominator=2)
    if token.lower in words.fractions and token.lower.endswith(("delen", "parten")):
        share = 1 / words.fractions[token.lower]
        return Numeral(
            token.start, token.end, share, share, "share", i, i, denominator=words.fractions[token.lower]
        )
    if token.kind == "number" and joined(tokens, i) and tokens[i + 1].text == "/" and joined(tokens, i + 1):
        return _slashed(tokens, i)
    if not spaced(tokens, i, text) or tokens[i + 1].lower not in words.fractions:
        return None
    chain = morphemes(token.lower)
    if token.kind == "number":
        count: Fraction | None = _number(token.text)
    else:
        count = _read_chain(chain) if chain else None
    if count is None:
        return None
    denominator = words.fractions[tokens[i + 1].lower]
    share = float(count / denominator)
    return Numeral(
        token.start,
        tokens[i + 1].end,
        share,
        share,
        "share",
        i,
        i + 1,
        denominator=denominator,
        digits=token.kind == "number",
    )


def _slashed(tokens: Sequence[Token], i: int) -> Numeral | None:
    if i + 2 >= len(tokens) or tokens[i + 2].kind != "number":
        return None
    above, below = _number(tokens[i].text), _number(tokens[i + 2].text)
    if not (0 < above < below <= 20) or above.denominator != 1 or below.denominator != 1:
        return None
    if joined(tokens, i + 2) and tokens[i + 3].text in "/.":
        return None
    share = float(above / below)
    return Numeral(
        tokens[i].start,
        tokens[i + 2].end,
        share,
        share,
        "share",
        i,
        i + 2,
        denominator=int(below),
        digits=True,
    )


def _mixed(tokens: Sequence[Token], numeral: Numeral, text: str) -> Numeral:
    """``3 1/2``: a whole number and a fraction."""
    at = numeral.last + 1
    if not (
        numeral.digits and numeral.scale == 1 and spaced(tokens, numeral.last, text) and joined(tokens, at)
    ):
        return numeral
    if (
        at + 2 >= len(tokens)
        or tokens[at].kind != "number"
        or tokens[at + 1].text != "/"
        or not joined(tokens, at + 1)
    ):
        return numeral
    fraction = _slashed(tokens, at)
    if fraction is None or fraction.denominator not in (2, 3, 4, 5, 8):
        return numeral
    value = numeral.low + fraction.low
    return replace(numeral, end=fraction.end, last=fraction.last, low=value, high=value)


def _out_of(tokens: Sequence[Token], numeral: Numeral, text: str) -> Numeral | None:
    """``tre av fire``, ``7 av 10``: a share, if the whole is one that people reckon in."""
    last = numeral.last
    if (
        numeral.scale != 1
        or numeral.low > 100
        or last + 2 >= len(tokens)
        or tokens[last + 1].lower not in ("av", "av.")
    ):
        return None
    if not (spaced(tokens, last, text) and spaced(tokens, last + 1, text)):
        return None
    whole = _cardinal(tokens, last + 2, text)
    if whole is None or whole.low not in WHOLES or not numeral.low < whole.low:
        return None
    if whole.last == last + 2 and tokens[last + 2].lower in _words().articles:
        return None
    share = numeral.low / whole.low
    return Numeral(
        numeral.start,
        whole.end,
        share,
        share,
        "share",
        numeral.first,
        whole.last,
        denominator=int(whole.low),
        digits=numeral.digits,
    )


def is_ordinal_word(word: str) -> bool:
    """Whether a word is an ordinal: ``tredje``, ``tjuefemte``."""
    words, lower = _words(), word.lower()
    if lower in words.ordinals:
        return True
    for ordinal in words.ordinals:
        if lower.endswith(ordinal) and morphemes(lower.removesuffix(ordinal).removesuffix("og")):
            return True
    return any(
        lower.endswith(ending) and morphemes(lower.removesuffix(ending)) for ending in words.ordinal_endings
    )


def _ordinal(tokens: Sequence[Token], i: int, text: str) -> Numeral | None:
    token = tokens[i]
    if token.kind == "number" and len(token.text) <= 3 and joined(tokens, i) and tokens[i + 1].text == ".":
        after = text[token.end + 1 : token.end + 3]
        # "5. plass", "24.-plass"; before a capital the full stop ends the sentence, unless a line begins here.
        inside = i > 0 and tokens[i - 1].lower in ("i", "den", "det") and re.match(r" [A-ZÆØÅ]", after)
        if inside or re.match(r"\s[a-zæøå]|[-–]\w", after):
            value = float(token.text.replace(",", "."))
            return Numeral(token.start, token.end + 1, value, value, "ordinal", i, i + 1, digits=True)
    if token.kind == "word" and token.lower.endswith(("e", "en", "et", "a")) and is_ordinal_word(token.lower):
        return Numeral(token.start, token.end, 0, 0, "ordinal", i, i)
    return None


def _multiple(tokens: Sequence[Token], i: int) -> Numeral | None:
    """``dobbelt så mange``, ``tredobling``, ``firedoblet``."""
    token, words = tokens[i], _words()
    if token.kind != "word" or "dob" not in token.lower:
        return None
    value: Fraction | None = Fraction(2) if token.lower.removeprefix("for") in words.multiples else None
    for ending in words.multiples:
        stem = token.lower.removesuffix(ending)
        if stem != token.lower and (chain := morphemes(stem)):
            value = _read_chain(chain)
    if value is None:
        return None
    return Numeral(token.start, token.end, float(value), float(value), "multiple", i, i)


def _is_lone_article(tokens: Sequence[Token], numeral: Numeral) -> bool:
    return numeral.first == numeral.last and tokens[numeral.first].lower in _words().articles


def _single(tokens: Sequence[Token], i: int, text: str, articles: bool = False) -> Numeral | None:
    """The numeral that begins at token ``i``, not looking for a range."""
    if tokens[i].kind in ("symbol", "other"):
        return None
    found = (
        _vague(tokens, i, text)
        or _share(tokens, i, text)
        or _ordinal(tokens, i, text)
        or _multiple(tokens, i)
    )
    if found:
        return found
    numeral = _cardinal(tokens, i, text)
    if numeral is None:
        return None
    numeral = _mixed(tokens, numeral, text)
    share = _out_of(tokens, numeral, text)
    if share:
        return share
    numeral = _collective(tokens, numeral, text)
    if not articles and _is_lone_article(tokens, numeral):
        return None
    return _signed(tokens, numeral, text)


def _collective(tokens: Sequence[Token], numeral: Numeral, text: str) -> Numeral:
    """``to dusin``, ``et halvt dusin``."""
    last = numeral.last
    if spaced(tokens, last, text) and (size := _words().collectives.get(tokens[last + 1].lower)):
        return replace(
            numeral,
            end=tokens[last + 1].end,
            last=last + 1,
            low=numeral.low * size,
            high=numeral.high * size,
            denominator=None,
        )
    return numeral


def _signed(tokens: Sequence[Token], numeral: Numeral, text: str) -> Numeral:
    """Take in a minus sign or ``minus``; a dash that may be anything else is left."""
    i = numeral.first
    if i == 0:
        return numeral
    before = tokens[i - 1]
    if before.text in ("−", "-") and before.end == numeral.start and numeral.digits:
        free = before.start == 0 or text[before.start - 1].isspace() or text[before.start - 1] in "(["
        if not free:
            return numeral
    elif before.lower != "minus" or not spaced(tokens, i - 1, text):
        return numeral
    return replace(numeral, start=before.start, first=i - 1, low=-numeral.high, high=-numeral.low)


# Ranges


def _join_after(tokens: Sequence[Token], last: int, text: str) -> tuple[Join, int] | None:
    """The word or sign that joins a range after token ``last``, and the index of what follows it."""
    if last + 2 >= len(tokens):
        return None
    sign = tokens[last + 1]
    if sign.text in ("-", "–", "—", "−"):
        tight = joined(tokens, last) and joined(tokens, last + 1)
        apart = spaced(tokens, last, text) and spaced(tokens, last + 1, text) and sign.text != "−"
        if tight or (apart and tokens[last].kind == "number" and tokens[last + 2].kind == "number"):
            return "dash", last + 2
    if not spaced(tokens, last + 1, text):
        return None
    if sign.lower in ("til", "eller") and spaced(tokens, last, text):
        return ("til" if sign.lower == "til" else "eller"), last + 2
    if sign.text == "," and joined(tokens, last) and tokens[last].kind == "word":
        return "comma", last + 2
    return None


def _between(tokens: Sequence[Token], i: int, text: str) -> Numeral | None:
    """``mellom A og B``: A must not swallow ``og B``."""
    if tokens[i].lower not in ("mellom", "millom") or not spaced(tokens, i, text):
        return None
    for cut in range(i + 2, min(i + 2 + MAX_WORDS, len(tokens) - 1)):
        if tokens[cut].lower != "og":
            continue
        # The left end is read on its own, so that "hundre og to" cannot run on over the "og".
        left = _single(tokens[i + 1 : cut], 0, text, articles=True)
        if not left or left.last < cut - i - 2:
            return None
        right = _single(tokens, cut + 1, text)
        merged = _merge(replace(left, first=i + 1, last=cut - 1), right, "mellom") if right else None
        if merged:
            return replace(merged, start=tokens[i].start, first=i)
    return None


def _merge(left: Numeral, right: Numeral, join: Join) -> Numeral | None:
    """One range of two numerals; the scale of the right one goes for both, if that makes the range rise."""
    if {left.kind, right.kind} - {"cardinal", "vague"} and {left.kind, right.kind} != {"share"}:
        return None
    low, high = left.low, right.high
    if left.scale == 1 and right.scale > 1 and low * right.scale < high and low < 1000:
        low *= right.scale
    elif join == "dash" and left.digits and right.digits:
        low = _elliptic(low, high)
    if not low < high:
        return None
    kind: Kind = "share" if right.kind == "share" else "cardinal"
    return Numeral(
        left.start,
        right.end,
        low,
        high,
        kind,
        left.first,
        right.last,
        join,
        left.digits,
        max(left.scale, right.scale),
        right.denominator,
    )


def _elliptic(low: float, high: float) -> float:
    """``4-5000`` is 4000 to 5000: the zeros are written once."""
    size = 1
    while high % (size * 10) == 0 and high:
        size *= 10
    while size >= 100 and low < 100:
        if low == int(low) and low < high / size and low * size >= high / 20:
            return low * size
        size //= 10
    return low


def _range(tokens: Sequence[Token], left: Numeral, text: str) -> Numeral | None:
    if left.kind in ("ordinal", "multiple"):
        return None
    found = _join_after(tokens, left.last, text)
    if not found:
        return None
    join, at = found
    right = _single(tokens, at, text)
    if right is None or right.first != at:
        return None
    if join == "comma" and not (
        right.low == left.low + 1
        and left.scale == right.scale == 1
        and right.low < 20
        and spaced(tokens, right.last, text)
        and tokens[right.last + 1].lower not in ("og", "eller")
    ):
        return None
    if join == "til" and _year_before_amount(tokens, left, right):
        return None
    if join == "eller" and right.high > 10 * left.low:
        return None
    return _merge(left, right, join)


def _year_before_amount(tokens: Sequence[Token], left: Numeral, right: Numeral) -> bool:
    """``fra 6 millioner i 2012 til 80.000``: the year is no end of the range."""
    written = tokens[left.first].text
    is_year = len(written) == 4 and written.isdigit() and 1400 <= left.low <= 2100
    in_year = left.first > 0 and tokens[left.first - 1].lower in ("i", "siden", "sidan", "året", "år")
    return is_year and in_year and not 1400 <= right.high <= 2100


def scan_tokens(tokens: Sequence[Token], text: str) -> list[Numeral]:
    """Find the numerals in a tokenized text; see `scan`."""
    found: list[Numeral] = []
    i = 0
    while i < len(tokens):
        numeral = _between(tokens, i, text)
        if numeral is None:
            numeral = _from(tokens, i, text)
        if numeral is None:
            i += 1
            continue
        found.append(numeral)
        i = numeral.last + 1
    return found


def _from(tokens: Sequence[Token], i: int, text: str) -> Numeral | None:
    single = _single(tokens, i, text, articles=True)
    if single is None:
        return None
    ranged = _range(tokens, single, text)
    if ranged is None:
        return None if _is_lone_article(tokens, single) else single
    if ranged.join == "til" and i > 0 and tokens[i - 1].lower in ("fra", "frå"):
        ranged = replace(ranged, join="fra")
    return ranged


def scan(text: str) -> list[Numeral]:
    """Find the numerals in a text.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    list of Numeral
        In order, without overlaps. The article ``en/ei/et`` is left out; ordinals and multiples are in,
        so that nobody takes them for counts.

    Examples
    --------
    >>> [(n.low, n.high) for n in scan("To av dem tapte mellom 10 og 15 millioner.")]
    [(2.0, 2.0), (10000000.0, 15000000.0)]
    """
    return scan_tokens(tokenize(text), text)


def parse(numeral: str) -> int | float:
    """Read one cardinal, in digits or words.

    Parameters
    ----------
    numeral
        ``"to hundre og fem"``, ``"2,5 millioner"``, ``"enogtyve"``.

    Returns
    -------
    int or float
        An int if the number is whole.

    Raises
    ------
    ValueError
        If the text is not exactly one cardinal.
    """
    text = numeral.strip()
    tokens = tokenize(text)
    sequence = _fold_halves(_sequence(tokens, 0, text)) if tokens else []
    value, after = _compose(sequence, 0) if sequence else (None, 0)
    negative = False
    if value is None and len(tokens) > 1 and (tokens[0].text in "-−" or tokens[0].lower == "minus"):
        negative = True
        sequence = _fold_halves(_sequence(tokens, 1, text))
        value, after = _compose(sequence, 0)
    if (
        value is None
        or after != len(sequence)
        or _short_scale_end(tokens, sequence[-1].token) != len(tokens) - 1
    ):
        raise ValueError(f"not a Norwegian cardinal: {numeral!r}")
    value = -value if negative else value
    return int(value) if value.denominator == 1 else float(value)


# Spelling

_NAMES = {
    "nb": {1: "en", 100: "hundre", 1000: "tusen", "plural": "er", "one": "ett", "sju": "sju", "tjue": "tjue"},
    "nn": {
        1: "ein",
        100: "hundre",
        1000: "tusen",
        "plural": "ar",
        "one": "eitt",
        "sju": "sju",
        "tjue": "tjue",
    },
}
_SMALL = [
    "null",
    "en",
    "to",
    "tre",
    "fire",
    "fem",
    "seks",
    "sju",
    "åtte",
    "ni",
    "ti",
    "elleve",
    "tolv",
    "tretten",
    "fjorten",
    "femten",
    "seksten",
    "sytten",
    "atten",
    "nitten",
]
_TENS = {2: "tjue", 3: "tretti", 4: "førti", 5: "femti", 6: "seksti", 7: "sytti", 8: "åtti", 9: "nitti"}
_OLD = {"sju": "syv", "tjue": "tyve", "tretti": "tredve"}
_SCALES = (
    (10**27, "kvadrilliard"),
    (10**24, "kvadrillion"),
    (10**21, "trilliard"),
    (10**18, "trillion"),
    (10**15, "billiard"),
    (10**12, "billion"),
    (10**9, "milliard"),
    (10**6, "million"),
)


def spell(number: int, standard: Literal["nb", "nn"] = "nb", old: bool = False) -> str:
    """Write a whole number in words.

    Parameters
    ----------
    number
        From ``-(10**30 - 1)`` to ``10**30 - 1``.
    standard
        "nb" (Bokmål) or "nn" (Nynorsk).
    old
        Old counting: ``enogtyve`` for ``tjueen``.

    Returns
    -------
    str
        The number, groups apart, as in ``to hundre og tjueen tusen``.

    Raises
    ------
    ValueError
        If the number is too great.
    """
    if abs(number) >= 10**30:
        raise ValueError("spell() goes to 10**30 - 1")
    if number < 0:
        return "minus " + spell(-number, standard, old)
    if number == 0:
        return "null"
    parts = []
    for size, name in _SCALES:
        count, number = divmod(number, size)
        if count:
            plural = "" if count == 1 else _NAMES[standard]["plural"]
            parts.append(f"{_spell_thousands(count, standard, old, _NAMES[standard][1])} {name}{plural}")
    if number:
        last = _spell_thousands(
            number, standard, old, _NAMES[standard]["one"] if parts else _NAMES[standard][1]
        )
        parts.append(f"og {last}" if parts and number < 100 else last)
    return " ".join(parts)


def _spell_thousands(number: int, standard: str, old: bool, one: str) -> str:
    thousands, rest = divmod(number, 1000)
    neuter = _NAMES[standard]["one"]
    parts = [f"{_spell_hundreds(thousands, standard, old, neuter)} tusen"] if thousands else []
    if rest:
        last = _spell_hundreds(rest, standard, old, one)
        parts.append(f"og {last}" if parts and rest < 100 else last)
    return " ".join(parts)


def _spell_hundreds(number: int, standard: str, old: bool, one: str) -> str:
    hundreds, rest = divmod(number, 100)
    parts = (
        [f"{_NAMES[standard]['one'] if hundreds == 1 else _small(hundreds, standard, old)} hundre"]
        if hundreds
        else []
    )
    if rest:
        last = one if rest == 1 else _small(rest, standard, old)
        parts.append(f"og {last}" if parts else last)
    return " ".join(parts)


def _small(number: int, standard: str, old: bool) -> str:
    if number < 20:
        word = str(_NAMES[standard][1]) if number == 1 else _SMALL[number]
        return _OLD.get(word, word) if old else word
    tens, units = divmod(number, 10)
    ten = _OLD.get(_TENS[tens], _TENS[tens]) if old else _TENS[tens]
    if not units:
        return ten
    unit = _small(units, standard, old)
    return f"{unit}og{ten}" if old else f"{ten}{unit}"
