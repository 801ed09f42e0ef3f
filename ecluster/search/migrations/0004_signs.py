from django.db import migrations, models

from ecluster.search.dialects import create_index, drop_index

NUMBERS = """
    UPDATE search_facet_value SET number = numbered.number
    FROM (SELECT id, row_number() OVER (PARTITION BY kind ORDER BY id) AS number FROM search_facet_value) numbered
    WHERE numbered.id = search_facet_value.id
"""
SIGNS = """
    UPDATE search_document SET signs = signed.signs
    FROM (
        SELECT f.document_id, {together} AS signs FROM search_document_facet f
        JOIN search_facet_value v ON v.id = f.value_id WHERE v.facet <> '' GROUP BY f.document_id
    ) signed
    WHERE signed.document_id = search_document.id
"""
TOGETHER = {"sqlite": "group_concat(char(v.number), '')", "postgresql": "string_agg(chr(v.number), '')"}


def number_and_sign(_apps, schema_editor) -> None:
    schema_editor.execute(NUMBERS, params=None)
    schema_editor.execute(SIGNS.format(together=TOGETHER[schema_editor.connection.vendor]), params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0003_scope")]

    operations = [
        migrations.RunPython(drop_index, create_index),
        migrations.AddField("facetvalue", "number", models.PositiveSmallIntegerField(null=True)),
        migrations.AddField("searchdocument", "signs", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.RunPython(number_and_sign, migrations.RunPython.noop),
        migrations.RemoveIndex("searchdocument", "search_document_scope"),
        migrations.AddIndex(
            "searchdocument",
            models.Index(fields=["id", "kind", "audience", "object_id", "signs"], name="search_document_scope"),
        ),
        migrations.AlterField("facetvalue", "number", models.PositiveSmallIntegerField()),
        migrations.AddConstraint(
            "facetvalue",
            models.UniqueConstraint(fields=["kind", "number"], name="search_facet_value_has_its_own_number"),
        ),
        migrations.AddConstraint(
            "facetvalue",
            models.CheckConstraint(condition=models.Q(number__gt=0), name="search_facet_value_number_is_valid"),
        ),
        migrations.RunPython(create_index, drop_index),
    ]
