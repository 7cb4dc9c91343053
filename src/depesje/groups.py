"""Groups: unnamed sources and collectives (``amerikanske tjenestemenn``, ``politiet``), where they act as a source."""

from collections import defaultdict

from spacy.tokens import Doc, Token

from depesje import lexicon
from depesje.annotations import Actor, Mention
from depesje.names import demonyms, fold, inhabitants, look_up, without_genitive
from depesje.roles import is_source, noun_gender, role_base

_LONGEST = 12


def find_groups(doc: Doc, actor_of: dict[int, int]) -> list[tuple[int, int]]:
    """Find the noun phrases that stand for an unnamed source.

    Parameters
    ----------
    doc
        The document.
    actor_of
        Token → actor for the named mentions: no group is found on top of one.

    Returns
    -------
    list of (int, int)
        Token spans, in order: after ``ifølge``, as subject of a verb of saying, and where that phrase is repeated.
    """
    phrases: list[tuple[int, int]] = []
    keys: dict[str, list[int]] = defaultdict(list)
    sources: set[str] = set()
    generic = lexicon.load("roles")["generic"]
    last = 0
    for token in doc:
        if token.i < last or token.i in actor_of or not _is_head(token):
            continue
        start, end = noun_phrase(doc, token.i, actor_of)
        if start < last:
            continue
        if end in actor_of or _refers_back(doc, start, end, token):
            continue
        key = group_key(doc[start:end].text)
        keys[key].append(len(phrases))
        phrases.append((start, end))
        last = end
        if end - start == 1 and role_base(token.lower_) in generic:
            continue
        if _is_source_here(doc, start, end, token):
            sources.add(key)
    return sorted(phrases[k] for key in sources for k in keys[key])


def _is_head(token: Token) -> bool:
    """Whether a token can head a group's noun phrase: a noun for people who speak, not part of a name."""
    lower = token.lower_
    if (not token.is_alpha and "-" not in lower) or token.pos_ in ("VERB", "AUX", "ADJ", "PROPN", "ADP"):
        return False
    return is_source(token.text) or lower in inhabitants()


def _refers_back(doc: Doc, start: int, end: int, head: Token) -> bool:
    """Whether a bare definite singular (``kilden``, ``nyhetsbyrået``) points back to somebody named."""
    lower = head.lower_
    definite = (
        lower.endswith(("en", "et", "a"))
        and role_base(lower) != lower
        and not lower.endswith(("folka", "borna", "barna", "media"))
    )
    return end - start == 1 and definite and not lower.endswith(tuple(lexicon.load("roles")["collective"]))


def noun_phrase(doc: Doc, head: int, actor_of: dict[int, int]) -> tuple[int, int]:
    """The noun phrase around a head noun: determiners and adjectives before, a tied name or noun after."""
    words = lexicon.load("roles")["phrase"]
    start = head
    while start > 0 and head - start < _LONGEST:
        before = doc[start - 1]
        lower = before.lower_
        if before.i in actor_of or doc[start].is_sent_start or before.is_punct or before.is_space:
            break
        if lower in words["determiners"]:
            start -= 1
            if before.text[:1].isupper():
                break
        elif (
            lower in demonyms()
            or lower in words["modifiers"]
            or before.pos_ in ("ADJ", "NUM")
            or (lower in ("ikke", "ikkje"))
        ):
            start -= 1
        else:
            break
    owner = doc[start - 1] if start else None
    if (
        owner is not None
        and owner.i not in actor_of
        and owner.pos_ == "NOUN"
        and "Gen" in owner.morph.get("Case", [])
        and not doc[start].is_sent_start
    ):
        start -= 1  # «landets ledelse»
    if (
        start > 0
        and start - 1 in actor_of
        and without_genitive(doc[start - 1].text)
        and not doc[start].is_sent_start
    ):
        start = _mention_start(doc, start - 1, actor_of)
    while start < head and doc[start].lower_ in ("ikke", "ikkje"):
        start += 1
    return start, _end_of_phrase(doc, head, actor_of)


