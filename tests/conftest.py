"""How long the property tests look: `HYPOTHESIS_PROFILE=long` for a search, else what a change can wait for."""

import os

from hypothesis import HealthCheck, settings

# A slow machine is no failure of ours. Failures print how to repeat them.
settings.register_profile(
    "short",
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
    # Where it decides whether a change lands, the same examples each time: the search is for who works on the code.
    derandomize=bool(os.environ.get("CI")),
)
settings.register_profile("long", settings.get_profile("short"), max_examples=3000, derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))
