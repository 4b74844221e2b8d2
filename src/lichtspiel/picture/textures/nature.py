"""Ground, plants and water."""

from __future__ import annotations

from lichtspiel.picture.nodes import Socket
from lichtspiel.picture.textures.swatch import Drawn, Swatch


def grass(s: Swatch) -> Drawn:
    """Lawn seen from above: blades as short streaks that lie in all directions."""
    g = s.graph
    patch = g.noise(s.place, 0.9, detail=3, roughness=0.6)
    tuft = g.noise(s.place, 0.35 / s.size_m, detail=2)
    turned = g.shift(g.stretch(s.place, (1.0, 0.3, 1.0)), g.join(0.0, g.multiply(tuft, 0.05), 0.0))
    first = g.noise(g.stretch(turned, (1.0, 0.5, 1.0)), 4.5 / s.size_m, detail=2)
    second = g.noise(g.stretch(s.place, (0.25, 1.0, 1.0)), 4.5 / s.size_m, detail=2)
    blade = g.math("MAXIMUM", first, second)
    colour = g.mix(g.ramp(blade, 0.45, 0.8), s.second, s.colour)
    dry = g.mix(g.ramp(patch, 0.5, 0.75, 0.0, 0.5 * s.contrast), colour, (0.25, 0.22, 0.06))
    return Drawn(
        g.shade(dry, g.ramp(tuft, 0.3, 0.7, 0.7, 1.25)), g.add(g.multiply(blade, 0.7), g.multiply(tuft, 0.5))
    )


def sand(s: Swatch) -> Drawn:
    """Wind ripples with crests `size_m` apart, and grains."""
    g = s.graph
    wander = g.noise(s.place, 0.35 / s.size_m, detail=2)
    x, y, _ = g.split(s.place)
    phase = g.add(
        g.multiply(g.add(g.multiply(y, 1.0), g.multiply(x, 0.25)), 6.2832 / s.size_m),
        g.multiply(wander, 22.0),
    )
    ripple = g.ramp(g.math("SINE", phase), -1.0, 1.0)
    fade = g.ramp(g.noise(s.place, 0.12 / s.size_m, detail=1), 0.35, 0.65)
    grains = g.noise(s.place, 900.0, detail=1)
    speck, _, _ = g.split(g.cells(s.place, 600.0, "Color"))
    tone = g.add(g.ramp(grains, 0.3, 0.7, 0.85, 1.12), g.multiply(g.multiply(ripple, fade), 0.1))
    colour = g.mix(
        g.multiply(g.math("GREATER_THAN", speck, 0.93), s.contrast), g.shade(s.colour, tone), s.second
    )
    height = g.add(g.multiply(g.multiply(ripple, fade), 0.85), g.multiply(grains, 0.08))
    return Drawn(colour, height)


def regolith(s: Swatch) -> Drawn:
    """Moon dust: craters of all sizes, clods and powder."""
    g = s.graph

    def craters(per_metre: float) -> Socket:
        distance = g.cells(s.place, per_metre)
        bowl = g.ramp(distance, 0.0, 0.32)
        rim = g.multiply(g.ramp(distance, 0.32, 0.36, 1.0, 0.0), g.ramp(distance, 0.2, 0.32))
        return g.add(bowl, g.multiply(rim, 0.35))

    powder = g.noise(s.place, 7 / s.size_m, detail=6, roughness=0.65)
    clods = g.ramp(g.cells(s.place, 5 / s.size_m), 0.0, 0.5, 1.0, 0.0)
    soft = g.noise(s.place, 0.4 / s.size_m, detail=4)
    pits = g.add(g.multiply(craters(0.45 / s.size_m), 0.55), g.multiply(craters(1.7 / s.size_m), 0.2))
    height = g.add(
        g.add(pits, g.multiply(soft, 0.6)), g.add(g.multiply(powder, 0.18), g.multiply(clods, 0.03))
    )
    tone = g.add(
        g.ramp(powder, 0.3, 0.7, 1 - 0.3 * s.contrast, 1 + 0.2 * s.contrast),
        g.ramp(soft, 0.3, 0.7, -0.1, 0.1),
    )
    return Drawn(g.shade(s.colour, tone), height)


def gravel(s: Swatch) -> Drawn:
    """Rounded stones or clods side by side."""
    g = s.graph
    bent = g.shift(
        s.place,
        g.shade(
            g.node("TexNoise", {"Vector": s.place, "Scale": 1.2 / s.size_m}, output="Color"), 0.25 * s.size_m
        ),
    )
    distance = g.cells(bent, 1 / s.size_m)
    own, warm, _ = g.split(g.cells(bent, 1 / s.size_m, "Color"))
    stone = g.ramp(distance, 0.25, 0.75, 1.0, 0.0)
    surface = g.noise(s.place, 8 / s.size_m, detail=3)
    colour = g.mix(g.multiply(warm, s.contrast), s.colour, s.second)
    tone = g.multiply(g.add(g.multiply(own, 0.7), 0.6), g.add(g.multiply(stone, 0.75), 0.25))
    return Drawn(
        g.shade(colour, g.multiply(tone, g.ramp(surface, 0.3, 0.7, 0.85, 1.1))),
        g.add(stone, g.multiply(surface, 0.12)),
    )


def foliage(s: Swatch) -> Drawn:
    """Leaves seen from afar."""
    g = s.graph
    own, _, _ = g.split(g.cells(s.place, 1 / s.size_m, "Color"))
    cloud = g.noise(s.place, 0.3 / s.size_m, detail=2)
    leaf = g.ramp(g.cells(s.place, 1 / s.size_m), 0.0, 0.7, 1.0, 0.0)
    share = g.multiply(g.add(own, g.subtract(cloud, 0.5)), s.contrast)
    return Drawn(g.mix(share, s.colour, s.second), leaf)


def bark(s: Swatch) -> Drawn:
    """Ridges along z with deep cracks between."""
    g = s.graph
    wander = g.node("TexNoise", {"Vector": s.place, "Scale": 0.8 / s.size_m}, output="Color")
    bent = g.shift(s.place, g.shade(wander, 0.8 * s.size_m))
    distance = g.cells(g.stretch(bent, (1.0, 1.0, 0.22)), 1 / s.size_m)
    ridge = g.ramp(distance, 0.15, 0.7, 1.0, 0.0)
    rough = g.noise(s.place, 4 / s.size_m, detail=4, roughness=0.65)
    colour = g.mix(g.multiply(ridge, g.ramp(rough, 0.3, 0.7, 0.4, 1.0)), s.second, s.colour)
    return Drawn(
        g.shade(colour, g.ramp(rough, 0.3, 0.7, 0.8, 1.15)),
        g.add(g.multiply(ridge, 0.8), g.multiply(rough, 0.25)),
    )


def water(s: Swatch) -> Drawn:
    """Swell with ripples on it."""
    g = s.graph
    swell = g.noise(g.stretch(s.place, (0.5, 1.0, 1.0)), 1 / s.size_m, detail=2)
    ripples = g.noise(s.place, 6 / s.size_m, detail=3)
    height = g.add(g.multiply(swell, 0.8), g.multiply(ripples, 0.15))
    return Drawn(g.mix(g.ramp(swell, 0.35, 0.7, 0.0, s.contrast), s.colour, s.second), height)
