"""Taking a list over: new, changed, unchanged, and what is left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from dashboard.contacts.exporting import contacts_csv
from dashboard.contacts.importing import Plan, import_apply, import_plan, import_store
from dashboard.contacts.selectors import contact_answer
from dashboard.contacts.sheet import sheet_read
from dashboard.models import Contact, ContactImport, ContactNumber

pytestmark = pytest.mark.django_db

EVA = ("+420777123456", "+420601111111")


def planned(text: str) -> Plan:
    return import_plan(sheet_read(text.encode(), country="CZ"))


def imported(text: str) -> Plan:
    user, _ = get_user_model().objects.get_or_create(username="admin")
    sheet = sheet_read(text.encode(), country="CZ")
    return import_apply(import_store(sheet, file_name="x.csv", user_id=user.pk).pk)


def kept() -> dict[str, dict[str, Any]]:
    return {
        row.name: {
            "company": row.company,
            "address": row.address,
            "note": row.note,
            "numbers": {number.number for number in row.numbers.all()},
        }
        for row in Contact.objects.all()
    }


def test_new_contacts_are_added_and_found_by_each_number(db: None) -> None:
    plan = imported("name;company;address;note;phone\nEva;Daktela;Praha;x;777123456, 601 111 111\n")
    assert (len(plan.new), len(plan.changed), plan.unchanged, plan.problems) == (1, 0, 0, [])
    for number in EVA:
        assert contact_answer(number) == {"NAME": "Eva", "COMPANY": "Daktela", "ADDRESS": "Praha"}


def test_contacts_that_exist_are_changed_and_lose_nothing(contact_new: Callable[..., Contact]) -> None:
    contact_new("Eva", EVA[0], company="Daktela", address="Praha", note="n")
    plan = imported("name;company;phone\nEva Malá;;777 123 456, 112\n")
    assert (len(plan.new), len(plan.changed)) == (0, 1)
    assert kept() == {
        "Eva Malá": {"company": "Daktela", "address": "Praha", "note": "n", "numbers": {EVA[0], "112"}}
    }


def test_second_import_of_a_list_changes_nothing(db: None) -> None:
    text = "name;phone\nEva;777123456\nJan;777123457\n"
    imported(text)
    plan = imported(text)
    assert (len(plan.new), len(plan.changed), plan.unchanged) == (0, 0, 2)


def test_planning_changes_nothing(db: None) -> None:
    planned("name;phone\nEva;777123456\n")
    assert not Contact.objects.exists()


def test_lines_of_one_contact_are_joined(db: None) -> None:
    plan = imported("name;phone;note\nEva;777123456;\nEVA ;777123456, 601111111;x\n")
    assert len(plan.new) == 1
    assert kept()["Eva"]["numbers"] == set(EVA)
    assert kept()["Eva"]["note"] == "x"


def test_number_under_two_names_is_told_on_the_later_line(db: None) -> None:
    plan = imported("name;phone\nEva;777123456\nJan;+420 777 123 456\n")
    assert [line.name for line in plan.new] == ["Eva"]
    ((line, text),) = [(problem.line, problem.text) for problem in plan.problems]
    assert line == 3
    assert "line 2" in text


def test_line_that_would_join_two_contacts_is_left_out(contact_new: Callable[..., Contact]) -> None:
    contact_new("Eva", EVA[0])
    contact_new("Jan", EVA[1])
    plan = imported("name;phone\nEva;777123456, 601111111\n")
    assert (plan.new, plan.changed, len(plan.problems)) == ([], [], 1)
    assert "Eva, Jan" in plan.problems[0].text


def test_two_lines_that_change_one_contact_are_told(contact_new: Callable[..., Contact]) -> None:
    contact_new("Eva", *EVA)
    plan = imported("name;phone\nEva M.;777123456\nEva D.;601111111\n")
    assert (len(plan.changed), [problem.line for problem in plan.problems]) == (1, [3])
    assert set(kept()) == {"Eva M."}


def test_list_is_taken_over_once(db: None) -> None:
    user = get_user_model().objects.create_user("eva")
    upload = import_store(
        sheet_read(b"name;phone\nEva;777123456\n", country="CZ"), file_name="x", user_id=user.pk
    )
    import_apply(upload.pk)
    with pytest.raises(ContactImport.DoesNotExist):
        import_apply(upload.pk)
    assert not ContactImport.objects.exists()


def test_export_can_be_imported_again(contact_new: Callable[..., Contact]) -> None:
    contact_new('Žofie "Ž"; a', *EVA, company="=cmd|' /C calc'!A0", address="+1", note="one\ntwo")
    contact_new("@home", "112", company="-")
    before, text = kept(), "".join(contacts_csv())
    assert "\n=" not in text
    assert ";=" not in text
    plan = imported(text)
    assert (plan.new, plan.changed, plan.problems) == ([], [], [])
    Contact.objects.all().delete()
    imported(text)
    assert kept() == before


def plan_of(sql: str, parameters: tuple[object, ...]) -> str:
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE dashboard_contact, dashboard_contactnumber")
        cursor.execute(explain + sql, parameters)
        return "\n".join(str(row) for row in cursor.fetchall())


def many(count: int, *, word: str) -> str:
    return "name;company;phone\n" + "".join(
        f"{word} {number};Firma {number % 1000};77{number:07d}\n" for number in range(count)
    )


def test_number_is_looked_up_by_its_index_among_a_hundred_thousand(
    django_assert_num_queries: Callable,
) -> None:
    plan = imported(many(100_000, word="Jméno"))
    assert (len(plan.new), plan.problems) == (100_000, [])
    with django_assert_num_queries(1) as captured:
        assert contact_answer("+420770054321") == {"NAME": "Jméno 54321", "COMPANY": "Firma 321"}
    explained = plan_of(captured.captured_queries[0]["sql"], ())
    assert "scan" not in explained.lower().replace("index scan", "")
    assert "index" in explained.lower()


def rows_visited(plan: dict[str, Any]) -> float:
    """How many rows a plan that was carried out has read, those that it threw away included."""
    removed = sum(value for name, value in plan.items() if name.startswith("Rows Removed by"))
    here = (plan["Actual Rows"] + removed) * plan["Actual Loops"]
    return float(here) + sum(rows_visited(part) for part in plan.get("Plans", []))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite does not plan by the size of tables")
def test_number_is_looked_up_quickly_where_postgresql_believes_that_nobody_is_kept(
    django_assert_num_queries: Callable,
) -> None:
    """As after a vacuum of empty tables, until the rows of a large import are counted."""
    with connection.cursor() as cursor:
        for table in ("dashboard_contact", "dashboard_contactnumber"):
            cursor.execute("UPDATE pg_class SET relpages = 1, reltuples = 0 WHERE relname = %s", [table])
        imported(many(2_000, word="Jméno"))
        with django_assert_num_queries(1) as captured:
            assert contact_answer("+420770001999") == {"NAME": "Jméno 1999", "COMPANY": "Firma 999"}
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + captured.captured_queries[0]["sql"])
        (answer,) = cursor.fetchone()
    (told,) = json.loads(answer) if isinstance(answer, str) else answer
    assert rows_visited(told["Plan"]) <= 2 * 2_000


def test_list_is_taken_over_in_few_statements(django_assert_max_num_queries: Callable) -> None:
    imported(many(5_000, word="Jméno"))
    with django_assert_max_num_queries(100):
        plan = imported(many(5_000, word="Žofie"))
    assert len(plan.changed) == 5_000
    assert ContactNumber.objects.count() == 5_000
    assert Contact.objects.filter(name="Žofie 4777", search_text="zofie 4777 firma 777").exists()
