"""E-mails."""

from dashboard.pbx.groups.base import Action, Group
from dashboard.pbx.ids import Login, QueueNumber
from dashboard.pbx.request import Effect, Request, given
from dashboard.pbx.shapes import one
from dashboard.pbx.wire.messages import EmailCreated

CREATED = one(EmailCreated)


class Emails(Group):
    @Action
    @staticmethod
    def create(
        *,
        queue: QueueNumber,
        subject: str,
        sender: str,
        body: str,
        user: Login | None = None,
        name: str | None = None,
        deadline_s: float | None = None,
    ) -> Request[EmailCreated]:
        """EmailCreate: an inbound e-mail with its activity and ticket. PbxNotAnEmailQueue for another queue."""
        params = given(
            {"queue": queue, "subject": subject, "from": sender, "body": body, "user": user, "name": name}
        )
        return Request(
            action="EmailCreate",
            version="4.1",
            effect=Effect.ACTION,
            params=params,
            shape=CREATED,
            deadline_s=deadline_s,
        )
