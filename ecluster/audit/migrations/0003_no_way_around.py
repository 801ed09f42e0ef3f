from django.db import migrations

from ecluster.audit.append_only import protect, unprotect


def protect_anew(apps, editor) -> None:
    """Databases made before lack the guards against REPLACE and TRUNCATE."""
    unprotect(editor.connection)
    protect(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [migrations.RunPython(protect_anew, migrations.RunPython.noop)]
