"""What is lost when something is deleted, told in sentences before it happens."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest


class TellsLosses(admin.ModelAdmin[Any]):
    """The confirmation of a deletion, of one or of several, shows sentences instead of a tree of rows."""

    def losses(self, row: Any) -> list[str]:
        """What goes with this row, and what stays though one might think it goes."""
        raise NotImplementedError

    def get_deleted_objects(
        self, objs: QuerySet[Any] | Sequence[Any], request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        """Sentences in place of the rows; one group per row where several are deleted.

        The rows that would go by cascade are not even collected: a PBX may have millions.
        """
        rows: Collection[Model] = list(objs)
        needed = {str(self.opts.verbose_name) for row in rows if not self.has_delete_permission(request, row)}
        told = [self.losses(row) for row in rows]
        pairs = zip(rows, told, strict=True)
        listed = told[0] if len(told) == 1 else [part for row, one in pairs for part in (str(row), one)]
        return listed, {}, needed, []
