"""The records that flow from room to room: bytes -> Document -> Reading -> Profile / Role -> Fit.

All are frozen. Offsets are half-open ranges of Unicode code points of `Document.text`, for ever: `text[start:end]` is the thing.
Months are counted as whole calendar months; a point in time is a `Month` or, in JSON, "YYYY-MM".
"""

from matcher.records.claims import Claim, Evidence, Kpi
from matcher.records.conditions import CONDITIONS, DOCUMENT, Condition
from matcher.records.container import CONTAINERS, PACKED, Contents, Member, Unread
from matcher.records.fit import Contribution, Factor, Fit, Lack, Must, MustState, Need, Partly, Strength
from matcher.records.growth import MustCost, Opening, Relaxed
from matcher.records.post import EQUIVALENT, NO_EXPERIENCE, AllOf, AnyOf, JobFacts, Node, Requirement, Role, leaves
from matcher.records.resume import Answer, Certification, Contact, DatedJob, Language, Private, Profile, ResumeFacts
from matcher.records.text import (
    CLAIMED,
    OF_THE_PERSON,
    TRICKS,
    Ambiguity,
    Box,
    Document,
    Fact,
    Kind,
    Line,
    Mention,
    Notice,
    Reading,
    Section,
    Stance,
)
from matcher.records.time import Month

__all__ = [
    "CLAIMED",
    "CONDITIONS",
    "CONTAINERS",
    "DOCUMENT",
    "EQUIVALENT",
    "NO_EXPERIENCE",
    "OF_THE_PERSON",
    "PACKED",
    "TRICKS",
    "AllOf",
    "Ambiguity",
    "Answer",
    "AnyOf",
    "Box",
    "Certification",
    "Claim",
    "Condition",
    "Contact",
    "Contents",
    "Contribution",
    "DatedJob",
    "Document",
    "Evidence",
    "Fact",
    "Factor",
    "Fit",
    "JobFacts",
    "Kind",
    "Kpi",
    "Lack",
    "Language",
    "Line",
    "Member",
    "Mention",
    "Month",
    "Must",
    "MustCost",
    "MustState",
    "Need",
    "Node",
    "Notice",
    "Opening",
    "Partly",
    "Private",
    "Profile",
    "Reading",
    "Relaxed",
    "Requirement",
    "ResumeFacts",
    "Role",
    "Section",
    "Stance",
    "Strength",
    "Unread",
    "leaves",
]
