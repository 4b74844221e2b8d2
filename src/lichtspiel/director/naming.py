"""Which thing of the library a name means, and which prop it names again."""

from __future__ import annotations

from lichtspiel.director.discourse import Discourse
from lichtspiel.director.frames import NounPhrase
from lichtspiel.director.inflection import dictionary_forms
from lichtspiel.director.lexicon import Number, Side
from lichtspiel.director.props import DraftProp
from lichtspiel.director.senses import ColourName, Item, MaterialName, ThingName
from lichtspiel.director.vocabulary import names_of
from lichtspiel.library.records import ThingEntry
from lichtspiel.screenplay import Action

_FREE = frozenset({Action.DROP, Action.FALL, Action.THROW, Action.FLOAT, Action.ROLL, Action.BOUNCE})
"""What hanging things do not do: a Feder that falls is a feather, one that swings a spring."""


def which_thing(discourse: Discourse, phrase: NounPhrase, thing: ThingName, head: Item | None) -> str:
    """The thing meant by a name that several things share, by the material said of it."""
    materials = [sense.id for _, sense in phrase.modifiers if isinstance(sense, MaterialName)]
    things = discourse.words.library.things
    if materials and head:
        text = discourse.tokens[head.end - 1].key
        stems = dictionary_forms(text, discourse.words.language)
        for entry in things.values():
            last = {name.split()[-1] for name in names_of(entry.names, discourse.words.language)}
            named = entry.id in thing.ids or any(
                name.endswith(stem) for name in last for stem in stems if len(stem) > 3
            )
            if entry.material in materials and named and _alike(discourse, entry, thing):
                return entry.id
    if head and head.end - head.start == 1 and not materials:
        stems = dictionary_forms(discourse.tokens[head.start].key, discourse.words.language)
        for entry in things.values():
            goals = {one for one in entry.supports if "goal" in things[one].tags}
            if goals & discourse.mentioned and _called_so(discourse, entry, stems):
                return entry.id
    hung = {one: "suspended" in things[one].tags for one in thing.ids}
    wanted = None if discourse.action is None else discourse.action not in _FREE
    return next((one for one in thing.ids if hung[one] is wanted), thing.ids[0])


def _alike(discourse: Discourse, entry: ThingEntry, thing: ThingName) -> bool:
    tags = {tag for one in thing.ids for tag in discourse.words.library.things[one].tags}
    return entry.id in thing.ids or bool(tags & set(entry.tags))


def named_again(discourse: Discourse, phrase: NounPhrase, thing: ThingName) -> list[DraftProp]:
    """Props that the phrase names again."""
    if phrase.determiner == "indefinite":
        return []
    if phrase.determiner == "none" and not phrase.camera:
        bare = phrase.head is not None and not phrase.head.plural and not phrase.modifiers
        return [prop for prop in discourse.props.values() if bare and prop.thing == thing.ids[0]][-1:]
    assert phrase.head is not None
    stems = dictionary_forms(discourse.tokens[phrase.head.end - 1].key, discourse.words.language)
    matching = [
        prop
        for prop in discourse.props.values()
        if (prop.thing in thing.ids or _called(discourse, prop, stems)) and _fits(discourse, prop, phrase)
    ]
    if phrase.determiner == "other":
        matching = [prop for prop in matching if prop.id not in discourse.topic] or matching
    numbers = [sense.value for _, sense in phrase.modifiers if isinstance(sense, Number)]
    several = phrase.head.plural or phrase.determiner in ("every", "both") or any(n > 1 for n in numbers)
    if several and any(n > 1 for n in numbers) and sum(prop.count for prop in matching) < max(numbers):
        return []
    sides = [sense.side for _, sense in phrase.modifiers if isinstance(sense, Side)]
    if sides and not any(prop.sides for prop in matching):
        # Things stand in the order of the prompt, the first leftmost.
        return matching[:1] if sides[0] == "left" else matching[-1:]
    return matching if several else matching[-1:]


def _called(discourse: Discourse, prop: DraftProp, stems: frozenset[str]) -> bool:
    return _called_so(discourse, discourse.words.library.things[prop.thing], stems)


def _called_so(discourse: Discourse, entry: ThingEntry, stems: frozenset[str]) -> bool:
    names = names_of(entry.names, discourse.words.language)
    return any(name.endswith(stem) for name in names for stem in stems if len(stem) > 2) or bool(
        stems & set(entry.tags)
    )


def _fits(discourse: Discourse, prop: DraftProp, phrase: NounPhrase) -> bool:
    for _, sense in phrase.modifiers:
        if isinstance(sense, ColourName) and prop.colour != sense.id:
            return False
        if isinstance(sense, Side) and prop.sides and prop.sides[0][1] != sense.side:
            return False
        own = prop.material or discourse.words.library.things[prop.thing].material
        if isinstance(sense, MaterialName) and own != sense.id:
            return False
    return True
