"""How people prove who they are, where they are signed in, and the devices that sign in by themselves."""

from zhongshu.registers.identity.models.devices import Device, DeviceCode
from zhongshu.registers.identity.models.factors import Authenticator, Passkey, RecoveryCode
from zhongshu.registers.identity.models.passwords import PasswordSet, StartCode
from zhongshu.registers.identity.models.sessions import Session

__all__ = [
    "Authenticator", "Device", "DeviceCode", "Passkey", "PasswordSet", "RecoveryCode", "Session", "StartCode",
]  # fmt: skip
