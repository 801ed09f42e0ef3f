from members.models.applications import Application
from members.models.capabilities import (
    Machine,
    Need,
    OrganisationCertificate,
    OrganisationMaterial,
    OrganisationProcess,
    OrganisationTechnology,
    Product,
    TradeLink,
)
from members.models.experts import Availability, Engagement, Expert, Field
from members.models.imports import Import, ImportRow
from members.models.memberships import ClusterRole, Membership, MembershipChange, MembershipPeriod
from members.models.mini_clusters import Goal, MiniCluster
from members.models.organisations import Organisation, OrganisationClass, Size
from members.models.people import Affiliation, Invitation
from members.models.taxonomy import Industry, Term

__all__ = [
    "Affiliation",
    "Application",
    "Availability",
    "ClusterRole",
    "Engagement",
    "Expert",
    "Field",
    "Goal",
    "Import",
    "ImportRow",
    "Industry",
    "Invitation",
    "Machine",
    "Membership",
    "MembershipChange",
    "MembershipPeriod",
    "MiniCluster",
    "Need",
    "Organisation",
    "OrganisationCertificate",
    "OrganisationClass",
    "OrganisationMaterial",
    "OrganisationProcess",
    "OrganisationTechnology",
    "Product",
    "Size",
    "Term",
    "TradeLink",
]
