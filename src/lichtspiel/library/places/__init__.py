"""Builders of places, one module per family; entries name them as `module:function`."""
