"""What changes places. Every change is one transaction and one entry under the edition of places."""

from zhongshu.registers.places.actions.city import load_city
from zhongshu.registers.places.actions.importing import import_cells, import_components, import_regions, take_in

__all__ = ["import_cells", "import_components", "import_regions", "load_city", "take_in"]
