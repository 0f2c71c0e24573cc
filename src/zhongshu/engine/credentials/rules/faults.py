"""Why a code, a list of keys or a status list is refused: a closed list."""

from enum import Enum


class Reason(Enum):
    """Each with the sentence that the verifier's screen shows."""

    NOT_OURS = "这不是本平台的码，请出示办事码、通行码或证照码。"
    TOO_LONG = "内容太长，不是本平台的码。"
    BROKEN = "码残缺，或者被改动过，请重新出示或重新打印。"
    OTHER_ISSUER = "签发单位不在名单内，请到签发单位核对。"
    ALGORITHM_SWAPPED = "签名算法与签发单位的密钥不符，这个码是伪造的。"
    KID_MOVED = "密钥编号不在签名保护之内，这个码是伪造的。"
    DUPLICATE_KEYS = "码里同一项写了两次，这个码是伪造的。"
    TRAILING_BYTES = "码的末尾有多余内容，这个码是伪造的。"
    TOO_DEEP = "码的内容层层嵌套，这个码是伪造的。"
    KEY_ENDED = "签发时所用的密钥当时未启用或已停用，请重新领取。"
    NOT_YET_VALID = "码还没有生效，请核对设备的时间。"
    EXPIRED = "码已过期，请刷新后重新出示，或重新打印。"
    REVOKED = "码已作废，请联系签发单位。"
    REPLAYED = "这个码已经用过，请刷新后重新出示。"
    LIST_TOO_OLD = "核验设备的名单太旧，不能作出判断，请联网更新。"


class Faulty(ValueError):
    """Refused for a reason of the list."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.name)
        self.reason = reason
