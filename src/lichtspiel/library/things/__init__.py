"""Builders of things, one module per family; entries name them as `module:function`."""
