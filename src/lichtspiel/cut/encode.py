"""Encode frames and samples as an MP4 that plays everywhere: H.264 High, AAC, index at the front."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.subtitles.stream import SubtitleStream
from av.subtitles.subtitle import SubtitleSet
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, Interpolation
from av.video.stream import VideoStream
from numpy.typing import NDArray
from PIL import Image

from lichtspiel.cut.burnt import Burnt
from lichtspiel.cut.captions import Caption

Samples = NDArray[np.float32]

CRF = 17
"""Constant rate factor of x264; 17 to 18 counts as visually lossless."""

KEYFRAME_S = 4.0
"""Distance of keyframes: short enough to seek, long enough that still picture stays still."""

AUDIO_BIT_RATES = {2: 192_000, 6: 448_000}
"""Of stereo and of 5.1."""
AUDIO_CODING = {"aac_pns": "0"}
"""No band is replaced by noise: at these rates it saves nothing, and it smears the attacks of blows."""
LAYOUTS = {2: "stereo", 6: "5.1"}
"""By the number of channels; those of 5.1 are left, right, centre, bass, rear left, rear right."""

_AAC_FRAME = 1024
_EXACT = Interpolation.BICUBIC | Interpolation.FULL_CHR_H_INT | Interpolation.ACCURATE_RND
_MILLISECOND = Fraction(1, 1000)
_CAPTION_STYLE = b"""[Script Info]
ScriptType: v4.00+
[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, Alignment
Style: Default,Arial,16,&Hffffff,2
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


class EncodingError(RuntimeError):
    """The frames or samples do not make a film; the message says why."""


@dataclass(frozen=True, eq=False)
class Soundtrack:
    """Samples (N, 2), -1 … 1, of the left and right channel, or (N, 6) of 5.1."""

    samples: Samples
    sample_rate_hz: int = 48_000


def encode(
    frames: Sequence[Path],
    fps: int,
    sound: Soundtrack,
    path: Path,
    captions: Sequence[Caption] = (),
    tags: Mapping[str, str] | None = None,
    burn: bool = False,
) -> None:
    """Write the film to `path`, which is overwritten.

    Frames are sRGB pictures of one even size. The film lasts exactly len(frames) / fps seconds:
    the sound is cut or padded with silence. `tags` are MP4 metadata such as title and comment.
    Captions are a track of their own that can be hidden, or are drawn into the picture: `burn`.
    Same input, same bytes: neither the clock nor the number of cores enters.
    Raises EncodingError.
    """
    if not frames:
        raise EncodingError("There are no frames to encode.")
    size = _picture(frames[0]).shape[1::-1]
    padded = _fitted(sound, Fraction(len(frames), fps))
    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    with av.open(str(path), "w", format="mp4", options=options) as container:
        container.metadata.update(tags or {})
        video = _video_stream(container, fps, size)
        audio = _audio_stream(container, sound)
        text = _text_stream(container) if captions and not burn else None
        burnt = Burnt(captions if burn else (), size)
        if text is not None:
            _mux_captions(container, text, captions)
        heard = 0
        for index, frame in enumerate(frames):
            pixels = burnt.over(_sized(frame, size), (index + 0.5) / fps)
            container.mux(video.encode(_video_frame(pixels, index, fps)))
            until = (index + 1) * sound.sample_rate_hz // fps
            while heard < min(until, len(padded)):
                container.mux(audio.encode(_audio_frame(padded, heard, sound.sample_rate_hz)))
                heard += _AAC_FRAME
        container.mux(video.encode(None))
        container.mux(audio.encode(None))


def decoded(samples: Samples, sample_rate_hz: int = 48_000) -> Samples:
    """The samples (N, C) as players of a film hear them: coded and decoded again, with the coder's delay."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        audio = _audio_stream(container, Soundtrack(samples, sample_rate_hz))
        for start in range(0, len(samples), _AAC_FRAME):
            container.mux(audio.encode(_audio_frame(samples, start, sample_rate_hz)))
        container.mux(audio.encode(None))
    file.seek(0)
    with av.open(file, "r") as coded:
        blocks = [frame.to_ndarray() for frame in coded.decode(audio=0)]
    return np.asarray(np.concatenate(blocks, axis=1).T, np.float32)


def _video_stream(container: OutputContainer, fps: int, size: tuple[int, int]) -> VideoStream:
    # Four threads whatever the machine has: x264's output depends on their number. And no shortcuts that
    # depend on the processor: with them the tree of macroblocks read memory that nobody had written.
    options = {
        "preset": "slow",
        "crf": str(CRF),
        "profile": "high",
        "x264-params": f"keyint={round(KEYFRAME_S * fps)}:threads=4:cpu-independent=1"
        ":colorprim=bt709:transfer=bt709:colormatrix=bt709:range=tv",
    }
    stream = container.add_stream("libx264", rate=fps, options=options)
    stream.width, stream.height = size
    stream.pix_fmt = "yuv420p"
    context = stream.codec_context
    context.color_range = ColorRange.MPEG
    context.colorspace = Colorspace.ITU709
    context.color_primaries = ColorPrimaries.BT709
    context.color_trc = ColorTrc.BT709
    return stream


def _audio_stream(container: OutputContainer, sound: Soundtrack) -> AudioStream:
    channels = sound.samples.shape[1]
    stream = container.add_stream("aac", rate=sound.sample_rate_hz, layout=LAYOUTS[channels], format="fltp")
    stream.bit_rate = AUDIO_BIT_RATES[channels]
    stream.options = dict(AUDIO_CODING)
    return stream


def _text_stream(container: OutputContainer) -> SubtitleStream:
    stream = container.add_stream("mov_text")
    stream.codec_context.subtitle_header = _CAPTION_STYLE
    stream.codec_context.time_base = _MILLISECOND
    stream.time_base = _MILLISECOND
    return stream


def _mux_captions(container: OutputContainer, stream: SubtitleStream, captions: Sequence[Caption]) -> None:
    """A track holds one caption at a time, so a later one ends the one before."""
    container.start_encoding()
    ordered = sorted(captions, key=lambda caption: caption.start_s)
    starts = [round(caption.start_s * 1000) for caption in ordered]
    for caption, start, following in zip(ordered, starts, [*starts[1:], 1 << 60], strict=True):
        end = min(round(caption.end_s * 1000), following)
        if end <= start:
            continue
        dialogue = f"0,0,Default,,0,0,0,,{caption.text}".encode()
        packet = stream.codec_context.encode_subtitle(SubtitleSet.create(dialogue, 0, end - start))
        packet.stream = stream
        packet.time_base = _MILLISECOND
        packet.pts = packet.dts = start
        packet.duration = end - start
        packet.is_keyframe = True
        container.mux(packet)


def _sized(path: Path, size: tuple[int, int]) -> NDArray[np.uint8]:
    pixels = _picture(path)
    if pixels.shape[1::-1] != size:
        raise EncodingError(f"Frame {path.name} is not {size[0]}x{size[1]}, as the first one is.")
    return pixels


def _video_frame(pixels: NDArray[np.uint8], index: int, fps: int) -> av.VideoFrame:
    frame = av.VideoFrame.from_ndarray(pixels, format="rgb24").reformat(
        format="yuv420p",
        src_color_range=ColorRange.JPEG,
        dst_color_range=ColorRange.MPEG,
        dst_colorspace=Colorspace.ITU709,
        interpolation=_EXACT,
    )
    frame.pts = index
    frame.time_base = Fraction(1, fps)
    return frame


def _picture(path: Path) -> NDArray[np.uint8]:
    try:
        with Image.open(path) as image:
            return np.asarray(image.convert("RGB"))
    except OSError as error:
        raise EncodingError(f"Frame {path} cannot be read: {error}.") from error


def _fitted(sound: Soundtrack, duration_s: Fraction) -> Samples:
    """The samples cut or padded to the film's length."""
    if sound.samples.ndim != 2 or sound.samples.shape[1] not in LAYOUTS:
        raise EncodingError("The soundtrack is neither stereo nor 5.1.")
    length = round(duration_s * sound.sample_rate_hz)
    fitted = np.zeros((length, sound.samples.shape[1]), np.float32)
    kept = min(length, len(sound.samples))
    fitted[:kept] = sound.samples[:kept]
    return fitted


def _audio_frame(samples: Samples, start: int, sample_rate_hz: int) -> av.AudioFrame:
    block = np.ascontiguousarray(samples[start : start + _AAC_FRAME].T)
    frame = av.AudioFrame.from_ndarray(block, format="fltp", layout=LAYOUTS[samples.shape[1]])
    frame.sample_rate = sample_rate_hz
    frame.pts = start
    frame.time_base = Fraction(1, sample_rate_hz)
    return frame
