"""The table of actions, and which of them a request means."""

from dashboard.gateway.surface import commands, history, lists, office, realtime, users_state
from dashboard.gateway.surface.asking import ApiError, Ask
from dashboard.gateway.surface.variant import Variant, version_number

AGENT = ("user", "extension")


VARIANTS = (
    Variant(action="GetQueues", version="3.0", answer=lists.queues),
    Variant(action="GetUsers", version="3.0", answer=lists.users),
    Variant(action="GetUser", version="4.0", answer=lists.user_of_token),
    Variant(action="GetPauses", version="3.0", answer=lists.pauses_old),
    Variant(action="GetPauses", version="3.3", answer=lists.pauses),
    Variant(action="DeviceStates", version="3.0", answer=lists.devices),
    Variant(action="RTStatsQueues", version="3.5", answer=realtime.queues),
    Variant(action="RTStatsSessions", version="3.5", answer=realtime.sessions),
    Variant(action="RTStatsCalls", version="3.5", answer=realtime.calls),
    Variant(action="RTStatsPauses", version="3.5", answer=realtime.pauses),
    Variant(action="RTStatsQueuesSummary", version="3.5", answer=realtime.summary),
    Variant(action="RTUserState", version="3.9", answer=users_state.user_state, one_of=AGENT),
    Variant(
        action="RTUserState",
        version="4.0",
        answer=users_state.user_state_with_queues,
        one_of=AGENT,
        held_by="hash",
    ),
    Variant(action="RTUsersState", version="4.1", answer=users_state.users_state),
    *office.VARIANTS,
    *history.VARIANTS,
    *commands.VARIANTS,
)


class ActionTable:
    """Finds the variant for a request: the newest one that is not above the version asked for."""

    def __init__(self, variants: tuple[Variant, ...] = VARIANTS) -> None:
        self._by_action: dict[str, list[Variant]] = {}
        for variant in sorted(variants, key=lambda known: known.number, reverse=True):
            self._by_action.setdefault(variant.action, []).append(variant)

    def find(self, *, action: str, version: str) -> Variant:
        """The variant, or an error for an action or version that does not exist."""
        wanted = version_number(version)
        known = self._by_action.get(action)
        if known is None:
            raise ApiError(f"Akce {action} neexistuje")
        for variant in known:
            if variant.number <= wanted:
                return variant
        raise ApiError(f"Akce {action} není ve verzi {version} k dispozici")


def parameters_check(variant: Variant, ask: Ask) -> None:
    """Fail if a parameter that the action needs was not sent."""
    for name in variant.required:
        if not ask.parameters.has(name):
            raise ApiError(f"Chybí povinný parametr {name}")
    if variant.one_of and not any(ask.parameters.has(name) for name in variant.one_of):
        raise ApiError(f"Chybí jeden z parametrů {', '.join(variant.one_of)}")
