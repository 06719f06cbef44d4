"""Qualification types that are there already: to be taken over, or imported."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pulumi_mturk.api.qualification_types import QualificationTypeInfo
    from pulumi_mturk.provider.lifecycle import Context


def own_type(context: "Context", type_id: str) -> "QualificationTypeInfo | None":
    """A type of this account; None where it is deleted, or another requester's, which can be read, too."""
    live = context.client.get_qualification_type(type_id)
    if live is None:
        return None
    listed = context.client.find_qualification_type(live.name)
    return live if listed is not None and listed.qualification_type_id == type_id else None
