"""A film of people: from what was read of them to a screenplay and its ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lichtspiel.director.assembly import film_length, film_title
from lichtspiel.director.discourse import Discourse
from lichtspiel.director.gazetteer import items
from lichtspiel.director.ledger import Ledger, understanding
from lichtspiel.director.people_cast import DraftCharacter
from lichtspiel.director.people_lexicon import Deed, Group, people_lexicon
from lichtspiel.director.people_reader import read_people
from lichtspiel.director.people_scene import DraftDeed, PeopleReading
from lichtspiel.director.people_words import GarmentName, RoleName, Span, spans
from lichtspiel.director.props import DraftProp
from lichtspiel.director.senses import Item
from lichtspiel.director.setting import choose_look, choose_setting
from lichtspiel.director.shots import DraftShot, built_shots, draft_shots
from lichtspiel.director.tokens import Token
from lichtspiel.director.vocabulary import Vocabulary
from lichtspiel.screenplay import (
    Action,
    Beat,
    Gaze,
    Prop,
    Screenplay,
    Setting,
    ShotSize,
    Understanding,
    Weather,
)

_OWN_DEEDS = frozenset({Action.SIT, Action.WALK, Action.LOOK, Action.EXPRESS, Action.STAND, Action.LIE})
_OUTDOORS = {Weather.SNOW: "snowfield", Weather.RAIN: "street", Weather.FOG: "street"}
"""Where it rains and snows on people whose place the prompt leaves open."""
_WINDOW = "window"
_INDOORS = "living_room"
"""Where people sit, lie and stand at doors whose place the prompt leaves open."""
_MANY = 12
"""From this many on, people are a crowd that only a wide shot holds."""


def speaks_of_people(cut: Sequence[Span]) -> bool:
    """Whether the prompt names people."""
    return any(span.sense(RoleName) for span in cut) or any(_crowd(span) for span in cut)


def people_act(cut: Sequence[Span]) -> bool:
    """Whether a verb of the prompt is one of people alone: sits, looks, smiles."""
    strong = _OWN_DEEDS - {Action.STAND, Action.LIE}
    dressed = any(span.sense(GarmentName) is not None for span in cut)
    deeds = [deed for span in cut if (deed := span.sense(Deed)) is not None]
    return any(deed.action in strong or (deed.cloth and dressed) for deed in deeds)


def cut_anew(
    tokens: Sequence[Token], read: Sequence[Item], words: Vocabulary, other: Vocabulary
) -> tuple[Span, ...]:
    """The prompt in spans, with the words about people among them."""

    def alone(at: int) -> Item:
        return replace(items(tokens[at : at + 1], words, other)[0], start=at, end=at + 1)

    return spans(tokens, read, words.language, alone)


def film_of_people(
    prompt: str,
    tokens: tuple[Token, ...],
    cut: Sequence[Span],
    words: Vocabulary,
    seed: int,
    duration_s: float | None,
) -> tuple[Screenplay, Understanding] | None:
    """The screenplay of a prompt about people; None when nobody of it can be cast."""
    ledger = Ledger()
    discourse = Discourse(words, tokens, ledger)
    reading = read_people(cut, discourse)
    if not reading.cast:
        return None
    setting = _setting(reading, discourse, ledger)
    drafts = draft_shots(reading.cues, ledger)
    _sizes(drafts, reading, ledger)
    length = film_length(reading.cues, duration_s, ledger)
    beats = _beats(reading, drafts, length, ledger)
    screenplay = Screenplay(
        title=film_title(prompt),
        prompt=prompt,
        language=words.language,
        seed=seed,
        duration_s=length,
        look=choose_look(reading.cues, ledger),
        setting=setting,
        cast=tuple(person.built() for person in reading.cast.values()),
        props=tuple(_prop(draft) for draft in discourse.props.values()),
        beats=beats,
        shots=built_shots(drafts, [beat.action for beat in beats], ledger),
    )
    for item, cue, _ in reading.cues:
        if cue.cue.reason:
            ledger.refuse(item, cue.cue.reason)
    _silent(reading, ledger)
    return screenplay, understanding(prompt, tokens, reading.items, ledger)


def _crowd(span: Span) -> bool:
    group = span.sense(Group)
    return group is not None and group.people


def _setting(reading: PeopleReading, discourse: Discourse, ledger: Ledger) -> Setting:
    """Place, time and light; a place that the prompt leaves open is where such people are found."""
    twins = people_lexicon().homes
    known = discourse.words.library.places
    for item, ids in reading.places:
        better = tuple(twin for place in ids if (twin := twins.get(place)) in known and twin)
        discourse.place_mentions.append((item, (*better, *ids)))
    setting = choose_setting(reading.cues, discourse, (), ledger)
    if reading.places:
        return setting
    homes = (
        reading.home,
        _OUTDOORS.get(setting.weather),
        *(person.entry.home for person in reading.cast.values()),
        _INDOORS if any(_needs_room(deed) for deed in reading.deeds) else None,
    )
    home = next((one for one in homes if one in known), None)
    if home is None:
        return setting
    ledger.filled[:] = [one for one in ledger.filled if one.slot != "setting.place"]
    ledger.fill("place", "setting.place", home)
    return setting.model_copy(update={"place": home})


def _prop(draft: DraftProp) -> Prop:
    return Prop(
        id=draft.id,
        thing=draft.thing,
        count=draft.count,
        colour=draft.colour,
        material=draft.material,
        scale=draft.scale,
    )


def _needs_room(deed: DraftDeed) -> bool:
    return deed.action in (Action.SIT, Action.LIE) or "spot" in deed.fields


def _sizes(drafts: Sequence[DraftShot], reading: PeopleReading, ledger: Ledger) -> None:
    """Shot sizes that suit the number of people, where the prompt names none."""
    count = sum(person.count for person in reading.cast.values())
    walks = any(deed.action is Action.WALK for deed in reading.deeds)
    for index, draft in enumerate(drafts):
        if "size" not in draft.fields and (count > 1 or walks):
            size = ShotSize.WIDE if count >= _MANY else ShotSize.FULL
            draft.fields["size"] = size.value
            ledger.fill("size", f"shots.{index}.size", size.value)
        comes = any(deed.fields.get("gaze") is Gaze.CAMERA for deed in reading.deeds)
        if "view" not in draft.fields and (comes or reading.photo):
            draft.fields["view"] = "front"
            ledger.fill("view", f"shots.{index}.view", "front")


def _beats(
    reading: PeopleReading, drafts: Sequence[DraftShot], length: float, ledger: Ledger
) -> tuple[Beat, ...]:
    beats: list[Beat] = []
    for deed in reading.deeds:
        if deed.action is Action.LOOK and not deed.fields and _at_window(deed, reading):
            deed.fields["spot"] = _WINDOW
        shot = max(index for index, draft in enumerate(drafts) if draft.start <= deed.item.start)
        at_s = round(length * shot / len(drafts), 3) if shot else None
        for person in deed.people:
            slot = f"beats.{len(beats)}"
            beats.append(Beat.model_validate(
                {"subject": person.id, "action": deed.action, "at_s": at_s, **_fields(deed)}
            ))  # fmt: skip
            ledger.realise(deed.item, f"{slot}.action")
            for item, name in deed.items:
                ledger.realise(item, f"{slot}.{name}")
    for person in reading.cast.values() if reading.photo else ():
        if not any(beat.subject == person.id and beat.action is Action.LOOK for beat in beats):
            beats.append(Beat(subject=person.id, action=Action.LOOK, gaze=Gaze.CAMERA))
            ledger.fill("gaze", f"beats.{len(beats) - 1}.gaze", "camera: it is a photo")
    return tuple(beats)


def _at_window(deed: DraftDeed, reading: PeopleReading) -> bool:
    """Whether who looks stands at a window, and so looks out of it."""
    return any(other.fields.get("spot") == _WINDOW and other.people == deed.people for other in reading.deeds)


def _fields(deed: DraftDeed) -> dict[str, object]:
    """Fields of the beat; a look has either a target, a way or a spot."""
    fields = dict(deed.fields)
    if "target" in fields:
        fields.pop("gaze", None)
    return fields


def _silent(reading: PeopleReading, ledger: Ledger) -> None:
    """Say what the prompt leaves open of everyone."""
    for person in reading.cast.values():
        for name, text in _open_fields(person):
            ledger.fill(f"{person.id}: {name}", f"{person.slot}.{name}", text)


def _open_fields(person: DraftCharacter) -> list[tuple[str, str]]:
    drawn = "drawn from the seed"
    found = [] if person.sex else [("sex", drawn)]
    if "age_years" not in person.fields:
        low, high = person.entry.ages
        found.append(("age_years", f"{drawn}, {low:g} to {high:g}"))
    if not person.wears:
        found.append(("wears", "what the role, the age and the weather suggest"))
    return found
