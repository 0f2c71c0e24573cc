"""What another system asked for wrongly, in the words of the standard (RFC 6749, 4.1.2.1 and 5.2)."""


class Wrong(Exception):
    """`code` is the standard's word for it, `why` a sentence for the developer of the other system."""

    def __init__(self, code: str, why: str, status: int = 400) -> None:
        super().__init__(why)
        self.code, self.why, self.status = code, why, status
