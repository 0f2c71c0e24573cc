from zhongshu.registers.places.rules.addresses import Found, ranked, spans


def found(kind, code, name):
    return Found(kind, code, name, "", None, None)


DISTRICT = found("region", "990101", "鸥林区")
STREET = found("region", "990101001", "鸥林街道")
ROAD = found("road", "7", "帆影路")


def test_every_name_in_a_text_is_one_of_its_spans():
    runs = spans("鸥林区帆影路12号")
    assert {"鸥林区", "帆影路"} <= set(runs)
    assert all(2 <= len(run) <= 16 for run in runs)


def test_a_text_of_one_character_has_no_spans():
    assert spans("区") == []


def test_in_an_address_the_finest_name_is_meant():
    assert ranked("鸥林区帆影路12号", [DISTRICT, ROAD]) == (ROAD, DISTRICT)


def test_the_name_itself_comes_first_then_what_begins_with_it():
    longer = found("component", "9", "帆影路公厕")
    inside = found("component", "8", "南帆影路站")
    assert ranked("帆影路", [inside, longer, ROAD]) == (ROAD, longer, inside)


def test_an_unfinished_name_finds_the_shortest_that_begins_with_it():
    assert ranked("鸥林", [STREET, DISTRICT]) == (DISTRICT, STREET)
