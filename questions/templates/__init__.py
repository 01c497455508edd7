"""Drawn questions: `draw` gives the same item for the same template and seed, for ever."""

from __future__ import annotations

from collections.abc import Mapping

from questions.model import Item
from questions.templates import (
    delivery,
    expressions,
    formats,
    gathering,
    gauges,
    http,
    keeping,
    keys,
    machines,
    nets,
    packed,
    pages,
    platforms,
    programs,
    queries,
    readers,
    records,
    services,
    shells,
    spread,
    stores,
    structures,
    tables,
    texts,
    working,
)
from questions.templates.template import Template, item

__all__ = ["ALL", "TEMPLATES", "Template", "draw"]

ALL: tuple[Template, ...] = (
    *http.TEMPLATES,
    *tables.TEMPLATES,
    *programs.TEMPLATES,
    *machines.TEMPLATES,
    *services.TEMPLATES,
    *formats.TEMPLATES,
    *queries.TEMPLATES,
    *gathering.TEMPLATES,
    *stores.TEMPLATES,
    *structures.TEMPLATES,
    *expressions.TEMPLATES,
    *texts.TEMPLATES,
    *working.TEMPLATES,
    *delivery.TEMPLATES,
    *pages.TEMPLATES,
    *readers.TEMPLATES,
    *nets.TEMPLATES,
    *shells.TEMPLATES,
    *platforms.TEMPLATES,
    *gauges.TEMPLATES,
    *keeping.TEMPLATES,
    *records.TEMPLATES,
    *keys.TEMPLATES,
    *packed.TEMPLATES,
    *spread.TEMPLATES,
)
TEMPLATES: Mapping[str, Template] = {template.id: template for template in ALL}


def draw(template_id: str, seed: str) -> Item:
    """Draw the item of a template and a seed; KeyError for an unknown template."""
    return item(TEMPLATES[template_id], seed)
