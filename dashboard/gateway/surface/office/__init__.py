"""Actions beside the calls: records and call scripts, short messages, e-mails, activities, events."""

from dashboard.gateway.surface.office.desk import VARIANTS as DESK
from dashboard.gateway.surface.office.moving import VARIANTS as MOVING
from dashboard.gateway.surface.office.records import VARIANTS as RECORDS
from dashboard.gateway.surface.office.scripts import VARIANTS as SCRIPTS
from dashboard.gateway.surface.office.searching import VARIANTS as SEARCHING
from dashboard.gateway.surface.office.sms import VARIANTS as SMS
from dashboard.gateway.surface.office.sms_connect import VARIANTS as SMS_CONNECT

VARIANTS = (*RECORDS, *MOVING, *SEARCHING, *SCRIPTS, *SMS, *SMS_CONNECT, *DESK)
