"""Dyed jeans fade to paler cloth of their own hue."""

from __future__ import annotations

import pytest

bpy = pytest.importorskip("bpy")

from lichtspiel.library import catalogue  # noqa: E402
from lichtspiel.library.asset import Surface  # noqa: E402
from lichtspiel.picture.materials import Materials  # noqa: E402


@pytest.mark.parametrize("dye", ["black", "grey", "blue"])
def test_worn_denim_is_paler_and_has_no_other_hue(dye: str) -> None:
    own = catalogue.colours()[dye].rgb
    material = Materials(catalogue.looks()).of(Surface("denim", own))
    colours = [
        tuple(socket.default_value)[:3]
        for node in material.node_tree.nodes
        if node.bl_idname == "ShaderNodeMix"
        for socket in node.inputs
        if socket.type == "RGBA" and not socket.is_linked and socket.enabled
    ]
    worn = max(colours, key=sum)
    assert sum(worn) > 1.2 * sum(own)
    assert worn[2] >= worn[0] - 0.01, "faded to brown"
