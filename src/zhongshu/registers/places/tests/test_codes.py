import pytest

from zhongshu.base.http.refusals import Invalid
from zhongshu.registers.places.rules import codes

CELL = "330106009001004"


@pytest.mark.parametrize("code", ["33", "3301", "330106", "330106009", "330106009001", CELL])
def test_a_code_of_every_level_reads_as_itself(code):
    assert codes.parse(code) == code
    assert codes.level_of(code) == len(code)


@pytest.mark.parametrize(
    ("padded", "short"),
    [
        ("330000", "33"),
        ("330100", "3301"),
        ("330106000000", "330106"),
        ("330106009000", "330106009"),
        ("330000000000", "33"),
        (" 330106 ", "330106"),
        ("441900003000", "441900003"),
    ],
)
def test_zeros_that_fill_up_a_code_are_dropped(padded, short):
    assert codes.parse(padded) == short


@pytest.mark.parametrize("code", ["", "3", "033", "33010", "3301060090", "33010a", "330106009001000", "３３０１０６"])
def test_what_is_not_a_code_is_refused_with_its_text(code):
    with pytest.raises(Invalid) as refused:
        codes.parse(code)
    assert code in str(refused.value)
    assert refused.value.field == "code"


def test_the_path_of_a_cell_runs_from_the_province_to_the_cell():
    assert codes.ancestors(CELL) == (33, 3301, 330106, 330106009, 330106009001, 330106009001004)
    assert codes.ancestors(330106) == (33, 3301, 330106)


def test_a_place_lies_in_each_of_its_ancestors_and_in_no_neighbour():
    assert all(codes.contains(outer, CELL) for outer in codes.ancestors(CELL))
    assert not codes.contains(330105, CELL)


def test_prefixes_name_what_may_contain_a_place_nearest_first():
    assert codes.prefixes("330106009") == ("330106", "3301", "33")


def test_a_component_code_comes_apart_and_together():
    code = codes.parse_component("3301060118000042")
    assert (code.district, code.kind, code.serial) == ("330106", "0118", "000042")
    assert str(code) == "3301060118000042"


@pytest.mark.parametrize("code", ["330106011800004", "3301060118000000", "33010601180000421", "x301060118000042"])
def test_a_broken_component_code_is_refused(code):
    with pytest.raises(Invalid, match="部件代码"):
        codes.parse_component(code)
