"""One type per kind of identifier, so that mypy refuses a queue's number where its ID is meant.

All are text underneath: the PBX sends most of them as strings, and a call's ID loses digits as a number.
"""

from typing import NewType

QueueId = NewType("QueueId", str)
QueueNumber = NewType("QueueNumber", str)
UserId = NewType("UserId", str)
Login = NewType("Login", str)
CallId = NewType("CallId", str)
PauseId = NewType("PauseId", str)
PauseName = NewType("PauseName", str)
Extension = NewType("Extension", str)
Phone = NewType("Phone", str)
RecordId = NewType("RecordId", str)
StatusId = NewType("StatusId", str)
StatusName = NewType("StatusName", str)
FieldId = NewType("FieldId", str)
FieldName = NewType("FieldName", str)
MessageId = NewType("MessageId", str)
MessageGroupId = NewType("MessageGroupId", str)
