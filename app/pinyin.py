"""Keys by which a Chinese name is found: all syllables, and their initials."""

from functools import cache

from app.rules.validation import CODE, LINE

SURNAMES = {
    "单": "shan", "仇": "qiu", "解": "xie", "区": "ou", "曾": "zeng", "查": "zha", "任": "ren", "朴": "piao",
    "乐": "yue", "盖": "ge", "缪": "miao", "种": "chong", "翟": "zhai", "覃": "qin", "尹": "yin", "折": "she",
    "黑": "he", "祭": "zhai", "员": "yun", "秘": "bi", "冼": "xian", "洗": "xian", "繁": "po", "召": "shao",
    "宁": "ning", "华": "hua", "纪": "ji", "燕": "yan", "隗": "wei", "牟": "mu", "葛": "ge", "相": "xiang",
    "乜": "nie", "么": "yao", "卜": "bu", "佴": "nai", "郇": "xun", "句": "gou", "能": "nai", "阚": "kan",
    "粘": "nian", "藏": "zang", "都": "du", "不": "fou", "薄": "bo", "重": "chong",
}  # fmt: skip
"""How a character sounds as a surname, where it sounds otherwise elsewhere."""

DOUBLE_SURNAMES = {
    "尉迟": "yu chi",
    "万俟": "mo qi",
    "长孙": "zhang sun",
    "澹台": "tan tai",
    "单于": "chan yu",
}


def search_keys(text: str, is_name: bool = True) -> tuple[str, str]:
    """``("wangli", "wl")`` of 王丽. Latin letters stay, in small ones; dots and spaces go.

    Of a very long text no more than the columns hold. Only a name begins with a surname.
    """
    surname = text[:2] if text[:2] in DOUBLE_SURNAMES else text[:1]
    known = (DOUBLE_SURNAMES.get(surname) or SURNAMES.get(surname, "")).split() if is_name else []
    syllables = known + [_syllable(one) for one in (text[len(surname) :] if known else text)]
    return "".join(syllables)[:LINE], "".join(syllable[:1] for syllable in syllables)[:CODE]


@cache
def _syllable(character: str) -> str:
    if not character.isalnum():
        return ""
    if character.isascii():
        return character.lower()
    from pypinyin import lazy_pinyin  # a quarter of a second to import: only where names are written

    return lazy_pinyin(character, v_to_u=False)[0].replace("ü", "v").lower()