def _mention_start(doc: Doc, i: int, actor_of: dict[int, int]) -> int:
    """Where the named mention that ends at a token begins: ``Chiles ledere``."""
    start = i
    while start > 0 and actor_of.get(start - 1) == actor_of[i] and doc[start - 1].text[:1].isupper():
        start -= 1
    return start


def _end_of_phrase(doc: Doc, head: int, actor_of: dict[int, int]) -> int:
    """The phrase's end: ``talsmann for departementet``, ``kilde nær den amerikanske regjeringen``."""
    words = lexicon.load("roles")["phrase"]
    end = head + 1
    if end + 1 >= len(doc) or doc[end].lower_ not in words["source_ties"] or doc[end].is_sent_start:
        return end
    i = end + 1
    while (
        i < len(doc)
        and i - end < 5
        and (doc[i].lower_ in words["determiners"] or doc[i].lower_ in demonyms() or doc[i].pos_ == "ADJ")
    ):
        i += 1
    if i < len(doc) and i in actor_of:
        actor = actor_of[i]
        while i < len(doc) and actor_of.get(i) == actor:
            i += 1
        return i
    if i < len(doc) and is_source(doc[i].text) and not doc[i].is_sent_start:
        return i + 1
    return i if i > end + 2 and doc[i - 1].pos_ == "ADJ" else end  # «for de militære»


def _is_source_here(doc: Doc, start: int, end: int, head: Token) -> bool:
    """Whether a phrase is a source where it stands: after ``ifølge``, or as the subject of a verb of saying."""
    cues = lexicon.load("roles")["cues"]
    if start and doc[start - 1].lower_ in (*cues["according"], *cues["quoting"]):
        return True
    if head.dep_:
        verb = _finite_verb(head)
        return verb is not None and any(
            v.lower_ in cues["forms"] or v.lemma_ in cues["verbs"]
            for v in (verb, *verb.children)
            if v.pos_ in ("VERB", "AUX", "")
        )
    return any(0 <= i < len(doc) and doc[i].lower_ in cues["forms"] for i in (start - 1, end))


def _finite_verb(noun: Token) -> Token | None:
    """The verb that a noun is the subject of."""
    return noun.head if noun.dep_ in ("SUBJ", "PSUBJ", "FSUBJ") else None


def group_key(text: str) -> str:
    """The key of a noun phrase: folded, without an article in front. Equal keys are one actor."""
    words = fold(text).split()
    while len(words) > 1 and words[0] in ("en", "ei", "et", "ein", "eit", "den", "det", "de", "dei"):
        words = words[1:]
    return " ".join(words)


def group_actor(doc: Doc, mention: Mention) -> Actor:
    """A new GROUP actor from its first mention, its country by an adjective, a people or a name in the phrase."""
    words = mention.text.split()
    country = next((c for w in words if (c := _country_of(w))), None)
    base = next((b for w in words if (b := role_base(w.lower()))), None)
    name = mention.text
    if (
        words
        and not look_up((words[0],))
        and not look_up((without_genitive(words[0]) or "",))
        and not any(c.isupper() for c in words[0][1:])
        and "-" not in words[0]
    ):
        token = doc.char_span(mention.start, mention.start + len(words[0]), alignment_mode="expand")
        if token is not None and (
            token[0].is_sent_start or token[0].i == 0 or doc[token[0].i - 1].text in '–—-:«"“'
        ):
            name = name[:1].lower() + name[1:]
    return Actor(
        name, "GROUP", country, base, noun_gender(base) if base and len(words) == 1 else None, (mention,)
    )


def _country_of(word: str) -> str | None:
    lower = word.lower()
    if lower in demonyms():
        return demonyms()[lower]
    if lower in inhabitants():
        return inhabitants()[lower]
    for form in (word, without_genitive(word) or ""):
        if form[:1].isupper():
            for entry in look_up((form,)):
                if entry.country and not entry.ambiguous:
                    return entry.country
    return None
