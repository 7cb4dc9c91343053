"""The treebank's tags and features in the terms of Universal Dependencies."""

import re
from dataclasses import dataclass

POS = {
    "adj": "ADJ",
    "adv": "ADV",
    "clb": "PUNCT",
    "det": "DET",
    "inf-merke": "PART",
    "interj": "INTJ",
    "konj": "CCONJ",
    "prep": "ADP",
    "pron": "PRON",
    "sbu": "SCONJ",
    "subst": "NOUN",
    "symb": "SYM",
    "ukjent": "X",
    "verb": "VERB",
}

FEATURES = {
    "mask": ("Gender", "Masc"),
    "fem": ("Gender", "Fem"),
    "m/f": ("Gender", "Com"),
    "nøyt": ("Gender", "Neut"),
    "ent": ("Number", "Sing"),
    "eint": ("Number", "Sing"),
    "fl": ("Number", "Plur"),
    "ub": ("Definite", "Ind"),
    "be": ("Definite", "Def"),
    "bu": ("Definite", "Def"),
    "pos": ("Degree", "Pos"),
    "komp": ("Degree", "Cmp"),
    "sup": ("Degree", "Sup"),
    "nom": ("Case", "Nom"),
    "akk": ("Case", "Acc"),
    "gen": ("Case", "Gen"),
    "1": ("Person", "1"),
    "2": ("Person", "2"),
    "3": ("Person", "3"),
    "pers": ("PronType", "Prs"),
    "dem": ("PronType", "Dem"),
    "sp": ("PronType", "Int"),
    "res": ("PronType", "Rcp"),
    "refl": ("Reflex", "Yes"),
    "poss": ("Poss", "Yes"),
    "hum": ("Animacy", "Hum"),
    "fork": ("Abbr", "Yes"),
    "<perf-part>": ("VerbForm", "Part"),
    "<pres-part>": ("VerbForm", "Part"),
    "<ordenstall>": ("NumType", "Ord"),
    "<ordenstal>": ("NumType", "Ord"),
}

VERB_FORMS = {
    "pres": (("VerbForm", "Fin"), ("Mood", "Ind"), ("Tense", "Pres")),
    "pret": (("VerbForm", "Fin"), ("Mood", "Ind"), ("Tense", "Past")),
    "imp": (("VerbForm", "Fin"), ("Mood", "Imp")),
    "inf": (("VerbForm", "Inf"),),
    "perf-part": (("VerbForm", "Part"), ("Tense", "Past")),
    "pass": (("Voice", "Pass"),),
    "st-form": (("Voice", "Pass"),),
}

# A verb of these lemmas that governs another verb (INFV) is an auxiliary; `være`, the copula, always is.
AUXILIARIES = frozenset(
    ("være", "vere", "ha", "bli", "verte", "kunne", "skulle", "ville", "vilje", "måtte", "burde", "få")
)
COPULAS = frozenset({"være", "vere"})

# The number words of both standards; determiners of quantity that are none of them stay DET.
NUMERALS = frozenset(
    re.findall(
        r"\w+",
        """null én to tre fire fem seks sju syv åtte ni ti elleve tolv tretten fjorten femten seksten sytten atten
        nitten tjue tyve tretti tredve førti femti seksti sytti åtti nitti hundre tusen million milliard""",
    )
)


@dataclass
class Token:
    """One row of the treebank; `head` counts within the sentence from 0, a root is its own head."""

    text: str
    lemma: str
    tag: str
    features: tuple[str, ...]
    head: int
    dep: str
    entity: str
    pos: str = ""
    morph: str = ""


def is_numeral(token: Token) -> bool:
    text = token.text.lower()
    return text[0].isdigit() or text in NUMERALS or text.replace("-", "og").partition("og")[0] in NUMERALS


def universal_pos(token: Token, governs: set[str]) -> str:
    """Name the part of speech; `governs` holds the relations of the token's children."""
    if token.tag.startswith("<"):
        return "PUNCT"
    if token.tag == "subst" and "prop" in token.features:
        return "PROPN"
    if token.tag == "verb" and (token.lemma in COPULAS or (token.lemma in AUXILIARIES and "INFV" in governs)):
        return "AUX"
    if token.tag == "det" and "kvant" in token.features and is_numeral(token):
        return "NUM"
    if token.tag == "adv" and token.lemma in {"ikke", "ikkje"}:
        return "PART"
    return POS.get(token.tag, "X")


def universal_features(token: Token) -> str:
    pairs: dict[str, set[str]] = {}
    for feature in token.features:
        found = VERB_FORMS.get(feature, ()) if token.tag == "verb" else ()
        if not found and feature in FEATURES:
            found = (FEATURES[feature],)
        for name, value in found:
            pairs.setdefault(name, set()).add(value)
    if token.pos == "NUM":
        pairs = {"NumType": {"Card"}, **{k: v for k, v in pairs.items() if k == "Number"}}
    if token.lemma in {"ikke", "ikkje"} and token.pos == "PART":
        pairs["Polarity"] = {"Neg"}
    return "|".join(f"{name}={','.join(sorted(pairs[name]))}" for name in sorted(pairs))


def read_sentence(lines: list[str]) -> list[Token]:
    """Read one sentence of ten NDT columns, with part of speech and features mapped."""
    tokens = []
    for i, line in enumerate(lines):
        _, text, lemma, tag, _, features, head, dep, _, name = line.split("\t")
        lemma = text if lemma.startswith("$") else lemma
        parts = () if features == "_" else tuple(features.split("|"))
        root = int(head) == 0
        tokens.append(Token(text, lemma, tag, parts, i if root else int(head) - 1, dep, name[5:]))
    for i, token in enumerate(tokens):
        governs = {t.dep for j, t in enumerate(tokens) if t.head == i and j != i}
        token.pos = universal_pos(token, governs)
        token.morph = universal_features(token)
    return tokens


def read_treebank(text: str) -> dict[str, list[list[Token]]]:
    """Sentences by the name of their `newdoc` group."""
    documents: dict[str, list[list[Token]]] = {}
    sentences: list[list[Token]] = []
    for block in text.split("\n\n"):
        lines = block.split("\n")
        for line in lines:
            if line.startswith("# newdoc"):
                sentences = documents.setdefault(line.partition("=")[2].strip(), [])
        rows = [line for line in lines if "\t" in line]
        if rows:
            sentences.append(read_sentence(rows))
    return documents
