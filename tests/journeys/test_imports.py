"""An administrator loads the list that the agency kept, mends it where it is wrong, and loads it once more."""

from playwright.sync_api import expect

from members.models import Organisation
from tests.factories.accounts import administrator
from tests.journeys.steps import sign_in_to_office

WRONG = ("기업명,구분,종업원수", "한빛정밀,기업,12", "대성기공,기업,많음")
RIGHT = (*WRONG[:2], "대성기공,기업,40")


def test_a_list_is_loaded_repaired_and_loaded_again(page, run_tasks):
    sign_in_to_office(page, administrator(), "/members/imports/")
    _preview(page, WRONG, run_tasks)
    wrong = page.get_by_role("row", name="대성기공")
    expect(wrong.get_by_role("rowheader")).to_have_text("3")
    expect(wrong).to_contain_text("persons employed: “많음” is no whole number.")
    page.get_by_label("Leave out the 1 row that is wrong").check()
    _load(page, 1, run_tasks)
    expect(page.get_by_text("1 added, 0 changed.")).to_be_visible()

    _preview(page, RIGHT, run_tasks)
    _load(page, 1, run_tasks)
    expect(page.get_by_text("1 added, 0 changed.")).to_be_visible()
    employed = dict(Organisation.objects.values_list("name_ko", "employees"))
    assert employed == {"한빛정밀": 12, "대성기공": 40}

    _preview(page, RIGHT, run_tasks)
    expect(page.get_by_text("There is nothing to load: all of it is here already.")).to_be_visible()
    expect(page.get_by_role("button", name="Load")).to_have_count(0)
    assert Organisation.objects.count() == 2


def _preview(page, lines: tuple, run_tasks) -> None:
    """As Korean Excel saves it; the columns are recognised by their headings."""
    page.goto("/members/imports/")
    page.get_by_role("link", name="Import a spreadsheet").first.click()
    content = "\r\n".join(lines).encode("cp949")
    page.get_by_label("Spreadsheet").set_input_files({"name": "회원.csv", "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_label("Name in Korean")).to_have_value("기업명")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("Working out what each row would do")).to_be_visible()
    run_tasks()
    expect(page.get_by_text("Working out what each row would do")).to_have_count(0)


def _load(page, rows: int, run_tasks) -> None:
    page.get_by_role("button", name=f"Load {rows} row").click()
    expect(page.get_by_role("button", name="Load")).to_have_count(0)
    run_tasks()
