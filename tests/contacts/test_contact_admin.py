"""Contacts in the administration: search, edit, import with preview, export."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dashboard.models import Contact, ContactImport, ContactNumber

pytestmark = pytest.mark.django_db

LIST = "/admin/dashboard/contact/"
NO_NUMBERS = {"numbers-TOTAL_FORMS": "0", "numbers-INITIAL_FORMS": "0"}


def found(admin: Client, words: str) -> set[str]:
    page = admin.get(LIST, {"q": words})
    assert page.status_code == 200
    return {contact.name for contact in page.context["cl"].result_list}


@pytest.fixture
def people(contact_new: Callable[..., Contact]) -> None:
    contact_new("Žofie Šílená", "+420777123456", "+420601111111", company="ŘÍZKY")
    contact_new("Jan Novák", "+421905123456")
    contact_new("Vrátnice", "112")


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("žofie", {"Žofie Šílená"}),
        ("SILENA Zof", {"Žofie Šílená"}),
        ("řízky", {"Žofie Šílená"}),
        ("novak", {"Jan Novák"}),
        ("777 123 456", {"Žofie Šílená"}),
        ("+420777123456", {"Žofie Šílená"}),
        ("00420 601 111 111", {"Žofie Šílená"}),
        ("421905123456", {"Jan Novák"}),
        ("112", {"Vrátnice"}),
        ("123 456", {"Žofie Šílená", "Jan Novák"}),
        ("905", {"Jan Novák"}),
        ("12", set()),
        ("nobody", set()),
    ],
)
def test_contacts_are_found_by_name_and_by_any_form_of_number(
    admin: Client, people: None, words: str, names: set[str]
) -> None:
    assert found(admin, words) == names


def test_list_is_drawn_with_few_questions(
    admin: Client, contact_new: Callable[..., Contact], django_assert_max_num_queries: Callable
) -> None:
    for number in range(50):
        contact_new(f"Eva {number}", f"+4207770000{number:02}")
    with django_assert_max_num_queries(8):
        assert "+420777000049" in admin.get(LIST).content.decode()


def numbers_form(*numbers: str) -> dict[str, str]:
    form = {"numbers-TOTAL_FORMS": str(len(numbers)), "numbers-INITIAL_FORMS": "0"}
    return form | {f"numbers-{index}-number": number for index, number in enumerate(numbers)}


def test_numbers_are_kept_in_one_form(admin: Client) -> None:
    form = {"name": "Eva"} | numbers_form("777 123 456", "00421905123456", "112", "")
    assert admin.post(LIST + "add/", form).status_code == 302
    assert set(ContactNumber.objects.values_list("number", flat=True)) == {
        "+420777123456",
        "+421905123456",
        "112",
    }


@pytest.mark.parametrize(
    "numbers",
    [("777123456", "+420 777 123 456"), ("601111111",), ("volat večer",), ("1234567",)],
    ids=["twice", "of another", "words", "too short"],
)
def test_numbers_that_cannot_be_are_refused_on_the_page(
    admin: Client, contact_new: Callable[..., Contact], numbers: tuple[str, ...]
) -> None:
    contact_new("Jan", "+420601111111")
    page = admin.post(LIST + "add/", {"name": "Eva"} | numbers_form(*numbers))
    assert page.status_code == 200
    assert "errorlist" in page.content.decode()
    assert Contact.objects.count() == 1


def upload(admin: Client, content: str | bytes, *, follow: bool = True, encoding: str = "") -> object:
    data = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("kontakty.csv", data)
    return admin.post(LIST + "import/", {"file": file, "encoding": encoding}, follow=follow)


def test_import_shows_what_would_happen_before_it_happens(admin: Client, people: None) -> None:
    page = upload(admin, "Jméno;Telefon;Barva\nEva;777000111;x\nJan N.;+421905123456;\nIva;;\n")
    text = page.content.decode()
    assert "kontakty.csv" in text
    assert "Barva" in text
    assert "It has no telephone number." in text
    assert {"Eva", "Jan N."} <= {line.name for _, line in page.context["rows"]}
    assert Contact.objects.count() == 3
    done = admin.post(page.request["PATH_INFO"], follow=True)
    assert "1 contacts added, 1 changed, 0 as they were, 1 lines left out." in done.content.decode()
    assert set(Contact.objects.values_list("name", flat=True)) == {
        "Žofie Šílená",
        "Jan N.",
        "Vrátnice",
        "Eva",
    }
    assert not ContactImport.objects.exists()


def test_list_cannot_be_imported_twice(admin: Client) -> None:
    page = upload(admin, "name;phone\nEva;777000111\n")
    assert admin.post(page.request["PATH_INFO"]).status_code == 302
    assert admin.post(page.request["PATH_INFO"]).status_code == 404


def test_list_of_somebody_else_can_be_neither_seen_nor_imported(admin: Client) -> None:
    page = upload(admin, "name;phone\nEva;777000111\n")
    other = Client()
    other.force_login(get_user_model().objects.create_superuser("other", "", "other"))
    assert other.get(page.request["PATH_INFO"]).status_code == 404
    assert other.post(page.request["PATH_INFO"]).status_code == 404


def test_file_that_is_no_list_is_refused_in_words(admin: Client) -> None:
    assert "must name the columns" in upload(admin, "PK\x03\x04").content.decode()
    assert "submitted file is empty" in upload(admin, "").content.decode()


def test_markup_in_a_list_stays_text(admin: Client) -> None:
    page = upload(admin, "name;phone;<b>x</b>\n<script>alert(1)</script>;777000111;\n").content.decode()
    assert "<script>alert" not in page
    assert "<b>x" not in page


def test_encoding_that_was_chosen_is_used(admin: Client) -> None:
    page = upload(admin, "name;phone\nÄ\xa0;777000111\n".encode("cp1250"), encoding="cp1250")
    assert page.context["sheet"].encoding == "Windows-1250"


def test_export_is_a_file_that_spreadsheets_read(admin: Client, people: None) -> None:
    answer = admin.get(LIST + "export/")
    assert answer["Content-Disposition"].startswith('attachment; filename="contacts-')
    assert "no-store" in answer["Cache-Control"]
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0] == "name;company;address;numbers;note"
    assert "Žofie Šílená;ŘÍZKY;;+420777123456, +420601111111;" in text


@pytest.mark.parametrize(
    ("rights", "status"), [((), 403), (("view",), 403), (("view", "add", "change"), 200)]
)
def test_import_is_for_those_who_may_change_contacts(
    client: Client, rights: tuple[str, ...], status: int
) -> None:
    user = get_user_model().objects.create_user("eva", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(codename__in=[f"{right}_contact" for right in rights])
    )
    client.force_login(user)
    assert client.get(LIST + "import/").status_code == status
    assert client.get(LIST + "export/").status_code == (200 if "view" in rights else 403)
    if "view" in rights:
        assert ("Import CSV" in client.get(LIST).content.decode()) is (status == 200)
