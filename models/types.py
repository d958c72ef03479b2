"""Words, ids and frozen values that every layer shares. Standard library only.

The values of the enumerations are what the database, the ledger and exchange
files hold; they never change once released. What people read is in
``app/labels.py``.
"""

import datetime as dt
import os
from enum import StrEnum
from typing import NewType

Uid = NewType("Uid", str)
"""128 random bits as 32 hexadecimal digits: what events, digests, bundles and prints name."""

Moment = NewType("Moment", int)
"""Microseconds since 1970-01-01 UTC."""

Day = NewType("Day", int)
"""A local date as the number yyyymmdd; the day, or month and day, are 00 where only the
month or the year is known. Sorts by time, and the same in both databases."""

Points = NewType("Points", int)
"""Thousandths of a point, so that sums are exact in every database."""

POINT = 1000


def new_uid() -> Uid:
    """A fresh random identity."""
    return Uid(os.urandom(16).hex())


def day(year: int, month: int = 0, day_of_month: int = 0) -> Day:
    """The Day of these numbers, not checked against the calendar."""
    return Day(year * 10000 + month * 100 + day_of_month)


def day_of(date: dt.date) -> Day:
    """The Day of a calendar date."""
    return day(date.year, date.month, date.day)


def first_date(value: Day) -> dt.date:
    """The earliest calendar date that a Day may mean.

    Raises ValueError where the calendar has no such date.
    """
    year, rest = divmod(value, 10000)
    month, day_of_month = divmod(rest, 100)
    if month == 0 and day_of_month:
        raise ValueError(f"a day without a month: {value}")
    return dt.date(year, month or 1, day_of_month or 1)


def add_months(value: Day, months: int) -> Day:
    """The same day ``months`` later, or the last day of that month where it has no such day."""
    date = first_date(value)
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    month += 1
    last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
    return day(year, month, min(date.day, last))


def last_day(start: Day, months: int) -> Day:
    """The last of ``months`` months that begin on a day.

    The day before the same day of the month, or the end of a month that has no such day.
    """
    end, begun = add_months(start, months), first_date(start)
    return end if end % 100 < begun.day else day_before(end)


def day_before(value: Day) -> Day:
    """The calendar day before."""
    return day_of(first_date(value) - dt.timedelta(days=1))


def day_after(value: Day) -> Day:
    """The calendar day after; of a month or a year, after its first."""
    return day_of(first_date(value) + dt.timedelta(days=1))


