"""The actions about what has been: calls, attempts, sessions, queues, pauses, charges and recordings."""

from dashboard.gateway.surface.history import calls, charges, last_calls, recordings, stays, trace
from dashboard.gateway.surface.variant import Variant

INTERVAL = ("datetime_from", "datetime_to")

VARIANTS = (
    Variant(action="StatsCalls", version="4.1", answer=calls.calls, required=INTERVAL),
    Variant(action="GetAttempts", version="4.1", answer=calls.attempts, required=INTERVAL),
    Variant(action="StatsCallsRepeated", version="3.9", answer=calls.repeated, required=INTERVAL),
    Variant(action="StatsTrace", version="3.5", answer=trace.trace, required=(*INTERVAL, "user")),
    Variant(action="StatsUsersSessions", version="4.1", answer=stays.sessions, required=INTERVAL),
    Variant(action="StatsUsersQueues", version="4.1", answer=stays.queues, required=INTERVAL),
    Variant(action="StatsUsersPauses", version="4.1", answer=stays.pauses, required=INTERVAL),
    Variant(action="CDR", version="3.5", answer=charges.charges, required=INTERVAL),
    Variant(action="AboutCall", version="3.0", answer=charges.about_call, required=("id_call",)),
    Variant(action="LastCall", version="3.9", answer=last_calls.of_agent, one_of=("extension", "user")),
    Variant(action="LastCallNumber", version="3.9", answer=last_calls.of_number, required=("phonenumber",)),
    Variant(action="GetRecording", version="3.0", answer=recordings.recording, required=("recording_hash",)),
)
