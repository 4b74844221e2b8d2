"""Which things a noun phrase means, and what it says about them."""

from __future__ import annotations

from dataclasses import replace

from lichtspiel.director.discourse import Discourse, Referent
from lichtspiel.director.frames import NounPhrase
from lichtspiel.director.lexicon import Formation, Number, Part
from lichtspiel.director.naming import named_again, which_thing
from lichtspiel.director.pronouns import pronoun
from lichtspiel.director.props import DraftProp, describe, describe_with
from lichtspiel.director.senses import Item, PlaceName, PronominalWord, ThingName, VerbWord, Word
from lichtspiel.director.surroundings import ground_named, place_named


def refer(
    discourse: Discourse, phrase: NounPhrase, subject: bool = False, as_place: bool = False
) -> Referent:
    """What the phrase means; adds a prop where it introduces one.

    as_place: the phrase says where something is, so a name of both a place and a thing
    means the place.
    """
    if id(phrase) not in discourse.known:
        found = _resolve(discourse, phrase, subject, as_place)
        discourse.known[id(phrase)] = found
        if found.props and subject:
            discourse.topic_before = (
                discourse.topic if discourse.topic != found.props else discourse.topic_before
            )
            discourse.topic = found.props
        elif found.props:
            discourse.other_topic = found.props
    return discourse.known[id(phrase)]


def _resolve(discourse: Discourse, phrase: NounPhrase, subject: bool, as_place: bool) -> Referent:
    head = phrase.head
    if phrase.kin is not None:
        return _elided(discourse, phrase, phrase.kin)
    if phrase.nameless or (head is not None and head.unknown):
        discourse.refuse_modifiers(phrase, "the library holds no such thing")
        return Referent(person=True)
    if head is None:
        return _surface(discourse, phrase)
    if head.word("pronoun") or head.sense(PronominalWord) is not None:
        return pronoun(discourse, phrase, subject)
    return (
        _person(discourse, phrase)
        if head.word("person")
        else _named(discourse, phrase, head, subject, as_place)
    )


def _named(discourse: Discourse, phrase: NounPhrase, head: Item, subject: bool, as_place: bool) -> Referent:
    part, thing, place = head.sense(Part), head.sense(ThingName), head.sense(PlaceName)
    if part and (not thing or discourse.of_thing(part.of)):
        return _part(discourse, phrase, part)
    if place and (not thing or as_place):
        return place_named(discourse, phrase, place)
    if thing and subject and (some := _some_of(discourse, phrase, thing)):
        return some
    return _thing(discourse, phrase, thing) if thing else ground_named(discourse, phrase)


def _some_of(discourse: Discourse, phrase: NounPhrase, thing: ThingName) -> Referent | None:
    """`one pin wobbles`, after ten of them were spoken of."""
    numbers = [(item, sense.value) for item, sense in phrase.modifiers if isinstance(sense, Number)]
    if phrase.head is None or len(numbers) != 1 or len(phrase.modifiers) != 1:
        return None
    item, number = numbers[0]
    for prop in discourse.props.values():
        if prop.thing in thing.ids and prop.count > number:
            discourse.ledger.realise(item, "beats", "how many of them")
            discourse.ledger.realise(phrase.head, f"props.{prop.id}.thing", "named again")
            return Referent(props=(prop.id,), share=number)
    return None


def _person(discourse: Discourse, phrase: NounPhrase) -> Referent:
    reason = "the film shows what the thing does, not who does it"
    if phrase.head:
        discourse.ledger.refuse(phrase.head, reason)
    discourse.refuse_modifiers(phrase, reason)
    return Referent(person=True)


def _surface(discourse: Discourse, phrase: NounPhrase) -> Referent:
    if phrase.share and not phrase.modifiers:
        discourse.ledger.realise(phrase.share[0], "beats", "how many of them")
        several = [
            p.id
            for p in discourse.props.values()
            if p.count >= phrase.share[1] > 0 and p.id not in discourse.acting
        ]
        return Referent(props=tuple(several[-1:]), share=phrase.share[1])
    formed = [prop for prop in discourse.props.values() if prop.arrangement]
    if formed and any(isinstance(sense, Formation) for _, sense in phrase.modifiers):
        for item, _ in phrase.modifiers:
            discourse.ledger.realise(item, f"props.{formed[-1].id}.arrangement", "named again")
        return Referent(props=(formed[-1].id,))
    if all(isinstance(sense, Formation) for _, sense in phrase.modifiers):
        discourse.refuse_modifiers(phrase, "no such formation was spoken of")
        return Referent()
    if any(isinstance(sense, Word) for _, sense in phrase.modifiers):
        for item, _ in phrase.modifiers:
            discourse.ledger.realise(item, "beats", "all of them")
        return Referent(props=discourse.topic or tuple(discourse.props), every=True)
    return ground_named(discourse, phrase)


