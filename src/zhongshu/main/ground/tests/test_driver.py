"""Lists of whole numbers on their way to the database."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from zhongshu.main.ground import driver

pytestmark = pytest.mark.django_db


@given(st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1))
def test_whole_numbers_are_written_as_an_array_reads_them(numbers: list[int]) -> None:
    text = driver._Numbers(list).dump(numbers)
    assert bytes(text) == b"{" + b",".join(str(n).encode() for n in numbers) + b"}"


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([1, -(2**63)], "bigint[]"), ([3], "bigint[]"), ([True, False], "boolean[]"),
        ([[1, 2], [3, 4]], "smallint[]"), ([1, None], "smallint[]"),
    ],
)  # fmt: skip
def test_a_list_comes_back_as_it_was_sent(values: list[object], kind: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s, pg_typeof(%s)::text", [values, values])
        assert cursor.fetchone() == (values, kind)


def test_a_statement_is_prepared_once_whatever_the_numbers() -> None:
    with connection.cursor() as cursor:
        for numbers in ([1], [70_000], [2**40]) * 3:
            cursor.execute("SELECT cardinality(%s) AS prepared_once", [numbers])
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%AS prepared_once'")
        assert cursor.fetchone() == (1,)
