"""What is true of people's data, without a database."""

from zhongshu.registers.people.rules.bodies import MOST_LEVELS, body_name, body_name_en
from zhongshu.registers.people.rules.spelling import login, masked_name, masked_phone, name, phone

__all__ = ["MOST_LEVELS", "body_name", "body_name_en", "login", "masked_name", "masked_phone", "name", "phone"]
