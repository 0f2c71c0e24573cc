"""What is true of people's data, without a database."""

from zhongshu.registers.people.rules.spelling import login, masked_name, masked_phone, name, phone

__all__ = ["login", "masked_name", "masked_phone", "name", "phone"]
