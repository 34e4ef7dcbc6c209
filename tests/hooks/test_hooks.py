"""The webhooks' door: what it answers, what it keeps, and whom it keeps out."""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Callable

import pytest
import redis
from django.test import Client, RequestFactory

from dashboard.contacts import guesses
from dashboard.contacts.selectors import caller_names, dialplan_lines
from dashboard.contacts.services import hook_ensure, hook_renew
from dashboard.models import Contact, Hook, Pbx
from dashboard.views import hooks as views
from tests.hooks.conftest import CALLER, CANONICAL, Door

pytestmark = pytest.mark.django_db

KNOWN = {"NAME": "Daktela s.r.o.", "ADDRESS": "Pod Krejcarkem 975"}
VARIABLES = {
    "${CALLERID(num)}": CALLER,
    "${FROM_DID}": "226211245",
    "${REAL_EXTEN}": "200",
    "${ID_CALL}": "1346154802.5542",
}


def later_hook(action: str, *, caller: str = CALLER, call_id: str = "1346154802.5542") -> str:
    return f"callerId={caller}&calleeId=226211245&line=200&idcall={call_id}&action={action}"


def test_arrival_is_answered_with_what_is_known_of_the_caller(door: Door, contact: Contact) -> None:
    assert door(f"callid={CALLER}&dnd=226211245") == KNOWN


def test_pasted_lines_work_as_they_are_shown(hook: Hook, contact: Contact) -> None:
    answers = {}
    for when, line in dialplan_lines(hook, base_url="http://testserver"):
        address = line.removeprefix('AGI(notify_crm_api.agi,"').removesuffix('","CRMAPI")')
        for variable, value in VARIABLES.items():
            address = address.replace(variable, value)
        answers[when] = Client().get(address).json()
    assert answers == {"on arrival": KNOWN, "ringing at a line": KNOWN, "answer": KNOWN, "hang-up": {}}


def test_note_never_leaves_and_empty_fields_are_left_out(door: Door, contact: Contact) -> None:
    Contact.objects.update(address="", company="Daktela")
    assert door(f"callid={CALLER}") == {"NAME": "Daktela s.r.o.", "COMPANY": "Daktela"}


@pytest.mark.parametrize(
    "query", ["", "callid=", "callid=anonymous", "callid=601999888", "nonsense", "%%%=&"]
)
def test_unknown_callers_are_answered_with_an_empty_object(door: Door, contact: Contact, query: str) -> None:
    assert door(query) == {}


def test_any_path_below_the_secret_will_do(door: Door, contact: Contact) -> None:
    assert door(f"callid={CALLER}", path="path/script") == KNOWN


def test_form_that_is_posted_without_any_token_is_taken(door: Door, contact: Contact) -> None:
    assert door.post("callid=+420777123456&dnd=226211245") == KNOWN


def test_form_in_parts_is_taken(hook: Hook, contact: Contact) -> None:
    answer = Client(enforce_csrf_checks=True).post(f"/hooks/{hook.secret}/", {"callid": "+420777123456"})
    assert answer.json() == KNOWN


def test_answer_is_kept_by_no_cache(hook: Hook) -> None:
    assert "no-store" in Client().get(f"/hooks/{hook.secret}/")["Cache-Control"]


def test_other_methods_are_refused(hook: Hook) -> None:
    assert Client().put(f"/hooks/{hook.secret}/").status_code == 405


def test_arrival_is_answered_with_two_questions_to_the_database(
    door: Door, contact: Contact, django_assert_num_queries: Callable
) -> None:
    with django_assert_num_queries(2):
        door(f"callid={CALLER}&dnd=226211245")


# Names for the boards


def test_name_is_kept_by_number_from_the_arrival(door: Door, contact: Contact) -> None:
    door(f"callid={CALLER}")
    assert caller_names("main", {"1.1": "00420 777 123 456", "1.2": "601999888", "1.3": None}) == {
        "1.1": "Daktela s.r.o."
    }


def test_pbx_has_its_answer_before_anything_is_kept(hook: Hook, contact: Contact) -> None:
    response = views.hook(RequestFactory().get("/", {"callid": CALLER}), hook.secret)
    assert json.loads(response.content) == KNOWN
    assert caller_names("main", {"1.1": CALLER}) == {}
    response.close()
    assert caller_names("main", {"1.1": CALLER}) == {"1.1": "Daktela s.r.o."}


def test_name_is_kept_by_call_from_the_ringing(door: Door, contact: Contact) -> None:
    door(later_hook("ringing", call_id="1.1"))
    assert caller_names("main", {"1.1": None}) == {"1.1": "Daktela s.r.o."}


def test_name_of_a_call_goes_with_the_hang_up(door: Door, contact: Contact) -> None:
    door(later_hook("ringing", call_id="1.1"))
    door(later_hook("hangup", call_id="1.1"))
    assert caller_names("main", {"1.1": None}) == {}


def test_company_is_the_name_of_who_has_no_other(door: Door, contact: Contact) -> None:
    Contact.objects.update(name="", company="Daktela")
    door(f"callid={CALLER}")
    assert caller_names("main", {"1.1": CALLER}) == {"1.1": "Daktela"}


def test_names_of_one_pbx_are_not_those_of_another(door: Door, contact: Contact) -> None:
    door(f"callid={CALLER}")
    assert caller_names("second", {"1.1": CALLER}) == {}


def test_names_are_asked_for_all_calls_at_once_and_not_at_all_without_calls(
    door: Door, contact: Contact, redis_client: redis.Redis
) -> None:
    door(f"callid={CALLER}")
    redis_client.config_resetstat()
    assert caller_names("main", {}) == {}
    assert "cmdstat_mget" not in redis_client.info("commandstats")
    caller_names("main", {f"1.{number}": f"60111{number:04}" for number in range(500)})
    assert redis_client.info("commandstats")["cmdstat_mget"]["calls"] == 1


