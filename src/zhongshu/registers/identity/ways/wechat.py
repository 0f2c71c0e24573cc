"""WeChat's web login: OAuth 2.0 with its own names, and no ID token (微信开放平台《网站应用微信登录》)."""

import logging
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from zhongshu.base.http.refusals import Unauthenticated
from zhongshu.registers.identity.models import Source
from zhongshu.registers.identity.queries import discovery, sources
from zhongshu.registers.identity.rules.attempts import Attempt
from zhongshu.registers.identity.rules.claims import Claims

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WeChat:
    """Speaks with WeChat. The token comes straight from WeChat over TLS, which is what stands for its signature."""

    api: str = "https://api.weixin.qq.com"

    def authorize_url(self, source: Source, attempt: Attempt, state: str, back: str) -> str:
        """WeChat's page with the QR code; `source.issuer` is its host, `source.client` our appid."""
        asked = {
            "appid": source.client, "redirect_uri": back, "response_type": "code",
            "scope": source.scopes or "snsapi_login", "state": state,
        }  # fmt: skip
        return f"{source.issuer}/connect/qrconnect?{urlencode(asked)}#wechat_redirect"

    def exchange(self, source: Source, attempt: Attempt, answer: dict[str, str], back: str, at: datetime) -> Claims:
        """Who came. `unionid` names them to all our apps, `openid` to this one alone; a nickname is no real name."""
        if not answer.get("code"):
            raise Unauthenticated("您没有在登录来源完成登录。可以重新登录，或用其他方式登录。")
        given = {
            "appid": source.client, "secret": sources.secret(source), "code": answer["code"],
            "grant_type": "authorization_code",
        }  # fmt: skip
        said = self._told("sns/oauth2/access_token", given)
        asked = {"access_token": said["access_token"], "openid": said["openid"], "lang": "zh_CN"}
        person = self._told("sns/userinfo", asked)
        if person.get("openid") != said["openid"]:
            raise Unauthenticated("登录来源的凭证前后不符，已拒绝。请重新登录。")
        return Claims(person.get("unionid") or person["openid"], person.get("nickname", ""))

    def leave_url(self, source: Source, back: str) -> str:
        """WeChat has no page to sign out at."""
        return ""

    def _told(self, path: str, given: dict[str, str]) -> dict[str, str]:
        said = discovery.fetched("GET", f"{self.api}/{path}", params=given)
        if said.get("errcode") or not said.get("openid"):
            log.warning("wechat %s answered errcode %s", path, said.get("errcode"))
            raise Unauthenticated("登录来源没有认可这次登录，请重新登录。")
        return {name: str(value) for name, value in said.items()}
