"""The committee of an election and its members."""

from uuid import UUID

from django.db.models import Prefetch

from pilkades.apps.elections.models import CommitteeMember, Election, ElectionCommittee


def find_committee(election: Election) -> ElectionCommittee | None:
    """The committee with all members, those who left included; two queries."""
    members = Prefetch("members", CommitteeMember.objects.select_related("user"))
    return (
        ElectionCommittee.objects.filter(election=election)
        .select_related("formed_by")
        .prefetch_related(members)
        .first()
    )


def get_member(election: Election, member_uuid: UUID) -> CommitteeMember:
    """One member of this election's committee; raises `CommitteeMember.DoesNotExist`."""
    return CommitteeMember.objects.select_related("committee").get(
        uuid=member_uuid, committee__election=election
    )
