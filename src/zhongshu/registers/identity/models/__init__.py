"""How people prove who they are, where they are signed in, devices, and where people come from and go to."""

from zhongshu.registers.identity.models.clients import Client, Consent, Pass, Permit, SigningKey, Subject
from zhongshu.registers.identity.models.devices import Device, DeviceCode
from zhongshu.registers.identity.models.factors import Authenticator, Passkey, RecoveryCode
from zhongshu.registers.identity.models.passwords import PasswordSet, StartCode
from zhongshu.registers.identity.models.sessions import Session
from zhongshu.registers.identity.models.sources import Link, LogoutSeen, PhoneCode, Source, Visit

__all__ = [
    "Authenticator", "Client", "Consent", "Device", "DeviceCode", "Link", "LogoutSeen", "Pass", "Passkey",
    "PasswordSet", "Permit", "PhoneCode", "RecoveryCode", "Session", "SigningKey", "Source", "StartCode", "Subject",
    "Visit",
]  # fmt: skip
