"""Mini-clusters and their goals."""

from django import forms

from ecluster.accounts.models import Body
from ecluster.forms import DateField
from members.models import Goal, MiniCluster


class MiniClusterForm(forms.ModelForm):
    founded_on = DateField(label=MiniCluster._meta.get_field("founded_on").verbose_name)

    class Meta:
        model = MiniCluster
        fields = [
            *("name_ko", "name_en", "slug", "summary_ko", "summary_en", "position", "founded_on"),
            *("team", "operation_committee"),
        ]
        widgets = {"summary_ko": forms.Textarea(attrs={"rows": 4}), "summary_en": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        standing = Body.objects.standing()
        self.fields["team"].queryset = standing.filter(kind=Body.Kind.MINI_CLUSTER_TEAM)  # type: ignore[attr-defined]
        self.fields["operation_committee"].queryset = standing.filter(kind=Body.Kind.OPERATION_COMMITTEE)  # type: ignore[attr-defined]
        if self.instance.pk:
            del self.fields["slug"]


class GoalForm(forms.ModelForm):
    class Meta:
        model = Goal
        fields = ["goal_ko", "goal_en", "strategy_ko", "strategy_en", "grounds_ko", "grounds_en"]
        widgets = {name: forms.Textarea(attrs={"rows": 5}) for name in fields}
