from members.views.experts.deciding import expert_applications
from members.views.experts.profile import expert_detail

__all__ = [
    "expert_applications",
    "expert_detail",
]