def from_day(value: Day) -> Day:
    """The least Day that may not lie before ``value``: of the first of a month also the month alone, of the
    first of a year also the year alone. Compare with it where a date may be known to the month only."""
    if value % 100 != 1:
        return value
    return Day(value // 10000 * 10000 if value // 100 % 100 == 1 else value - 1)


_SHANGHAI = dt.timezone(dt.timedelta(hours=8))  # no summer time since 1991; needs no time zone files


def local_time(moment: Moment) -> dt.datetime:
    """The moment as the wall clock of Asia/Shanghai shows it, to the second."""
    return dt.datetime.fromtimestamp(moment // 1_000_000, _SHANGHAI)


def day_at(moment: Moment) -> Day:
    """The date in Asia/Shanghai at a moment."""
    return day_of(local_time(moment).date())


def moment_of(value: Day, hour: int = 0, minute: int = 0) -> Moment:
    """The moment of an hour in Asia/Shanghai on a day."""
    time = dt.time(hour, minute, tzinfo=_SHANGHAI)
    return Moment(int(dt.datetime.combine(first_date(value), time).timestamp()) * 1_000_000)


def iso(value: Day) -> str:
    """``2015-03-01``, ``2015-03`` or ``2015``."""
    year, rest = divmod(value, 10000)
    month, day_of_month = divmod(rest, 100)
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day_of_month:02}" if day_of_month else "")


class Polarity(StrEnum):
    """Which way an act counts."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Category(StrEnum):
    """Kinds of conduct named by 哈政综〔2007〕37号, section 八."""

    PERFORMANCE = "performance"  # 履职成绩
    LAWFULNESS = "lawfulness"  # 守法行为
    EXAMPLE = "example"  # 形象言行
    ORDERS_BLOCKED = "orders_blocked"  # 政令不畅
    IMPROPER_STYLE = "improper_style"  # 作风不正
    POOR_WORK = "poor_work"  # 工作不力
    POOR_IMAGE = "poor_image"  # 形象不佳
    LAX_DISCIPLINE = "lax_discipline"  # 纪律不严


class Commitment(StrEnum):
    """The eight commitments, 哈政综〔2007〕37号, section 六."""

    FIRST_ASKED = "first_asked"  # 首问责任制
    SERVICE_PROMISE = "service_promise"  # 服务承诺制
    TIME_LIMIT = "time_limit"  # 限时办结制
    ACCOUNTABILITY = "accountability"  # 失职追究制
    REFUSAL_REPORTED = "refusal_reported"  # 否定报备制
    FREE_AGENCY = "free_agency"  # 无偿代办制
    TOLD_ONCE = "told_once"  # 一次告知制
    AB_POST = "ab_post"  # AB岗工作制


class Channel(StrEnum):
    """Where a fact came from."""

    COMPLAINT = "complaint"  # 群众投诉
    HOTLINE = "hotline"  # 行风热线
    SUPERVISOR = "supervisor"  # 监督员
    MEDIA = "media"  # 新闻舆论
    ENFORCEMENT_REVIEW = "enforcement_review"  # 执法评议
    RECONSIDERATION = "reconsideration"  # 行政复议
    LITIGATION = "litigation"  # 行政诉讼
    AUDIT = "audit"  # 审计
    INSPECTION = "inspection"  # 监察
    EFFICIENCY_CHECK = "efficiency_check"  # 效能督查
    OWN_UNIT = "own_unit"  # 本单位
    SUPERIOR = "superior"  # 上级
    OTHER = "other"


class AuthorityLevel(StrEnum):
    """Level of the body that decided, lowest first."""

    UNIT = "unit"  # 本单位
    COUNTY_DEPARTMENT = "county_department"  # 县(区)级部门
    COUNTY = "county"  # 县(区)级
    CITY_DEPARTMENT = "city_department"  # 市级部门
    CITY = "city"  # 市级
    PROVINCE_DEPARTMENT = "province_department"  # 省部级部门
    PROVINCE = "province"  # 省部级
    NATION = "nation"  # 国家级


class Capacity(StrEnum):
    """In which capacity an act is a person's, where it is not the own one."""

    HEAD = "head"  # 主要负责人: the unit was honoured or punished, and the decision names the head


class EntryStatus(StrEnum):
    """Life of a conduct entry after its draft. Expiry follows from dates and is not stored."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    HEARING = "hearing"  # 待申辩: verified, but no competent body decided, and the person is not heard yet
    EFFECTIVE = "effective"
    DISPUTED = "disputed"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"  # 不再登记: returned, and given up by who keeps the file


class Delivery(StrEnum):
    """How a notice came to the person."""

    SIGNED = "signed"  # 签收
    REFUSED = "refused"  # 拒签: refused to sign, before a witness
    LEFT = "left"  # 留置: left where the person works or lives, before a witness


class RevocationStatus(StrEnum):
    """Life of a proposal to revoke an entry."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class LeadStatus(StrEnum):
    """Life of a lead."""

    OPEN = "open"
    SUBSTANTIATED = "substantiated"
    UNSUBSTANTIATED = "unsubstantiated"
    HANDED_OVER = "handed_over"
    PASSED_ON = "passed_on"  # the person became known: it goes on as a lead about that person


class ReplyWay(StrEnum):
    """How a complainant was answered."""

    IN_PERSON = "in_person"  # 当面
    PHONE = "phone"  # 电话
    LETTER = "letter"  # 书面
    MESSAGE = "message"  # 短信或网络
    PUBLISHED = "published"  # 公开回复


class ClearingScope(StrEnum):
    """Who is told that a lead was not substantiated (澄清), as agreed with the person."""

    PERSON = "person"  # 本人
    DEPARTMENT = "department"  # 科室
    OFFICE = "office"  # 全局


class ErasureStatus(StrEnum):
    """Life of an order to erase an entry."""

    ORDERED = "ordered"
    CARRIED_OUT = "carried_out"
    DECLINED = "declined"


class EvaluationStatus(StrEnum):
    """Life of an evaluation."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    CONFIRMED = "confirmed"
    PUBLICISED = "publicised"
    FINAL = "final"
    SUPERSEDED = "superseded"


class Target(StrEnum):
    """What a person may object to."""

    ENTRY = "entry"
    EVALUATION = "evaluation"


class Filing(StrEnum):
    """How an objection came."""

    SELF = "self"  # by the person's own account
    PAPER = "paper"  # on paper, entered by who keeps the file


class ObjectionStatus(StrEnum):
    """Life of an objection."""

    OPEN = "open"
    UPHELD = "upheld"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Remedy(StrEnum):
    """What becomes of an entry when the objection to it is upheld."""

    REVOKE = "revoke"
    CORRECT = "correct"  # revoked at once, and to be recorded as it should have been


class ServiceState(StrEnum):
    """What bears on whether and by whom a person is rated."""

    RATED_ELSEWHERE = "rated_elsewhere"  # 市管干部
    PROBATION = "probation"  # 试用期
    SECONDED = "seconded"  # 借调
    POSTED = "posted"  # 挂职
    AID = "aid"  # 援派
    LONG_LEAVE = "long_leave"  # 长期病事假
    CASE_OPEN = "case_open"  # 立案未结


class Leaving(StrEnum):
    """Why a file was closed."""

    RETIRED = "retired"
    TRANSFERRED = "transferred"
    RESIGNED = "resigned"
    DISMISSED = "dismissed"
    DIED = "died"
    OTHER = "other"


class Access(StrEnum):
    """How somebody came to know what a file says."""

    OPENED = "opened"  # 查阅
    PRINTED = "printed"  # 打印
    OWN_COPY = "own_copy"  # 本人查阅
    EXPORTED = "exported"  # 导出


class Kinship(StrEnum):
    """Why somebody is recused (公务员法 第七十四条)."""

    SPOUSE = "spouse"  # 夫妻
    LINEAL = "lineal"  # 直系血亲
    COLLATERAL = "collateral"  # 三代以内旁系血亲
    AFFINE = "affine"  # 近姻亲


class Role(StrEnum):
    """What an account is for. The three administrators come with the shared database."""

    PERSONNEL_OFFICER = "personnel_officer"
    VERIFIER = "verifier"
    DEPARTMENT_HEAD = "department_head"
    LEADER_IN_CHARGE = "leader_in_charge"  # 分管领导: decides about the heads of the departments in charge
    READER = "reader"  # 查阅人: reads with a purpose, for a promotion review or a check
    OBJECTION_OFFICER = "objection_officer"  # 异议处理人: of no department that is complained of
    SYSTEM_ADMINISTRATOR = "system_administrator"
