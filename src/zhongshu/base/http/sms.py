"""Text messages to telephones, through the gateway of an operator's choice."""

import logging
from dataclasses import dataclass

from zhongshu.base.http import outgoing

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class HttpGateway:
    """An HTTP gateway: `POST address` with `{"phone", "text", "template"}`, the key as a bearer token; 2xx is taken."""

    address: str
    key: str = ""
    template: str = ""

    def send(self, phone: str, sentence: str) -> None:
        """Hand a message over; what the gateway does not take raises."""
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        said = {"phone": phone, "text": sentence, "template": self.template}
        with outgoing.client("sms") as client:
            answer = client.post(self.address, json=said, headers=headers)
        if not answer.is_success:
            raise RuntimeError(f"the gateway answered {answer.status_code}")


class Console:
    """Writes messages to the log: for a demonstration without a gateway, never for a city."""

    def send(self, phone: str, sentence: str) -> None:
        """Show the message to whoever runs the demonstration."""
        log.warning("SMS %s: %s", phone, sentence)
