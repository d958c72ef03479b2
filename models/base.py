"""What all tables share: names of constraints, and the kinds of columns."""

from typing import Annotated

from sqlalchemy import BigInteger, ForeignKey, Integer, LargeBinary, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

Key = Annotated[int, mapped_column(Integer, primary_key=True)]
UidColumn = Annotated[str, mapped_column(String(32), unique=True)]
DayColumn = Annotated[int, mapped_column(Integer)]
MomentColumn = Annotated[int, mapped_column(BigInteger)]
Digest = Annotated[bytes, mapped_column(LargeBinary(32))]
Code = Annotated[str, mapped_column(String(40))]
Line = Annotated[str, mapped_column(String(200))]
LongText = Annotated[str, mapped_column(Text)]
AccountKey = Annotated[int, mapped_column(ForeignKey("accounts.id"))]
FileKey = Annotated[int, mapped_column(ForeignKey("integrity_files.id"))]
DepartmentKey = Annotated[int, mapped_column(ForeignKey("departments.id"))]


class Base(DeclarativeBase):
    """The declarative base. Names of constraints are fixed, so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Versioned:
    """A row that people change: an update made from an older version is refused (StaleDataError)."""

    version: Mapped[int] = mapped_column(Integer, default=1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, object]:
        return {"version_id_col": cls.version}
