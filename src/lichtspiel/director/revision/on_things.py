"""Words of an instruction about things."""

from __future__ import annotations

from collections.abc import Sequence

from lichtspiel.director.people_senses import Span
from lichtspiel.director.props import MAX_COUNT, PLURAL_COUNT
from lichtspiel.director.revision import things
from lichtspiel.director.revision.on_people import flush_before_noun
from lichtspiel.director.revision.state import State, has_look, look_at, named_again, stranger
from lichtspiel.director.senses import ThingName


def thing(state: State, span: Span, name: ThingName) -> None:
    """A thing is named: one of the film, or another that comes into it."""
    clause, item = state.clause, span.item
    word = state.tokens[item.end - 1].key
    known = things.meant(state.film, name, word, item.plural, state.pending, state.words)
    if clause.into and not clause.things and not known and clause.mode == "swap":
        clause.things = things.main_thing(state.film)
    if clause.into and clause.things:
        _swap(state, span, name, tuple(state.pending))
    elif clause.mode == "remove":
        _take_away(state, span, known)
    elif clause.mode == "add" or (state.more is not None and known):
        _add(state, span, name, known)
    elif clause.relation is not None and clause.things and clause.marked and not clause.camera:
        _put(state, span, name, known)
    elif known:
        _known_thing(state, span, known)
    elif clause.things and clause.marked and clause.mode == "set":
        _swap(state, span, name, tuple(state.pending))
    else:
        clause.fresh = (span, name, tuple(state.pending))
        state.pending = []


def _take_away(state: State, span: Span, known: Sequence[str]) -> None:
    if not known:
        stranger(state, span)
        return
    number = state.number[1] if state.number else None
    things.take_away(state.film, known, number, span.item, state.ledger)
    named_again(state, "props")


def _known_thing(state: State, span: Span, known: list[str]) -> None:
    """A thing of the film: shown by the camera, replaced by what was named, or described."""
    clause, item = state.clause, span.item
    if clause.mode == "instead_of":
        clause.things = known
        state.ledger.realise(item, f"props.{known[0]}", "another comes in its place")
        swap_fresh(state)
        return
    if clause.camera:
        look_at(state, item, known)
        return
    again = bool(clause.things) and set(known) <= set(clause.things)
    flush_before_noun(state, again)
    clause.things, clause.people = known, []
    state.ledger.realise(item, f"props.{known[0]}.thing", "named again")
    count_things(state, known)
    looks, state.pending = state.pending, []
    new = [look for look in looks if not has_look(state, known, look)]
    for look in looks:
        if look not in new:
            state.ledger.realise(look.item, f"props.{known[0]}", "named again")
    things.describe_things(state.film, known, new, state.words, state.ledger)


def count_things(state: State, known: Sequence[str]) -> None:
    """A number before the name of things is how many of them there are."""
    if state.number is not None:
        item, number = state.number
        for prop_id in known:
            held = state.film.screenplay.prop(prop_id).count
            wanted = held + number if state.more else number
            state.film.prop(prop_id, count=min(max(wanted, 1), MAX_COUNT))
            state.ledger.realise(item, f"props.{prop_id}.count")
    state.number = state.more = None


def _swap(state: State, span: Span, name: ThingName, looks: Sequence[Span]) -> None:
    clause = state.clause
    new = [things.swap_thing(state.film, prop, name.ids[0]) for prop in clause.things]
    state.ledger.realise(span.item, f"props.{new[0]}.thing")
    state.pending = []
    count_things(state, new)
    things.describe_things(state.film, new, looks, state.words, state.ledger)
    clause.things, clause.into, clause.fresh = new, False, None


def swap_fresh(state: State) -> None:
    """Put what was named first in the place of what was named last: a cube instead of the ball."""
    if state.clause.fresh is not None and state.clause.things:
        _swap(state, *state.clause.fresh)


def swap_main(state: State) -> None:
    """Put what was named in the place of what the film is about: a cube instead."""
    state.clause.things = state.clause.things or things.main_thing(state.film)
    swap_fresh(state)


def _add(state: State, span: Span, name: ThingName, known: Sequence[str]) -> None:
    count = state.number[1] if state.number else PLURAL_COUNT if span.item.plural else 1
    if state.number:
        state.ledger.realise(state.number[0], "props")
    looks, state.pending = state.pending, []
    if known and all(has_look(state, known, look) for look in looks):
        held = state.film.screenplay.prop(known[0])
        state.film.prop(held.id, count=min(held.count + count, MAX_COUNT))
        state.ledger.realise(span.item, f"props.{held.id}.count", f"{held.count + count} of them")
        state.clause.things = [held.id]
    else:
        new = things.add_thing(state.film, name.ids[0], count)
        state.ledger.realise(span.item, f"props.{new}.thing")
        things.describe_things(state.film, [new], looks, state.words, state.ledger)
        state.clause.things = [new]
    state.number = state.more = None


def _put(state: State, span: Span, name: ThingName, known: Sequence[str]) -> None:
    """`put the ball on a table`: on one that is there, else on a new one."""
    target = known[0] if known else things.add_thing(state.film, name.ids[0], 1)
    looks, state.pending = state.pending, []
    things.describe_things(state.film, [target], [] if known else looks, state.words, state.ledger)
    assert state.clause.relation is not None
    things.place_thing(state.film, state.clause.things, state.clause.relation, target)
    state.ledger.realise(span.item, f"props.{state.clause.things[0]}.placement")
