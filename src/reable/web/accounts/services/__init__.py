"""Writes of accounts, one function an act: who signs in, who works in a clinic, who cares for whom."""

from reable.web.accounts.services.carers import CannotGrant, Granted, grant_carer, revoke_carer
from reable.web.accounts.services.invitations import (
    AddressDiffers,
    CannotInvite,
    FirstInvited,
    Invited,
    NewPerson,
    NotATherapist,
    accept,
    invite,
    invite_first_manager,
    revoke,
)
from reable.web.accounts.services.memberships import LastToManage, revoke_membership
from reable.web.accounts.services.people import (
    add_user,
    link_patients_on_sign_in,
    prove_address,
    sign_out_everywhere,
    user_for_code,
    user_for_patient,
)

__all__ = [
    "AddressDiffers",
    "CannotGrant",
    "CannotInvite",
    "FirstInvited",
    "Granted",
    "Invited",
    "LastToManage",
    "NewPerson",
    "NotATherapist",
    "accept",
    "add_user",
    "grant_carer",
    "invite",
    "invite_first_manager",
    "link_patients_on_sign_in",
    "prove_address",
    "revoke",
    "revoke_carer",
    "revoke_membership",
    "sign_out_everywhere",
    "user_for_code",
    "user_for_patient",
]
