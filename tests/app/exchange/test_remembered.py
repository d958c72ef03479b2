import pytest

from app.errors import Invalid
from app.exchange.fields import Kind
from app.exchange.mapping import ListMapping, dump_mapping
from app.exchange.remembered import load_mapping, recall, remember, save_mapping

COLUMNS = ("工号", "姓名")
MAPPING = ListMapping(Kind.PEOPLE, source="名册", key=("工号",), columns={"staff_no": "工号", "name": "姓名"})


def test_a_mapping_is_known_again_by_the_headings_in_any_order(desk):
    remember(MAPPING, COLUMNS)
    assert recall(Kind.PEOPLE, ("姓名", "工号 ")) == MAPPING
    assert recall(Kind.ENTRIES, COLUMNS) is None
    assert recall(Kind.PEOPLE, ("姓名",)) is None


def test_a_remembered_mapping_is_a_file_that_the_command_line_takes(desk):
    remember(MAPPING, COLUMNS)
    (file,) = (desk / "mappings").iterdir()
    assert load_mapping(file) == MAPPING


def test_what_cannot_be_read_any_more_is_as_if_never_there(desk):
    remember(MAPPING, COLUMNS)
    (file,) = (desk / "mappings").iterdir()
    file.write_bytes(b"\xff\xfe")
    assert recall(Kind.PEOPLE, COLUMNS) is None


def test_a_desk_that_cannot_be_written_forgets(desk):
    (desk / "mappings").write_text("in the way")
    remember(MAPPING, COLUMNS)
    assert recall(Kind.PEOPLE, COLUMNS) is None


def test_a_mapping_is_saved_and_loaded(tmp_path):
    save_mapping(MAPPING, tmp_path / "a.toml")
    assert load_mapping(tmp_path / "a.toml") == MAPPING
    assert (tmp_path / "a.toml").read_text(encoding="utf-8") == dump_mapping(MAPPING)


def test_what_is_no_mapping_is_refused_in_words(tmp_path):
    with pytest.raises(Invalid, match="cannot be read"):
        load_mapping(tmp_path / "none.toml")
    (tmp_path / "a.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Invalid, match="no mapping"):
        load_mapping(tmp_path / "a.toml")
    with pytest.raises(Invalid, match="cannot be written"):
        save_mapping(MAPPING, tmp_path / "none" / "a.toml")