def test_everything_that_is_kept_goes_by_itself(
    door: Door, contact: Contact, redis_client: redis.Redis
) -> None:
    door(later_hook("ringing"))
    keys = list(redis_client.scan_iter("wallboard:callers:*"))
    assert len(keys) == 2
    assert all(redis_client.pttl(key) > 0 for key in keys)


# Secrets


@pytest.mark.parametrize("secret", ["x", "x" * 43, "%00", "%FF%FE", "x" * 5000, "..", "ž"])
def test_wrong_secret_is_not_found(hook: Hook, secret: str) -> None:
    assert Client().get(f"/hooks/{secret}/?callid={CALLER}").status_code == 404


def test_hooks_without_a_secret_are_not_found(hook: Hook) -> None:
    assert Client().get("/hooks/").status_code == 404


def test_renewed_secret_closes_the_old_address(hook: Hook, contact: Contact) -> None:
    old = f"/hooks/{hook.secret}/?callid={CALLER}"
    new = f"/hooks/{hook_renew(hook.pbx).secret}/?callid={CALLER}"
    assert Client().get(old).status_code == 404
    assert Client().get(new).json() == KNOWN


def test_secret_is_made_once_and_differs_for_each_pbx(hook: Hook) -> None:
    other = Pbx.objects.create(slug="second", title="Druhá", base_url="http://127.0.0.1:2")
    assert hook_ensure(hook.pbx).secret == hook.secret
    assert hook_ensure(other).secret != hook.secret
    assert len(hook.secret) >= 40


def test_secret_is_not_readable_in_the_table(hook: Hook) -> None:
    stored = Hook.objects.extra(select={"raw": "secret || secret_digest"}).values_list("raw", flat=True).get()
    assert hook.secret not in stored


def test_guessing_is_slowed_down_per_address(hook: Hook, caplog: pytest.LogCaptureFixture) -> None:
    client = Client()
    statuses = [client.get(f"/hooks/guess-{number}/").status_code for number in range(guesses.AT_MOST + 5)]
    assert statuses == [404] * guesses.AT_MOST + [429] * 5
    assert client.get("/hooks/guess/", REMOTE_ADDR="192.0.2.7").status_code == 404
    lines = [record.getMessage() for record in caplog.records if record.name == "dashboard.contacts.guesses"]
    assert len(lines) == 1
    assert "127.0.0.1" in lines[0]


def test_addresses_of_one_ipv6_network_count_together(hook: Hook) -> None:
    client = Client()
    for number in range(guesses.AT_MOST):
        client.get("/hooks/guess/", REMOTE_ADDR=f"2001:db8::{number:x}")
    assert client.get("/hooks/guess/", REMOTE_ADDR="2001:db8::ffff").status_code == 429
    assert client.get("/hooks/guess/", REMOTE_ADDR="2001:db8:0:1::1").status_code == 404


def test_right_secret_is_answered_though_the_address_has_guessed(
    hook: Hook, door: Door, contact: Contact
) -> None:
    """One of the four lines with an old secret must not close the door to the other three."""
    for _ in range(guesses.AT_MOST + 5):
        Client().get("/hooks/old-secret/")
    assert door(f"callid={CALLER}") == KNOWN


def test_no_secret_is_logged(hook: Hook, contact: Contact, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client = Client()
    client.get(f"/hooks/{hook.secret}/?callid={CALLER}")
    client.put(f"/hooks/{hook.secret}/")
    client.get(f"/hooks/{hook.secret}x/")
    hook_renew(hook.pbx)
    client.get(f"/hooks/{hook.secret}/?callid={CALLER}")
    assert "hooks/…" in caplog.text, "refused requests are not logged at all"
    assert hook.secret not in caplog.text
    assert hook.secret not in repr([vars(record).get("args") for record in caplog.records])


def test_failure_behind_the_door_is_logged_without_the_secret(
    hook: Hook, caplog: pytest.LogCaptureFixture, settings
) -> None:
    settings.REDIS_URL = "nonsense://"
    client = Client(raise_request_exception=False)
    assert client.get(f"/hooks/{hook.secret}/?callid={CALLER}").status_code == 500
    assert "Internal Server Error" in caplog.text
    assert hook.secret not in caplog.text


# Nudges


def test_hook_asks_for_a_poll_at_once(
    door: Door, polls_asked: Callable[..., int], redis_client: redis.Redis
) -> None:
    door(f"callid={CALLER}")
    assert polls_asked(expected=1) == 1
    message = json.loads(redis_client.lindex("live", 0))
    assert message["headers"]["task"] == "dashboard.tasks.poll_pbx"
    args, keywords, _ = json.loads(base64.b64decode(message["body"]))
    assert (args, keywords) == (["main"], {"is_nudged": True})


def test_many_hooks_ask_for_few_polls_and_the_last_one_is_not_lost(
    door: Door, polls_asked: Callable[..., int]
) -> None:
    for _ in range(50):
        door(later_hook("ringing", caller="601999888"))
    assert 2 <= polls_asked(expected=2) <= 10


def test_wrong_secret_asks_for_no_poll(hook: Hook, redis_client: redis.Redis) -> None:
    Client().get(f"/hooks/x/?callid={CALLER}")
    assert redis_client.llen("live") == 0


def test_canonical_number_of_the_tests_is_what_the_callers_number_becomes() -> None:
    assert CANONICAL.endswith(CALLER)
