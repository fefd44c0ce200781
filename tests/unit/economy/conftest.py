"""Settings of the property tests of the economy."""

from __future__ import annotations

from hypothesis import settings

# The first example of a test also loads the scenarios; how long one takes says nothing.
settings.register_profile("economy", deadline=None)
settings.load_profile("economy")
