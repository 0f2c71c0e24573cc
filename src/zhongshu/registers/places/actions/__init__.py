"""What changes places. Every change is one transaction and one entry under the edition of places."""

from zhongshu.registers.places.actions.cells import import_cells
from zhongshu.registers.places.actions.city import load_city
from zhongshu.registers.places.actions.components import import_components
from zhongshu.registers.places.actions.regions import import_regions

__all__ = ["import_cells", "import_components", "import_regions", "load_city"]
