"""A film that was extended: what it was before, and what was added to it."""

from __future__ import annotations

from lichtspiel.screenplay import Beat, Screenplay


def is_added(screenplay: Screenplay, beat: Beat) -> bool:
    """Whether a beat was added to a film that was there without it."""
    first_s = screenplay.part_end_s(None)
    return beat.at_s is not None and beat.at_s >= first_s < screenplay.duration_s


def first_beats(screenplay: Screenplay) -> tuple[Beat, ...]:
    """The beats of a film as it first was."""
    return tuple(beat for beat in screenplay.beats if not is_added(screenplay, beat))


def newcomers(screenplay: Screenplay) -> frozenset[str]:
    """Ids of the things and people that come later."""
    people = frozenset(one.id for one in screenplay.cast if one.comes_s is not None)
    return people | {prop.id for prop in screenplay.props if prop.comes_s is not None}


def first_part(screenplay: Screenplay) -> Screenplay:
    """The film as it first was; itself where nothing was added."""
    end_s = screenplay.part_end_s(None)
    if end_s >= screenplay.duration_s:
        return screenplay
    new = newcomers(screenplay)
    shots, begins_s = [], 0.0
    for shot, length in zip(screenplay.shots, screenplay.shot_lengths_s, strict=True):
        if begins_s < end_s - 1e-6:
            shown = min(length, end_s - begins_s)
            seen = tuple(subject for subject in shot.subjects if subject not in new)
            shots.append(shot.model_copy(update={"duration_s": shown, "subjects": seen}))
        begins_s += length
    spoken = (i for i, line in enumerate(screenplay.lines) if line.at_s is not None and line.at_s >= end_s)
    return screenplay.model_copy(
        update={
            "duration_s": end_s,
            "goes_on_s": (),
            "beats": first_beats(screenplay),
            "lines": screenplay.lines[: next(spoken, len(screenplay.lines))],
            "cast": tuple(one for one in screenplay.cast if one.id not in new),
            "props": tuple(prop for prop in screenplay.props if prop.id not in new),
            "shots": tuple(shots),
        }
    )
