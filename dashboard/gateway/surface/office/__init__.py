"""Actions beside the calls: records and call scripts, short messages, e-mails, activities, events."""

from dashboard.gateway.surface.office import desk, moving, records, scripts, searching, sms, sms_connect

VARIANTS = (
    *records.VARIANTS,
    *moving.VARIANTS,
    *searching.VARIANTS,
    *scripts.VARIANTS,
    *sms.VARIANTS,
    *sms_connect.VARIANTS,
    *desk.VARIANTS,
)
