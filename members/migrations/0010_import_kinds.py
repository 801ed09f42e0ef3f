from django.db import migrations, models

import members.models.imports


class Migration(migrations.Migration):
    dependencies = [("members", "0009_membership_order")]

    operations = [
        migrations.AlterField(
            model_name="import",
            name="kind",
            field=models.CharField(
                choices=members.models.imports.kind_choices, max_length=20, verbose_name="what it lists"
            ),
        ),
    ]
