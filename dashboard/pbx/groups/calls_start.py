"""Calls: starting them."""

from collections.abc import Mapping

from dashboard.pbx.groups.base import Action, Group
from dashboard.pbx.ids import CallId, Extension, Login, Phone, QueueNumber
from dashboard.pbx.request import Effect, Request, flag, given, mapping, true_false
from dashboard.pbx.shapes import one
from dashboard.pbx.wire.calls import CallStarted

STARTED = one(CallStarted)


class CallStarts(Group):
    @Action
    @staticmethod
    def create(
        *,
        user: Login,
        number: Phone,
        accountcode: str | None = None,
        autoanswer: bool = False,
        waitingtime: int | None = None,
        dialingtime: int | None = None,
        idcall: CallId | None = None,
        agenttext: str | None = None,
        queue: QueueNumber | None = None,
        ticket: str | None = None,
        deadline_s: float | None = None,
    ) -> Request[CallStarted]:
        """CreateCall 3.1: an agent's outbound call. PbxNotInOutboundQueue if the agent is in none. Times in seconds."""
        params = given(
            {
                "user": user,
                "number": number,
                "accountcode": accountcode,
                "autoanswer": flag(autoanswer, "yes"),
                "waitingtime": waitingtime,
                "dialingtime": dialingtime,
                "idcall": idcall,
                "agenttext": agenttext,
                "queue": queue,
                "ticket": ticket,
            }
        )
        return Request(
            action="CreateCall",
            version="3.1",
            effect=Effect.ACTION,
            params=params,
            shape=STARTED,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def create_from_extension(
        *,
        extension: Extension,
        number: Phone,
        accountcode: str | None = None,
        autoanswer: bool = False,
        waitingtime: int | None = None,
        idcall: CallId | None = None,
        agenttext: str | None = None,
        deadline_s: float | None = None,
    ) -> Request[CallStarted]:
        """CreateCall 3.0: a line's outbound call, without call-centre demands. Times in seconds."""
        params = given(
            {
                "extension": extension,
                "number": number,
                "accountcode": accountcode,
                "autoanswer": flag(autoanswer, "yes"),
                "waitingtime": waitingtime,
                "idcall": idcall,
                "agenttext": agenttext,
            }
        )
        return Request(
            action="CreateCall",
            version="3.0",
            effect=Effect.ACTION,
            params=params,
            shape=STARTED,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def create_remote(
        *,
        primarynumber: Phone,
        secondarynumber: Phone,
        accountcode: str | None = None,
        directdid: bool = False,
        dialingtime: int | None = None,
        idcall: CallId | None = None,
        recording: bool | None = None,
        variables: Mapping[str, str] | None = None,
        deadline_s: float | None = None,
    ) -> Request[CallStarted]:
        """CreateRemoteCall: call one number, and connect it with the other once it answers. Times in seconds."""
        params = given(
            {
                "primarynumber": primarynumber,
                "secondarynumber": secondarynumber,
                "accountcode": accountcode,
                "directdid": flag(directdid, "true"),
                "dialingtime": dialingtime,
                "idcall": idcall,
                "recording": true_false(recording),
            }
        )
        return Request(
            action="CreateRemoteCall",
            version="3.8",
            effect=Effect.ACTION,
            params=params + mapping("variables", variables),
            shape=STARTED,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def click_to_call(
        *,
        queue: QueueNumber,
        number: Phone,
        agenttext: str | None = None,
        waitingtime: int | None = None,
        idcall: CallId | None = None,
        deadline_s: float | None = None,
    ) -> Request[CallStarted]:
        """ClickToCall: put a customer's number into a click-to-call queue. `waitingtime` in seconds (7200)."""
        params = given(
            {
                "queue": queue,
                "number": number,
                "agenttext": agenttext,
                "waitingtime": waitingtime,
                "idcall": idcall,
            }
        )
        return Request(
            action="ClickToCall",
            version="3.9",
            effect=Effect.ACTION,
            params=params,
            shape=STARTED,
            deadline_s=deadline_s,
        )
