"""Tables of an organisation: what is read of a file, and what of one that means harm."""

import io
import zipfile

import pytest

from zhongshu.base.http.refusals import Invalid, Refusal, TooLarge
from zhongshu.registers.people.rules.organisation import plan, rows, table, workbook
from zhongshu.registers.people.rules.organisation.plan import KnownAccount, KnownBody

HEAD = "单位名称,英文名称,类型,上级单位,区划代码\r\n"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
    'Target="{target}"/></Relationships>'
)
BOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>'
)


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet(*cells: str) -> bytes:
    body = "".join(f"<row>{one}</row>" for one in cells)
    return (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{body}</sheetData></worksheet>"
    ).encode()


def book(made: bytes, **more: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS.format(kind="officeDocument", target="xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS.format(kind="worksheet", target="worksheets/1.xml"))
        archive.writestr("xl/worksheets/1.xml", made)
        for name, content in more.items():
            archive.writestr(f"xl/{name}.xml", content)
    return out.getvalue()


def test_a_csv_is_read_in_either_encoding() -> None:
    text = HEAD + "城管所,Station,科室队所,云汀市人民政府,9901\r\n"
    for content in (text.encode("utf-8-sig"), text.encode("gb18030"), text.replace(",", "\t").encode()):
        found = table.read(content)
        assert found.rows == ((2, ("城管所", "Station", "科室队所", "云汀市人民政府", "9901")),)


def test_a_workbook_is_read_as_one_sees_it_and_blank_rows_keep_their_numbers() -> None:
    made = sheet(
        cell("A1", "登录名") + cell("B1", "姓名") + cell("C1", "所属单位") + cell("D1", "电话"),
        cell("A3", "li.si") + cell("B3", "=1+1") + cell("C3", "市") + '<c r="D3"><v>13900000001</v></c>',
    )
    found = table.read(book(made))
    assert found.headings == ("登录名", "姓名", "所属单位", "电话")
    assert found.rows == ((3, ("li.si", "=1+1", "市", "13900000001")),)


def test_a_formula_is_its_last_value() -> None:
    made = sheet(cell("A1", "登录名"), '<c r="A2" t="str"><f>HYPERLINK("x")</f><v>li.si</v></c>')
    assert table.read(book(made)).rows == ((2, ("li.si",)),)


@pytest.mark.parametrize(
    "content",
    [
        book(sheet(cell("A1", "x") + cell("XFD1048576", "y"))),
        book(sheet(cell("A1", "x"), "<c r='A99999'/>")),
        book(sheet(cell("A1", "x"), cell("BJ2", "y"))),
        book(sheet(cell("A1", "x")), sharedStrings=b" " * (workbook.MOST_RATIO * 20_000)),
        book(sheet(cell("A1", "x")), **{f"p{n}": b"" for n in range(workbook.MOST_PARTS)}),
    ],
    ids=["far corner", "far row", "far column", "swollen part", "many parts"],
)
def test_a_workbook_that_would_fill_the_memory_is_refused(content: bytes) -> None:
    with pytest.raises(TooLarge):
        table.read(content)


def test_a_part_that_lies_about_its_size_is_cut_there() -> None:
    made = bytearray(book(sheet(cell("A1", "登录名"), *(cell(f"A{n}", "x" * 50) for n in range(2, 400)))))
    with zipfile.ZipFile(io.BytesIO(bytes(made))) as archive:
        part = archive.getinfo("xl/worksheets/1.xml")
    directory = bytes(made).rindex(b"xl/worksheets/1.xml") - 46
    made[directory + 24 : directory + 28] = (part.file_size // 2).to_bytes(4, "little")
    with pytest.raises(Refusal):
        table.read(bytes(made))


@pytest.mark.parametrize(
    "content",
    [
        b"", b" \n", b"\xd0\xcf\x11\xe0" + b"0" * 100, b"PK\x03\x04" + b"0" * 100, HEAD.encode(), b"\xff\xfe\x00x",
        "名称,名称\r\na,b\r\n".encode(), b'a,"b\r\n', book(b"<worksheet"),
    ],
    ids=["empty", "blank", "old excel", "broken zip", "headings alone", "no text", "twice", "quote", "broken sheet"],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        table.read(content)
    assert refused.value.field == "file" and str(refused.value)


def test_a_file_of_too_many_rows_columns_or_bytes_is_refused() -> None:
    for content in (
        ("a\n" + "x\n" * (table.MOST_ROWS + 1)).encode(),
        ",".join(f"c{n}" for n in range(table.MOST_COLUMNS + 1)).encode() + b"\nx\n",
        b"x" * (table.MOST_BYTES + 1),
        b"a\n" + b"x" * (table.LONGEST_CELL + 1),
    ):
        with pytest.raises(TooLarge):
            table.read(content)


def test_an_example_says_what_its_reader_wants() -> None:
    for kind, columns in rows.COLUMNS.items():
        for english in (False, True):
            lines = rows.example(kind, english, [["x"] * len(columns)])
            found = rows.cells(kind, table.read(table.written(lines)))
            assert [set(cells) for _, cells in found] == [set(columns)]


def test_what_is_written_is_no_formula() -> None:
    said = table.written([["=1+1", "+1", "-1", "@x", "plain"]]).decode("utf-8-sig")
    assert said == "'=1+1,'+1,'-1,'@x,plain\r\n"


CITY = {"市": KnownBody(1, "City", "government", 9901), "市/局": KnownBody(2, "Bureau", "bureau", 9901)}


def bodies(*lines: str) -> list[plan.Fate]:
    content = (HEAD + "\r\n".join(lines)).encode()
    return list(plan.of_bodies(rows.cells("bodies", table.read(content)), CITY))


def test_rows_of_bodies_are_new_changed_the_same_or_wrong() -> None:
    found = bodies(
        "新局,New,部门,市,", "新科,Unit,科室队所,市/新局,", "局,Bureau,部门,市,9901", "局,Bureau,部门,市,9901",
        "科,Unit,科室队所,市/没有,", "科二,,科室队所,市,", "科三,U,类别,市,99x",
    )  # fmt: skip
    assert [fate.outcome for fate in found] == ["new", "new", "same", "wrong", "wrong", "wrong", "wrong"]
    assert [sorted(fate.problems) for fate in found[3:]] == [["name"], ["parent"], ["name_en"], ["kind", "place"]]
    assert bodies("局,Office,部门,市,")[0].changes == {"name_en": ("Bureau", "Office")}


def test_a_foreign_body_reads_as_absent() -> None:
    known = {**CITY, "市/别区": KnownBody(3, "Other", "government", 9901, mine=False)}
    (fate,) = plan.of_bodies([(2, {"name": "科", "name_en": "U", "kind": "unit", "parent": "市/别区"})], known)
    (absent,) = plan.of_bodies([(2, {"name": "科", "name_en": "U", "kind": "unit", "parent": "市/没有"})], known)
    assert fate.problems["parent"].sentence == absent.problems["parent"].sentence


def test_rows_of_staff_propose_the_roles_they_do_not_hold_yet() -> None:
    known = {"li.si": KnownAccount("李四", "", 2, True, roles=frozenset({("handler", 9901)}))}
    given = {"login": "li.si", "name": "李四", "body": "市/局", "roles": "处置人员、verifier", "place": "9901"}
    (fate,) = plan.of_staff([(2, given)], CITY, known)
    assert (fate.outcome, fate.proposing, fate.changes) == ("changed", ("verifier",), {})
    (again,) = plan.of_staff([(2, given | {"roles": "handler"})], CITY, known)
    assert again.outcome == "same"


def test_a_row_of_staff_that_cannot_be_taken_says_why() -> None:
    known = {
        "closed": KnownAccount("甲", "", 2, True, closed=True), "foreign": KnownAccount("乙", "", 9, True, mine=False),
        "resident": KnownAccount("丙", "", None, False), "tied": KnownAccount("丁", "", 1, True, tied=True),
    }  # fmt: skip
    base = {"name": "某人", "body": "市/局"}
    for login, words in (("closed", "停用"), ("foreign", "已被使用"), ("resident", "已被使用"), ("tied", "调动")):
        (fate,) = plan.of_staff([(2, base | {"login": login})], CITY, known)
        assert fate.outcome == "wrong" and any(words in str(one) for one in fate.problems.values())
    twice = plan.of_staff([(2, base | {"login": "new.one"}), (3, base | {"login": "NEW.one"})], CITY, known)
    assert [fate.outcome for fate in twice] == ["new", "wrong"]
