"""Finds people for a problem told in the asker's own words, and says of each why.

found = find_experts(problem, asker, limit=20, organisation_ids=…)

Callers above `members` (the Business Cafe, assignments) give the organisations the problem belongs to: who works there
is flagged as having a conflict. Nothing but what is told in `Match.reasons` moves anybody up or down.
"""

from members.matching.finder import Found, find_experts
from members.matching.heard import Heard, HeardTerm, listen
from members.matching.reasons import Kind, Match, Reason

__all__ = ["Found", "Heard", "HeardTerm", "Kind", "Match", "Reason", "find_experts", "listen"]
