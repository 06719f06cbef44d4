"""Where a provider's resources are, as far as the program tells: a type of one place can't be used in another."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_mturk.common.diagnostics import Diagnostics
from pulumi_mturk.common.projects import LOCAL_DATABASE, project_folder
from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.rules import configuration as rules
from pulumi_mturk.sdk.route import Route


@dataclass(frozen=True)
class Place:
    """The settings that tell accounts apart. Two profiles may still be of one account."""

    environment: str
    endpoint: str
    profile: str | None

    def is_elsewhere(self, other: "Place") -> bool:
        """Whether nothing of the one can be found at the other."""
        return (self.environment, self.endpoint) != (other.environment, other.endpoint)


def place_of(route: Route) -> Place | None:
    """Where a route leads; None where the program doesn't know it yet, or one place has several addresses."""
    keys = ("environment", "endpointUrl", "localDatabase", "profile", "formerEndpoints")
    settings = {key: route.setting(key) for key in keys}
    if settings["formerEndpoints"] or any(isinstance(value, Unknown) for value in settings.values()):
        return None
    environment = settings["environment"] or "local"
    endpoint = (settings["endpointUrl"] or "").rstrip("/")
    if environment == "local" and not endpoint:
        endpoint = os.path.normpath(project_folder() / (settings["localDatabase"] or LOCAL_DATABASE))
    return Place(environment, endpoint, settings["profile"])


def of_other_places(route: Route, types: Mapping[str, Any]) -> Diagnostics:
    """What is wrong with the qualification types that a resource refers to, given by the paths of its inputs."""
    for path, of_type in types.items():
        other = None if isinstance(of_type, Unknown) else getattr(of_type, "route", None)
        # Most programs have one provider, or none.
        if not isinstance(other, Route) or other.provider is route.provider:
            continue
        here, there = place_of(route), place_of(other)
        if here is None or there is None:
            continue
        said = f"{of_type.pulumi_resource_name!r} goes by {other.name}, and this resource by {route.name}"
        if here.is_elsewhere(there):
            yield rules.TYPE_OF_ANOTHER_PLACE.at(
                path,
                f"{said}, which is another place: a qualification type is known where it was made; give both the "
                "same provider, or use a type of the same provider",
            )
        elif here.profile != there.profile:
            yield rules.TYPE_OF_ANOTHER_PROFILE.at(
                path,
                f"{said}, which has another AWS profile: if the profiles are of two accounts, the type is not found; "
                "give both the same provider",
            )
