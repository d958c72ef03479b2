"""How names are looked up: full pinyin and initials, surnames as they sound as surnames."""

import pytest

from app.pinyin import search_keys

SURNAMES = {
    "单": "shan", "仇": "qiu", "解": "xie", "区": "ou", "查": "zha", "曾": "zeng", "任": "ren", "朴": "piao",
    "乐": "yue", "盖": "ge", "缪": "miao", "种": "chong", "翟": "zhai", "覃": "qin", "黑": "he", "折": "she",
    "卜": "bu", "乜": "nie", "么": "yao", "句": "gou", "能": "nai", "都": "du", "薄": "bo", "阚": "kan",
    "尉迟": "yuchi", "万俟": "moqi", "长孙": "zhangsun", "澹台": "tantai", "单于": "chanyu",
    "欧阳": "ouyang", "司马": "sima", "诸葛": "zhuge", "令狐": "linghu", "夏侯": "xiahou", "吕": "lv",
}  # fmt: skip


@pytest.mark.parametrize(("surname", "sound"), SURNAMES.items())
def test_a_surname_sounds_as_a_surname(surname: str, sound: str) -> None:
    assert search_keys(f"{surname}伟")[0] == f"{sound}wei"


def test_the_initials_go_with_the_sound() -> None:
    assert search_keys("单雄信") == ("shanxiongxin", "sxx")
    assert search_keys("区伟") == ("ouwei", "ow")
    assert search_keys("尉迟敬德") == ("yuchijingde", "ycjd")
    assert search_keys("万俟雅言") == ("moqiyayan", "mqyy")


def test_only_the_first_character_is_a_surname() -> None:
    assert search_keys("王单") == ("wangdan", "wd")
    assert search_keys("解放", is_name=False) == ("jiefang", "jf")
    assert search_keys("曾单") == ("zengdan", "zd")


def test_names_of_other_kinds() -> None:
    assert search_keys("阿依古丽·买买提") == ("ayigulimaimaiti", "ayglmmt")
    assert search_keys("John Smith") == ("johnsmith", "johnsmith")
    assert search_keys("") == ("", "")
