"""Cut a prompt into spans: words about people, and the director's items between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from lichtspiel.director.inflection import dictionary_forms, is_noun_form, is_plural
from lichtspiel.director.language import Language
from lichtspiel.director.people_ages import Age, age_at
from lichtspiel.director.people_lexicon import BodyWord, Deed, Group, SpotWord
from lichtspiel.director.people_names import people_index
from lichtspiel.director.people_senses import (
    Claimed,
    Entry,
    GarmentName,
    HairName,
    Mark,
    PeopleSense,
    RoleName,
    Span,
)
from lichtspiel.director.senses import CueWord, Item, PlaceName, ThingName, VerbWord
from lichtspiel.director.tokens import Token
from lichtspiel.director.verb_phrases import Act, Tail

_SHORTEST_TAIL = 4
"""Letters of the shortest name that may end a German compound: Sommer-rock."""


def spans(
    tokens: Sequence[Token],
    items: Sequence[Item],
    language: Language,
    alone: Callable[[int], Item],
    claims: Mapping[int, Claimed],
) -> tuple[Span, ...]:
    """Cut a prompt anew where words about people stand; elsewhere the director's items hold.

    alone: reads one token by itself, for items that words about people break up. claims: tokens whose
    meaning is known.
    """
    starts = {item.start: item for item in items}
    found: list[Span] = []
    at = 0
    while at < len(tokens):
        claimed = claims.get(at)
        if claimed is None:
            item = starts.get(at)
            if item is not None and any(inner in claims for inner in range(at + 1, item.end)):
                item = None if not _holds_together(item) else item
            span = _span(tokens, at, item, language, alone, found[-1] if found else None)
            cut = next((n for n in range(at + 1, span.end) if n in claims), span.end)
            if cut < span.end and span.sense(Age) is None and not _holds_together(span.item):
                span = _span(tokens[:cut], at, None, language, alone, found[-1] if found else None)
        else:
            span = _claimed(tokens, at, claimed, language, alone)
        found.append(span)
        at = span.end
    return tuple(found)


def _claimed(
    tokens: Sequence[Token], at: int, claimed: Claimed, language: Language, alone: Callable[[int], Item]
) -> Span:
    """A token whose meaning is known; what people are said to do there counts where it says more."""
    end, senses = senses_at(tokens, at, language)
    acts = tuple(sense for sense in claimed.senses if isinstance(sense, Act))
    if acts:
        least = max(len(act.others) for act in acts)
        deeds = tuple(sense for sense in senses if isinstance(sense, (Deed, Mark)))
        if not least and deeds:
            return Span(at, end, (*deeds, *acts), Item(at, end) if end > at + 1 else alone(at))
        return Span(at, at + 1, (*acts, *deeds) if end == at + 1 else acts, alone(at))
    item = Item(at, claimed.end) if claimed.end > at + 1 else alone(at)
    keeps = any(isinstance(sense, Tail) for sense in claimed.senses) and end == at + 1
    return Span(at, claimed.end, (*claimed.senses, *(senses if keeps else ())), item)


def _span(
    tokens: Sequence[Token],
    at: int,
    item: Item | None,
    language: Language,
    alone: Callable[[int], Item],
    before: Span | None,
) -> Span:
    age = age_at(tokens, at, before is not None and before.sense(RoleName) is not None, language)
    if age is not None:
        return Span(at, age.end, (age,), Item(at, age.end))
    end, senses = senses_at(tokens, at, language)
    longer = item is not None and item.end > max(end, at + 1)
    if item and longer and (_holds_together(item) or not senses):
        if not senses and not _free(tokens, item, language):
            return Span(at, at + 1, (), alone(at))
        return Span(at, item.end, (), item)
    if senses:
        single = item if item and item.end == end else alone(at) if end == at + 1 else Item(at, end)
        return Span(at, end, senses, single)
    return Span(at, at + 1, (), item if item and item.end == at + 1 else alone(at))


def _holds_together(item: Item) -> bool:
    """Whether words about people inside it mean nothing by themselves."""
    return any(isinstance(sense, (CueWord, PlaceName, VerbWord, ThingName)) for sense in item.senses)


def _free(tokens: Sequence[Token], item: Item, language: Language) -> bool:
    """No noun or verb about people stands inside it."""
    if _holds_together(item):
        return True
    kinds = (RoleName, GarmentName, HairName, BodyWord, SpotWord, Deed, Group)
    inner = (sense for at in range(item.start + 1, item.end) for sense in senses_at(tokens, at, language)[1])
    return not any(isinstance(sense, kinds) for sense in inner)


def senses_at(tokens: Sequence[Token], at: int, language: Language) -> tuple[int, tuple[PeopleSense, ...]]:
    """Where the longest phrase about people ends that begins at a token, and what it may mean."""
    if tokens[at].kind == "mark" or (language == "de" and tokens[at].text == "man"):
        return at, ()
    index = people_index(language)
    best: list[tuple[int, int, Entry]] = []
    for form in dictionary_forms(tokens[at].key, language):
        for entry in index.get(form, ()):
            end = at + len(entry.words)
            if isinstance(entry.sense, RoleName) and not is_noun_form(
                tokens[min(end, len(tokens)) - 1].key, entry.words[-1], language
            ):
                continue
            if end <= len(tokens) and all(
                word == token.key or word in dictionary_forms(token.key, language)
                for word, token in zip(entry.words, tokens[at:end], strict=True)
            ):
                exact = sum(w == t.key for w, t in zip(entry.words, tokens[at:end], strict=True))
                best.append((end, exact, entry))
    if language == "de" and not tokens[at].text[:1].isupper():
        # German nouns are capitalised: `junge` is no Junge.
        best = [one for one in best if not _is_noun(one[2].sense)] or [
            one for one in best if isinstance(one[2].sense, RoleName)
        ]
        best = (
            [one for one in best if not isinstance(one[2].sense, Group)] if tokens[at].key == "paar" else best
        )
    if not best:
        return _tail(tokens, at, language)
    end = max(one[0] for one in best)
    exact = max(one[1] for one in best if one[0] == end)
    kept = [entry for one_end, one_exact, entry in best if one_end == end and one_exact == exact]
    senses: list[PeopleSense] = []
    for entry in kept:
        sense = _numbered(entry, tokens[end - 1], language)
        if sense not in senses:
            senses.append(sense)
    return end, tuple(senses)


def _is_noun(sense: PeopleSense) -> bool:
    return isinstance(sense, RoleName) or (isinstance(sense, Group) and sense.couple)


def _numbered(entry: Entry, last: Token, language: Language) -> PeopleSense:
    sense = entry.sense
    if language == "en" and last.text.endswith(("'s", "’s")):
        return sense  # the dancer's feet are those of one
    if isinstance(sense, RoleName) and not sense.plural and is_plural(last.key, entry.words[-1], language):
        neuter = language == "de" and last.key in (entry.words[-1], entry.words[-1] + "n")
        return sense if neuter else replace(sense, plural=True)
    return sense


def _tail(tokens: Sequence[Token], at: int, language: Language) -> tuple[int, tuple[PeopleSense, ...]]:
    """German compounds that end with the name of a garment or a beard."""
    word = tokens[at].key
    if language != "de":
        return at, ()
    index = people_index(language)
    for cut in range(3, len(word) - _SHORTEST_TAIL + 1):
        for form in dictionary_forms(word[cut:], language):
            senses = tuple(
                entry.sense
                for entry in index.get(form, ())
                if len(entry.words) == 1 and isinstance(entry.sense, (GarmentName, HairName, BodyWord))
            )
            if senses and len(form) >= _SHORTEST_TAIL:
                return at + 1, senses
    return at, ()
