from members.views.experts.deciding import expert_applications, expert_decide, expert_invite
from members.views.experts.engagements import engagement_close, engagement_new
from members.views.experts.finding import expert_find
from members.views.experts.joining import expert_answer, expert_apply, expert_edit, expert_leave
from members.views.experts.lists import expert_list
from members.views.experts.profile import expert_availability, expert_detail

__all__ = [
    "engagement_close",
    "engagement_new",
    "expert_answer",
    "expert_applications",
    "expert_apply",
    "expert_availability",
    "expert_decide",
    "expert_detail",
    "expert_edit",
    "expert_find",
    "expert_invite",
    "expert_leave",
    "expert_list",
]
