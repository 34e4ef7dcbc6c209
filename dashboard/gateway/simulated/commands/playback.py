"""Announcements played into a call: both ends hear them."""

from dataclasses import dataclass
from functools import partial

from dashboard.gateway.commands import Announcement, CommandRefused, Control, Reason
from dashboard.gateway.simulated.commands.stage import Stage
from dashboard.gateway.simulated.floor import Call
from dashboard.gateway.simulated.plain_calls import PlainCall

LENGTHS_MS = {
    "Upozornujeme_ze_v_ramci_zkvalitneni_sluzeb_mohou_byt_hovory_monitorovany.wav": 7_400,
    "Provozni_doba.wav": 21_000,
    "Cekejte_prosim.wav": 4_200,
    "Vsichni_operatori_hovori.wav": 5_800,
}


@dataclass(slots=True)
class Player:
    """A recording at `position_ms`, where it was at the moment `since_at`."""

    length_ms: int
    skip_ms: int
    position_ms: int
    since_at: int
    is_paused: bool = False

    def wind(self, by_ms: int, *, now_at: int) -> None:
        """Move on to now, then by so many milliseconds, not before the beginning."""
        played_ms = 0 if self.is_paused else now_at - self.since_at
        self.position_ms = max(0, self.position_ms + played_ms + by_ms)
        self.since_at = now_at

    @property
    def is_over(self) -> bool:
        """Whether the end was reached when it was last wound."""
        return self.position_ms >= self.length_ms


class Playback:
    """What plays in which call."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._players: dict[str, Player] = {}

    def play(
        self,
        *,
        user_id: int | None,
        extension: str | None,
        control: Control,
        announcement: Announcement | None,
    ) -> bool:
        """Play an announcement into a call, or change what plays; whether something plays now."""
        with self._stage.acting() as world:
            call = self._call(user_id=user_id, extension=extension)
            if announcement is not None and control is Control.PLAY:
                self._begin(call, announcement)
                return True
            player = self._running(call.id)
            if control is Control.STATUS:
                return player is not None
            if player is None:
                raise CommandRefused(Reason.NOTHING_PLAYS)
            if control is Control.STOP:
                del self._players[call.id]
            elif control is Control.PAUSE:
                player.is_paused = not player.is_paused
            else:
                sign = -1 if control is Control.REWIND else 1
                player.wind(sign * player.skip_ms, now_at=world.now_at)
            return self._running(call.id) is not None

    def _call(self, *, user_id: int | None, extension: str | None) -> Call | PlainCall:
        stage = self._stage
        if user_id is not None:
            agent = stage.present(user_id)
            extension = agent.extension
        sitter = stage.lines.sitter(stage.line(extension or ""))
        if sitter is not None and sitter.call is not None:
            return stage.spoken_call(sitter)
        plain = stage.plain.at_line(extension or "")
        if plain is None or plain.answered_at is None:
            raise CommandRefused(Reason.NO_CALL)
        return plain

    def _begin(self, call: Call | PlainCall, announcement: Announcement) -> None:
        length_ms = LENGTHS_MS.get(announcement.recording)
        if length_ms is None:
            raise CommandRefused(Reason.RECORDING_UNKNOWN, announcement.recording)
        if call.id not in self._players:
            call.when_over.append(partial(self._forget, call.id))
        self._players[call.id] = Player(
            length_ms=length_ms,
            skip_ms=announcement.skip_ms,
            position_ms=announcement.begin_ms,
            since_at=self._stage.world.now_at,
        )

    def _forget(self, call_id: str) -> None:
        self._players.pop(call_id, None)

    def _running(self, call_id: str) -> Player | None:
        player = self._players.get(call_id)
        if player is None:
            return None
        player.wind(0, now_at=self._stage.world.now_at)
        return None if player.is_over else player
