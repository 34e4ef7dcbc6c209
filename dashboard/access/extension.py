"""What may be a telephone of one's own."""

from __future__ import annotations

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_EXTENSION: Final = re.compile(r"[0-9A-Za-z*#+]{1,20}")


def extension_cleaned(text: str) -> str:
    """Without blanks; "" for none. Raises ValidationError for what no telephone has."""
    extension = "".join(text.split())
    if extension and not _EXTENSION.fullmatch(extension):
        raise ValidationError(_("An extension consists of digits and letters, such as 204."))
    return extension
