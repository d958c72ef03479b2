"""ID numbers as who keeps the file sees them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.id_numbers import masked
from app.permissions import Actor, Permission, require
from app.queries.files import file_head
from models.people import IdNumber


def masked_id_number(session: Session, actor: Actor, staff_no: str) -> str:
    """The first and last digits of a person's ID number; empty where none is on file."""
    require(actor, Permission.KEEP_FILES)
    head = file_head(session, actor, staff_no)
    require(actor, Permission.KEEP_FILES, head.department_id)
    rows = select(IdNumber.number).where(IdNumber.person_id == head.person_id)
    number = session.execute(rows).scalar_one_or_none()
    return masked(number) if number else ""
