"""Keys by which a Chinese name is found: all syllables, and their initials."""

from functools import cache

SURNAMES = {
    "单": "shan", "仇": "qiu", "解": "xie", "区": "ou", "曾": "zeng", "查": "zha", "任": "ren", "朴": "piao",
    "乐": "yue", "盖": "ge", "缪": "miao", "种": "chong", "翟": "zhai", "覃": "qin", "尹": "yin", "折": "she",
    "黑": "he", "祭": "zhai", "员": "yun", "秘": "bi", "冼": "xian", "洗": "xian", "繁": "po", "召": "shao",
    "宁": "ning", "华": "hua", "纪": "ji", "燕": "yan", "隗": "wei", "牟": "mu", "葛": "ge", "相": "xiang",
}  # fmt: skip
"""How a character sounds as a surname, where it sounds otherwise elsewhere."""

DOUBLE_SURNAMES = {"尉迟": "yuchi", "万俟": "moqi", "长孙": "zhangsun", "澹台": "tantai", "单于": "chanyu"}


def search_keys(name: str) -> tuple[str, str]:
    """``("wangli", "wl")`` of 王丽. Latin letters stay, in small ones; dots and spaces go."""
    first = DOUBLE_SURNAMES.get(name[:2]) and name[:2]
    syllables = [SURNAMES.get(name[:1]) or _syllable(name[:1])] + [_syllable(one) for one in name[1:]]
    if first:
        return DOUBLE_SURNAMES[first] + "".join(syllables[2:]), _initials(syllables)
    return "".join(syllables), _initials(syllables)


def _initials(syllables: list[str]) -> str:
    return "".join(syllable[:1] for syllable in syllables)


@cache
def _syllable(character: str) -> str:
    if not character.isalnum():
        return ""
    if character.isascii():
        return character.lower()
    from pypinyin import lazy_pinyin  # a quarter of a second to import: only where names are written

    return lazy_pinyin(character, v_to_u=False)[0].replace("ü", "v").lower()
