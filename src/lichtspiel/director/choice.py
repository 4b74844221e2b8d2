"""Which of its senses an item has where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from lichtspiel.director.language import Language
from lichtspiel.director.lexicon import (
    Formation,
    Heading,
    Left,
    Number,
    Pace,
    Part,
    Particle,
    Preposition,
    Side,
    Size,
)
from lichtspiel.director.senses import (
    ADJECTIVES,
    NOUNS,
    ColourName,
    CueWord,
    Item,
    MaterialName,
    Measure,
    PlaceName,
    PronominalWord,
    Sense,
    ThingName,
    VerbWord,
    Word,
)
from lichtspiel.director.tokens import Token

_ORDER: tuple[type, ...] = (
    CueWord, ThingName, PlaceName, Part, Measure, Side, Number, Formation, ColourName, MaterialName, Size,
    VerbWord, Preposition, PronominalWord, Particle, Pace, Heading, Left, Word,
)  # fmt: skip


def starts_noun_phrase(item: Item | None) -> bool:
    """Whether a noun phrase may begin with the item."""
    if item is None or item.mark:
        return False
    return (
        any(isinstance(sense, NOUNS + ADJECTIVES) for sense in item.senses)
        or item.word("definite", "indefinite", "every", "both", "other", "ground", "pronoun", "person")
        or not item.senses
    )


def is_noun(item: Item | None) -> bool:
    """Whether the item may be the head of a noun phrase."""
    if item is None:
        return False
    return any(isinstance(s, NOUNS) for s in item.senses) or item.word("ground", "person")


def is_adjective(item: Item | None) -> bool:
    """Whether the item may stand before a noun."""
    return item is not None and any(isinstance(sense, ADJECTIVES) for sense in item.senses)


def shades(following: Item | None) -> bool:
    """Whether `dark` or `bright` before this item speaks of a thing, not of the light."""
    kinds = (MaterialName, ColourName, ThingName)
    return following is not None and any(isinstance(sense, kinds) for sense in following.senses)


def choose(item: Item, following: Item | None, in_phrase: bool, has_noun: bool, language: Language) -> Sense:
    """The sense of an item that has several.

    in_phrase: a determiner or adjective stands before it. has_noun: the clause already has a noun
    phrase, so that a verb is due. following: the next item.
    """
    senses = item.senses
    noun = next((sense for sense in senses if isinstance(sense, NOUNS)), None)
    verb, cue, material = item.sense(VerbWord), item.sense(CueWord), item.sense(MaterialName)
    measure = item.sense(Measure)
    preposition, colour = item.sense(Preposition), item.sense(ColourName)
    chosen: Sense | None = None
    if len(senses) == 1:
        chosen = senses[0]
    elif colour and item.sense(PlaceName):
        described = in_phrase or is_noun(following) or is_adjective(following)
        chosen = colour if described else item.sense(PlaceName)
    elif item.word("pronoun") and not (
        is_noun(following) or is_adjective(following) or in_phrase or item.sense(Number) is None
    ):
        chosen = Word("pronoun")
    elif material and item.sense(Left) and following is not None and following.mark:
        chosen = item.sense(Left)
    elif noun and material and not colour:
        chosen = material if is_noun(following) and language == "en" else noun
    elif noun and verb:
        chosen = noun if in_phrase or not has_noun else verb
    elif cue and (noun or measure):
        of_noun = is_noun(following) or is_adjective(following)
        thing = in_phrase or isinstance(noun, PlaceName) if noun else of_noun
        chosen = (noun or measure) if thing else cue
    elif verb and item.sense(Formation):
        chosen = verb if has_noun and not in_phrase else item.sense(Formation)
    elif cue and verb:
        chosen = verb if has_noun and not in_phrase else cue
    elif preposition and item.sense(Particle):
        leads = starts_noun_phrase(following) or (
            following is not None and following.sense(CueWord) is not None
        )
        chosen = preposition if leads else item.sense(Particle)
    elif colour and material:
        chosen = colour
    return chosen or min(senses, key=lambda sense: _ORDER.index(type(sense)))


def looks_at(following: Sequence[Item]) -> bool:
    """Whether a noun phrase follows a camera word: close-up of a coin."""
    for item in following[:3]:
        acts = item.sense(VerbWord) is not None and not is_noun(item)
        if item.mark or acts or item.word("conjunction", "subordinator"):
            return False
        if starts_noun_phrase(item):
            return True
    return False


def verb_follows(items: Sequence[Item], item: Item) -> bool:
    """Whether a verb stands behind the item before the next mark: without touching the rim."""
    for other in items:
        if other.start > item.start and other.mark:
            return False
        if other.start > item.start and other.sense(VerbWord) is not None:
            return True
    return False


def denies_verb(tokens: Sequence[Token], items: Sequence[Item], item: Item, language: Language) -> bool:
    """Whether `without` denies a verb: `without falling`, `ohne den Rand zu berühren`.

    Not in `a ball without a bucket rolls`.
    """
    rest = [other for other in items if other.start > item.start]
    until = next((n for n, other in enumerate(rest) if other.mark), len(rest))
    verbs = [other for other in rest[:until] if other.sense(VerbWord) is not None]
    if language == "en":
        return bool(verbs) and verbs[0] is rest[0] and tokens[verbs[0].end - 1].key.endswith("ing")
    return bool(verbs) and tokens[verbs[-1].end - 1].key.endswith("n")


def is_particle(
    verb: tuple[Item, VerbWord] | None, item: Item, particle: Particle, following: Item | None
) -> bool:
    """Whether `over` in `knocks over the pins` belongs to the verb; `falls down the stairs` goes a way."""
    if verb is None or verb[0].end != item.start:
        return False
    if particle.particle not in ("over", "down") or particle.particle not in verb[1].verb.particles:
        return False
    return verb[1].verb.outcome is not None or not starts_noun_phrase(following)
