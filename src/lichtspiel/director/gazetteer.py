"""Cut a prompt into known spans: the longest phrase of the vocabulary at each place."""

from __future__ import annotations

from collections.abc import Sequence

from lichtspiel.director.compounds import coloured, compound, separable_verb
from lichtspiel.director.inflection import dictionary_forms, is_plural
from lichtspiel.director.lexicon import Number, Pace
from lichtspiel.director.senses import (
    TAIL,
    CueWord,
    Item,
    MaterialName,
    Measure,
    Sense,
    ThingName,
    VerbWord,
    Word,
)
from lichtspiel.director.tokens import Token
from lichtspiel.director.vocabulary import NUMBER, Phrase, Vocabulary

_CAMERA = frozenset({"camera", "kamera", "drone", "drohne"})
_SHORTEST_KIN = 4
_FOREIGN_MIN_LETTERS = 4
"""Shorter words of the other language are too often words of this one: die, can, pan."""


def items(tokens: Sequence[Token], own: Vocabulary, other: Vocabulary) -> tuple[Item, ...]:
    """Read tokens as items, from left to right, the longest phrase first.

    Words that `own`, the vocabulary of the prompt's language, does not hold are looked up as
    compounds and separable verbs, then in `other`.
    """
    found = []
    tails: dict[int, Item] = {}
    at = 0
    while at < len(tokens):
        item = tails.get(at) or _item(tokens, at, own, other)
        apart = _apart(tokens, item, own) if own.language == "de" else None
        if apart:
            item, tail = apart
            tails[tail.start] = tail
        found.append(item)
        at = item.end
    return tuple(found)


def _apart(tokens: Sequence[Token], item: Item, own: Vocabulary) -> tuple[Item, Item] | None:
    """A German verb phrase whose rest closes the clause: bleibt vor der Tür liegen."""
    if not any(isinstance(sense, VerbWord) for sense in item.senses) or item.end != item.start + 1:
        return None
    close = item.end
    while close < len(tokens) and not _closes(tokens[close], own):
        close += 1
    for phrase in own.starting_with(_forms(tokens[item.start], own)):
        rest = phrase.words[1:]
        start = close - len(rest)
        if not rest or start <= item.end or not isinstance(phrase.sense, VerbWord):
            continue
        if all(w in _forms(t, own) for w, t in zip(rest, tokens[start:close], strict=True)):
            return Item(item.start, item.end, (phrase.sense,)), Item(start, close, (TAIL,))
    return None


def _closes(token: Token, own: Vocabulary) -> bool:
    return token.kind == "mark" or any(
        isinstance(phrase.sense, Word) and phrase.sense.kind in ("conjunction", "subordinator")
        for phrase in own.single({token.key})
    )


def _item(tokens: Sequence[Token], at: int, own: Vocabulary, other: Vocabulary) -> Item:
    token = tokens[at]
    native = _longest(tokens, at, own)
    if native and (native.end - native.start > 1 or _is_closed(native)):
        return native
    foreign = _foreign(tokens, at, other)
    if native and _is_plural_of_material(native, token):
        return _kin(token, at, own) or native
    if native:
        longer = foreign is not None and foreign.end > native.end and foreign.sense(CueWord) is not None
        return foreign if foreign and longer else native
    if token.kind == "word":
        return _kin(token, at, own) or _split(token, at, own) or foreign or Item(at, at + 1)
    if token.kind == "mark":
        return Item(at, at + 1, mark=token.text)
    amount = token.amount or 0.0
    return Item(at, at + 1, (Number(value=int(amount)),) if amount == int(amount) else ())


def _is_plural_of_material(item: Item, token: Token) -> bool:
    """Materials have no plural: Steine are things."""
    materials = all(isinstance(sense, MaterialName) for sense in item.senses)
    return (
        materials
        and token.text[0].isupper()
        and token.key.endswith(("steine", "steinen", "gläser", "gläsern"))
    )


def _split(token: Token, at: int, own: Vocabulary) -> Item | None:
    if own.language != "de":
        return None
    found = coloured(token.key, at, own) if token.text[0].isupper() else None
    return found or separable_verb(token.key, at, own) or compound(token.key, at, own)