def _part(discourse: Discourse, phrase: NounPhrase, part: Part) -> Referent:
    assert phrase.head is not None
    owner = _owner(discourse, phrase, part)
    note = f"{part.part} of {owner.id}"
    discourse.ledger.realise(phrase.head, f"props.{owner.id}", note)
    discourse.refuse_modifiers(phrase, "parts of things are as the library builds them")
    return Referent(props=(owner.id,), part=part.part)


def _owner(discourse: Discourse, phrase: NounPhrase, part: Part) -> DraftProp:
    owners = [
        sense.ids
        for item, sense in phrase.modifiers
        if isinstance(sense, ThingName) and item is not phrase.head
    ]
    if phrase.owner is not None:
        found = refer(discourse, phrase.owner)
        if found.props:
            return discourse.props[found.props[0]]
    if owners:
        known = discourse.of_thing(owners[0])
        return known or discourse.add(owners[0][0])
    known = discourse.of_thing(part.of)
    if known:
        return known
    for prop_id in discourse.topic:
        for support in discourse.entry(prop_id).supports:
            if support in part.of:
                return _implied(discourse, support, phrase)
    return _implied(discourse, next(t for t in part.of if t in discourse.words.library.things), phrase)


def _implied(discourse: Discourse, thing: str, phrase: NounPhrase) -> DraftProp:
    prop = discourse.add(thing, mentioned=False)
    assert phrase.head is not None
    text = " ".join(token.text for token in discourse.tokens[phrase.head.start : phrase.head.end])
    discourse.ledger.fill(thing, f"props.{prop.id}", f"there because the prompt speaks of its part: {text}")
    return prop


def _elided(discourse: Discourse, phrase: NounPhrase, kin: NounPhrase) -> Referent:
    thing = kin.head.sense(ThingName) if kin.head else None
    if thing is not None and phrase.apposition:
        return _one_of(discourse, phrase, kin)
    if thing is None:
        discourse.refuse_modifiers(phrase, "not understood here")
        return Referent()
    prop = discourse.add(which_thing(discourse, phrase, thing, kin.head))
    _describe(discourse, prop, phrase, plural=False)
    return Referent(props=(prop.id,))


def _one_of(discourse: Discourse, phrase: NounPhrase, kin: NounPhrase) -> Referent:
    """`three marbles, one red, …`: takes the next of them and describes it."""
    whole = refer(discourse, kin)
    plain = next((p for p in whole.props if discourse.props[p].colour is None), None)
    if plain is None:
        discourse.refuse_modifiers(phrase, "there are not so many of them")
        return Referent()
    rest = (discourse.part_from(plain),) if discourse.props[plain].count > 1 else ()
    discourse.known[id(kin)] = replace(whole, props=(*whole.props, *rest))
    discourse.topic = discourse.known[id(kin)].props
    for item, sense in phrase.modifiers:
        if isinstance(sense, Number):
            discourse.ledger.realise(item, f"props.{plain}.count")
        else:
            describe_with(discourse.props[plain], item, sense, discourse.words, discourse.ledger)
    return Referent(props=(plain, *rest))


def _thing(discourse: Discourse, phrase: NounPhrase, thing: ThingName) -> Referent:
    assert phrase.head is not None
    known = named_again(discourse, phrase, thing)
    share = phrase.share[1] if phrase.share else None
    every = phrase.determiner == "every" or any(
        isinstance(sense, Word) and sense.kind == "every" for _, sense in phrase.modifiers
    )
    if known:
        slot = f"props.{known[0].id}"
        discourse.ledger.realise(phrase.head, f"{slot}.thing", "named again")
        for item, sense in phrase.modifiers:
            if not isinstance(sense, Word):
                discourse.ledger.realise(item, slot, "named again")
            else:
                discourse.ledger.realise(item, f"{slot}.count")
        if phrase.share:
            discourse.ledger.realise(phrase.share[0], "beats", "how many of them")
        return Referent(props=tuple(prop.id for prop in known), share=share, every=every)
    prop = discourse.add(which_thing(discourse, phrase, thing, phrase.head))
    discourse.ledger.realise(phrase.head, f"props.{prop.id}.thing")
    _describe(discourse, prop, phrase, phrase.head.plural)
    if phrase.share:
        discourse.ledger.realise(phrase.share[0], "beats", "how many of them")
    return Referent(props=(prop.id,), share=share, every=every)


def _describe(discourse: Discourse, prop: DraftProp, phrase: NounPhrase, plural: bool) -> None:
    places = [(item, sense.ids) for item, sense in phrase.modifiers if isinstance(sense, PlaceName)]
    phrase.modifiers = [pair for pair in phrase.modifiers if not isinstance(pair[1], (PlaceName, VerbWord))]
    discourse.place_mentions.extend(places)
    describe(prop, phrase, plural, discourse.words, discourse.ledger)
