from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("members", "0005_imports")]

    operations = [
        migrations.RenameField("goal", "goal", "goal_ko"),
        migrations.RenameField("goal", "strategy", "strategy_ko"),
        migrations.RenameField("goal", "grounds", "grounds_ko"),
        migrations.AlterField(
            "goal", "goal_ko", models.TextField(blank=True, verbose_name="goal in Korean")
        ),
        migrations.AlterField(
            "goal", "strategy_ko", models.TextField(blank=True, verbose_name="strategy in Korean")
        ),
        migrations.AlterField(
            "goal",
            "grounds_ko",
            models.TextField(blank=True, verbose_name="drawn from, in Korean"),
        ),
        migrations.AddField(
            "goal", "goal_en", models.TextField(blank=True, verbose_name="goal in English", default=""), preserve_default=False
        ),
        migrations.AddField(
            "goal", "strategy_en", models.TextField(blank=True, verbose_name="strategy in English", default=""), preserve_default=False
        ),
        migrations.AddField(
            "goal", "grounds_en", models.TextField(blank=True, verbose_name="drawn from, in English", default=""), preserve_default=False
        ),
        migrations.AddConstraint(
            "goal",
            models.CheckConstraint(condition=~Q(goal_ko="", goal_en=""), name="goal_is_said"),
        ),
        migrations.AddConstraint(
            "goal",
            models.CheckConstraint(condition=~Q(strategy_ko="", strategy_en=""), name="goal_has_a_strategy"),
        ),
    ]