def _kin(token: Token, at: int, own: Vocabulary) -> Item | None:
    """A word that is only the end of names: Kugel, where the library has a Stahlkugel."""
    if own.language == "de" and not token.text[0].isupper():
        return None
    for form in sorted(dictionary_forms(token.key, own.language), key=len, reverse=True):
        things = own.ending_with(form) if len(form) >= _SHORTEST_KIN else None
        if things:
            return Item(at, at + 1, (things,), plural=is_plural(token.key, form, own.language))
    return None


def _is_closed(item: Item) -> bool:
    return any(isinstance(sense, Word) for sense in item.senses)


def _foreign(tokens: Sequence[Token], at: int, other: Vocabulary) -> Item | None:
    item = _longest(tokens, at, other)
    if not item or tokens[at].kind == "mark":
        return None
    senses = tuple(s for s in item.senses if not isinstance(s, Word) or s.kind in ("varied", "together"))
    letters = sum(len(token.text) for token in tokens[item.start : item.end])
    if not senses or letters < _FOREIGN_MIN_LETTERS:
        return None
    return Item(item.start, item.end, senses, plural=item.plural)


def _longest(tokens: Sequence[Token], at: int, words: Vocabulary) -> Item | None:
    best: list[tuple[int, int, Phrase]] = []  # end, exact words, phrase
    for phrase in words.starting_with(_forms(tokens[at], words)):
        if best and len(phrase.words) < len(best[0][2].words):
            break
        found = _match(tokens, at, phrase, words)
        if found is not None:
            best.append((*found, phrase))
    if not best:
        return None
    exactness = max(exact for _, exact, _ in best)
    kept = [(end, phrase) for end, exact, phrase in best if exact == exactness]
    end = kept[0][0]
    senses: list[Sense] = []
    for _, phrase in kept:
        sense = _with_amount(phrase, tokens, at, words)
        if sense not in senses:
            senses.append(sense)
    plural = any(
        is_plural(tokens[end - 1].key, phrase.words[-1], words.language)
        for _, phrase in kept
        if isinstance(phrase.sense, ThingName)
    )
    return Item(at, end, tuple(senses), plural=plural)


def _forms(token: Token, words: Vocabulary) -> frozenset[str]:
    if token.kind == "number":
        return frozenset({NUMBER, token.key})
    if token.kind == "mark":
        return frozenset({token.key})
    forms = dictionary_forms(token.key, words.language)
    return forms | {NUMBER} if _number_word(token, words) is not None else forms


def _match(tokens: Sequence[Token], at: int, phrase: Phrase, words: Vocabulary) -> tuple[int, int] | None:
    """Where the phrase ends and how many of its words stand there exactly as written.

    None where it does not stand. Adverbs and articles may stand inside phrases that speak of the
    camera: `the camera slowly pulls back`.
    """
    loose = not _CAMERA.isdisjoint(phrase.words)
    exact, end = 0, at
    for word in phrase.words:
        while loose and at < end < len(tokens) and word not in _forms(tokens[end], words):
            if not _skippable(tokens[end], words):
                return None
            end += 1
        if end >= len(tokens):
            return None
        if word == tokens[end].key:
            exact += 1
        elif word not in _forms(tokens[end], words):
            return None
        end += 1
    return end, exact


def _skippable(token: Token, words: Vocabulary) -> bool:
    return token.kind == "word" and any(
        isinstance(phrase.sense, Pace) or (isinstance(phrase.sense, Word) and phrase.sense.kind == "definite")
        for phrase in words.single({token.key})
    )


def _with_amount(phrase: Phrase, tokens: Sequence[Token], at: int, words: Vocabulary) -> Sense:
    if not isinstance(phrase.sense, (CueWord, Measure)) or NUMBER not in phrase.words:
        return phrase.sense
    token = tokens[at + phrase.words.index(NUMBER)]
    amount = token.amount if token.kind == "number" else _number_word(token, words)
    if isinstance(phrase.sense, Measure):
        return Measure(phrase.sense.dimension, phrase.sense.metres * (amount or 0.0))
    return CueWord(phrase.sense.cue, amount)


def _number_word(token: Token, words: Vocabulary) -> float | None:
    for phrase in words.phrases.get(token.key, ()):
        if len(phrase.words) == 1 and isinstance(phrase.sense, Number) and not phrase.sense.about:
            return float(phrase.sense.value)
    return None
