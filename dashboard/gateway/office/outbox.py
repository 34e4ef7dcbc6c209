"""A gateway for short messages: what waits in it, in which order it leaves, and what it remembers."""

import heapq
from collections import deque
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from dashboard.gateway.errors import Refused
from dashboard.gateway.office.messages import DAY_MS, Draft, Message, MessageState, Notice, SmsSettings

KEPT_MS = 183 * DAY_MS
MESSAGES_KEPT = 200_000
HANDED_ON_AFTER_MS = 2000
HOUR_S = 3600


class Outbox:
    """The messages of one gateway by id. Nothing happens in it by itself: it catches up whenever it is asked.

    `now` tells the moment; one message leaves every `pace_ms`. `when_news` is told what happens to messages, at the
    latest when the outbox catches up. Not safe for several threads.
    """

    def __init__(self, *, now: Callable[[], int], timezone: str, first_id: int, pace_ms: int) -> None:
        self._now, self._zone, self._pace_ms = now, ZoneInfo(timezone), pace_ms
        self.settings = SmsSettings()
        self._messages: dict[int, Message] = {}
        self._next_id = first_id
        # Waiting messages by (when they may leave, id), then, once they may, by (-priority, id).
        self._scheduled: list[tuple[int, int]] = []
        self._due: list[tuple[int, int]] = []
        self.group_ids: set[int] = set()
        self._free_at = 0
        self._single_sent: deque[int] = deque()
        self._receipts: list[tuple[int, int]] = []
        self.when_news: Callable[[Notice, Message], None] = lambda notice, message: None

    def messages(self) -> list[Message]:
        """All that are remembered, oldest first."""
        self.catch_up()
        return list(self._messages.values())

    def find(self, message_id: int) -> Message | None:
        """The message, if it is remembered."""
        self.catch_up()
        return self._messages.get(message_id)

    def send(self, draft: Draft, *, is_forbidden: bool = False) -> Message:
        """Take over a message to be sent alone."""
        return self._take(draft, group_id=None, is_forbidden=is_forbidden)

    def receive(self, draft: Draft) -> Message:
        """A message has come in from outside."""
        self.catch_up()
        self._make_room(1)
        now_at = self._now()
        message = Message(id=self._new_id(), draft=draft, created_at=now_at, is_inbound=True).received(now_at)
        self._messages[message.id] = message
        self.when_news(Notice.IN, message)
        return message

    def send_group(self, drafts: Iterable[Draft], *, is_forbidden: bool = False) -> tuple[int, list[Message]]:
        """Take over messages that can be stopped together; the id of the group, and the messages."""
        wanted = list(drafts)
        self._make_room(len(wanted))
        group_id = self._new_id()
        self.group_ids.add(group_id)
        return group_id, [self._take(draft, group_id=group_id, is_forbidden=is_forbidden) for draft in wanted]

    def group(self, group_id: int) -> list[Message]:
        """The messages of the group; empty if there is no such group."""
        return [message for message in self.messages() if message.group_id == group_id]

    def group_remove(self, group_id: int) -> int:
        """Stop those messages of the group that still wait; how many they are."""
        waiting = [message for message in self.group(group_id) if self.is_waiting(message)]
        for message in waiting:
            del self._messages[message.id]
        return len(waiting)

    def is_waiting(self, message: Message) -> bool:
        """Whether it has still to be sent."""
        return not message.is_inbound and message.state(self._now()) is MessageState.NEW

    def settings_change(self, settings: SmsSettings) -> None:
        """From now on, send by these."""
        self.catch_up()
        self.settings = settings

    def remember(self, message: Message) -> None:
        """Add a message of the past; its id must be a new one, greater than all before."""
        self._messages[message.id] = message
        self._next_id = max(self._next_id, message.id + 1)

    def _take(self, draft: Draft, *, group_id: int | None, is_forbidden: bool) -> Message:
        self.catch_up()
        self._make_room(1)
        now_at = self._now()
        message = Message(id=self._new_id(), draft=draft, created_at=now_at, group_id=group_id)
        if is_forbidden:
            message = message.forbidden()
        else:
            may_from_at = max(draft.scheduled_at or 0, now_at + HANDED_ON_AFTER_MS)
            heapq.heappush(self._scheduled, (may_from_at, message.id))
        self._messages[message.id] = message
        return message

    def _new_id(self) -> int:
        self._next_id += 1
        return self._next_id - 1

    def _make_room(self, count: int) -> None:
        if len(self._messages) + count > MESSAGES_KEPT:
            raise Refused(f"Brána nepojme více než {MESSAGES_KEPT} zpráv")

    def catch_up(self) -> None:
        """Send what was to leave by now, tell of receipts, and forget what is too old."""
        now_at = self._now()
        while self._send_next(now_at):
            continue
        # What could leave by now has left: later changes of the settings do not reach back.
        self._free_at = max(self._free_at, now_at)
        while self._receipts and self._receipts[0][0] <= now_at:
            message_id = heapq.heappop(self._receipts)[1]
            if message_id in self._messages:
                self.when_news(Notice.CONFIRMED, self._messages[message_id])
        for message in list(self._oldest(now_at - KEPT_MS)):
            del self._messages[message.id]

    def _oldest(self, before_at: int) -> Iterable[Message]:
        for message in self._messages.values():
            if message.created_at >= before_at:
                return
            yield message

    def _send_next(self, now_at: int) -> bool:
        """Send the one message whose turn is next, if its turn has come; whether there may be another."""
        if not self._due and not self._scheduled:
            return False
        at = self._free_at if self._due else max(self._free_at, self._scheduled[0][0])
        at = self._allowed_from(at)
        if at > now_at:
            return False
        while self._scheduled and self._scheduled[0][0] <= at:
            _, message_id = heapq.heappop(self._scheduled)
            # One that is not there any more was stopped.
            if message_id in self._messages:
                heapq.heappush(self._due, (-self._messages[message_id].draft.priority, message_id))
        if self._due:
            self._leave(heapq.heappop(self._due)[1], at=at)
        return True

    def _leave(self, message_id: int, *, at: int) -> None:
        message = self._messages.get(message_id)
        if message is None:
            return
        if message.group_id is None:
            may_from_at = self._rate_allows_from()
            if may_from_at > at:
                heapq.heappush(self._scheduled, (may_from_at, message_id))
                return
            self._single_sent.append(at)
        sent = self._messages[message_id] = message.sent(at)
        self._free_at = at + self._pace_ms
        if sent.draft.wants_receipt and sent.fate is MessageState.DELIVERED and sent.settled_at is not None:
            heapq.heappush(self._receipts, (sent.settled_at, message_id))
        self.when_news(Notice.OUT, sent)

    def _rate_allows_from(self) -> int:
        """The moment from which one more single message keeps within the rate."""
        limit, period_ms = self.settings.rate_limit, self.settings.rate_s * 1000
        if not limit or not period_ms:
            self._single_sent.clear()
            return 0
        while len(self._single_sent) > limit:
            self._single_sent.popleft()
        return self._single_sent[0] + period_ms if len(self._single_sent) == limit else 0

    def _allowed_from(self, at: int) -> int:
        """This moment, or the next one that lies within the allowed hours."""
        seconds = at // 1000
        for _ in range(25):
            local = datetime.fromtimestamp(seconds, UTC).astimezone(self._zone)
            if self.settings.allows(local.hour):
                return max(at, seconds * 1000)
            seconds += HOUR_S - local.minute * 60 - local.second
        return at
