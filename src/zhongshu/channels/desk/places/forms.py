"""What is chosen to take a file in."""

from zhongshu.base.http.access import Request
from zhongshu.base.http.refusals import Invalid, TooLarge
from zhongshu.registers.places.rules import datum
from zhongshu.registers.places.rules.geojson import BOUNDS
from zhongshu.registers.places.rules.order import Order, register


def order(request: Request, *, sound_only: bool = False) -> Order:
    """The file that was sent, and how it is to be read; `Invalid` names the field at fault."""
    posted, file = request.POST, request.FILES.get("file")
    kind = register(posted.get("register", ""))
    if not posted.get("datum"):
        raise Invalid("请选择文件的坐标系；不清楚时请问提供文件的人。", field="datum")
    measured = datum.named(posted["datum"])
    if file is None:
        raise Invalid("请选择要导入的文件。", field="file")
    if file.size is None or file.size > BOUNDS.size:
        raise TooLarge("文件过大：一次最多 {limit} MB，请分成几个文件。", field="file", limit=BOUNDS.size >> 20)
    complete = posted.get("complete") == "yes"
    return Order(kind, file.read(), measured, complete, sound_only, (file.name or "")[:200])
