"""What every action needs: the opened office and who acts. Passed explicitly, never global."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app.commands import accounts
from app.commands.changes import Changes
from app.commands.seals import seal_heads
from app.errors import Conflict, NotAllowed, Unavailable
from app.outages import outage
from app.permissions import Actor, Permission
from app.words import tr
from models.database import Database, moment
from models.types import Day, day_at

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AppContext:
    """An opened office and the account that is signed in."""

    database: Database
    actor: Actor

    def do(
        self, command: Callable[Concatenate[Session, Actor, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a command in a transaction of its own. Raises UserError, Unavailable."""
        with wording_errors(), self.database.write() as session:
            return command(session, self.actor, *args, **kwargs)

    def ask(self, query: Callable[Concatenate[Session, Actor, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a query. Raises UserError, Unavailable."""
        with wording_errors(), self.database.read() as session:
            return query(session, self.actor, *args, **kwargs)

    def change_password(self, password: str, new: str) -> Changes:
        """Give the account a new password. Raises NotAllowed (``field="password"``: the old one is wrong)."""
        with wording_errors(), self.database.write() as session:
            done = accounts.change_password(session, self.actor.account_id, password, new)
        if done is None:  # told only now, so that the wrong password is counted
            sentence = tr("This is not your password. Type the one that you signed in with.")
            raise NotAllowed(sentence, field="password")
        return done

    def today(self) -> Day:
        """Today by the clock of the office."""
        with wording_errors(), self.database.read() as session:
            return day_at(moment(session))


def enter(database: Database, login: str, password: str) -> AppContext:
    """Sign in. Raises NotAllowed."""
    with wording_errors(), database.write() as session:
        actor = accounts.sign_in(session, login, password)
    if actor is None:
        raise NotAllowed(
            tr("The account or the password is wrong. Check both, then try again."), field="password"
        )
    context = AppContext(database, actor)
    if actor.may(Permission.READ_FILES):
        with suppress(Unavailable):  # an office that can only be read is not sealed
            context.do(seal_heads)
    return context


@contextmanager
def wording_errors() -> Iterator[None]:
    """Turn what a database may say at any time into words."""
    try:
        yield
    except StaleDataError as error:
        raise Conflict(
            tr("Someone else changed this record meanwhile. Look at it again, then decide.")
        ) from error
    except DBAPIError as error:
        if isinstance(error, IntegrityError) and "unique" in str(error.orig).lower():
            raise Conflict(tr("Someone else has just written the same. Look at it, then decide.")) from error
        if sentence := outage(str(error.orig)):
            raise Unavailable(sentence) from error
        if error.connection_invalidated or isinstance(error, OperationalError):
            sentence = tr(
                "The office cannot be reached; nothing was written. Check the connection, then try again."
            )
            raise Unavailable(sentence) from error
        raise
