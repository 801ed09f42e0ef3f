from members.forms.organisations.facts import FactsForm
from members.forms.organisations.pictures import LogoForm, PictureForm
from members.forms.organisations.rows import RowFormSet
from members.forms.organisations.sections import LIST_SECTIONS, ListSection, section_links

__all__ = ["LIST_SECTIONS", "FactsForm", "ListSection", "LogoForm", "PictureForm", "RowFormSet", "section_links"]
