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
Extension = NewType("Extension", str)
Phone = NewType("Phone", str)
