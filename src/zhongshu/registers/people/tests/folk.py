"""People for stories: residents without a password to hash, a clerk, the registers of the province."""

from datetime import date
from typing import Any

from zhongshu.registers.people import actions
from zhongshu.registers.people.models import Account, Person
from zhongshu.registers.people.queries import persons
from zhongshu.registers.people.rules import numbers
from zhongshu.registers.people.rules.persons import Answer


def number(born: date = date(1990, 3, 12), serial: str = "001") -> str:
    """A number of nobody: no region begins with 99."""
    digits = f"990101{born:%Y%m%d}{serial}"
    return digits + numbers.check_digit(digits)


class Register:
    """The province's register, which knows some people."""

    def __init__(self, known: dict[str, str], reachable: bool = True) -> None:
        self.known, self.reachable = known, reachable

    def check(self, name: str, kind: str, number: str) -> Answer:
        if not self.reachable:
            return Answer.UNREACHABLE
        return Answer.MATCH if self.known.get(number) == name else Answer.NO_MATCH


class Folk:
    """Residents with an account each, without a password to hash."""

    def __init__(self, city: Any) -> None:
        self.city, self.clerk = city, city.actor("counter")

    def resident(self, login: str, name: str = "赵小川", phone: str = "13900000077") -> Any:
        """The actor of a new resident."""
        person = Person.objects.create(name=name, phone=phone, opened=self.city.now)
        Account.objects.create(
            login=login, name=name, phone=phone, kind="resident", person=person, opened=self.city.now
        )
        return self.city.actor(login)

    def person(self, by: Any) -> Any:
        """Whose account it is, as it stands in the database."""
        return persons.of_account(by.id)

    def verified(self, by: Any, number: str) -> Any:
        """The person, after a clerk has seen them."""
        person = self.person(by)
        actions.find_person(name=person.name, phone=person.phone, by=self.clerk, at=self.city.now)
        actions.verify_in_person(
            person.pk, "resident_id", number, person.name, "original", by=self.clerk, at=self.city.now
        )
        return self.person(by)
