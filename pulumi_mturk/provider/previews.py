"""What a plan can tell of a resource's outputs before it is made or changed."""

from collections.abc import Mapping
from typing import Any

from pulumi_mturk.common.unknown import UNKNOWN
from pulumi_mturk.provider.lifecycle import AnyResource
from pulumi_mturk.provider.model import Args, Mark


def outputs(resource: AnyResource, inputs: Mapping[str, Any], recorded: Mapping[str, Any] | None) -> dict[str, Any]:
    """The outputs of a create or, of a `recorded` state, of an update; `Unknown` is what the API will answer.

    They repeat the inputs. An output of the state's own that is marked as stable stays as it is recorded.
    """
    state = resource.state.load(recorded) if recorded is not None else None
    # A field of the state's own may have the name of an input that is left out: the score that somebody has.
    given: Args = resource.args.load(inputs)
    own = {name: UNKNOWN for name in resource.state.__annotations__ if getattr(given, name, None) is None}
    if state is not None:
        own |= {name: getattr(state, name) for name in resource.state.marked(Mark.STABLE) & own.keys()}
    found: dict[str, Any] = resource.state.extend(given, **own).to_dict()
    return found
