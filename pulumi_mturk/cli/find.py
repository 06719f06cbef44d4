"""`pulumi-mturk find`: the id of a qualification type by its name."""

from typing import Annotated, Final

from pulumi_mturk.cli.common import (
    AwsProfile,
    EndpointUrl,
    EnvironmentName,
    LocalDatabase,
    Status,
    argument,
    connected,
    examples,
    place_settings,
    print_error,
)

EPILOG: Final = examples(
    ("for adopt= in a program", 'pulumi-mturk find --environment sandbox "Careful reader"'),
    ("in a script", 'id=$(pulumi-mturk find "Careful reader") || exit'),
)


def find(
    name: Annotated[str, argument(metavar="NAME", help="The whole name; upper and lower case matter.")],
    environment: EnvironmentName = None,
    endpoint: EndpointUrl = None,
    profile: AwsProfile = None,
    local_database: LocalDatabase = None,
) -> int:
    """Print the id of the account's qualification type of a name.

    The name is compared exactly, in all pages of the account's own types, where the service's own search is fuzzy. A
    type that is being deleted does not count, and one that was made in the last minutes may not be listed yet.

    The exit status is 0 if there is one and 1 if there is none; 2 if it could not be looked for.
    """
    with connected(place_settings(environment, endpoint, profile, local_database)) as provider:
        found = provider.client.find_qualification_type(name)
    if found is None:
        print_error(f"this account has no qualification type named {name!r}", label="not found")
        return Status.REFUSED
    print(found.qualification_type_id)
    return Status.DONE
