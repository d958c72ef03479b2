"""The three kinds of errors: a person's (UserError), the world's (Unavailable), and ours (all else).

Each carries one clear sentence, in the language in use, that says what to do.
"""


class UserError(Exception):
    """What was asked cannot be done. Shown beside the field or in a banner, never logged as an error."""

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class Invalid(UserError):
    """The input is not right."""


class NotAllowed(UserError):
    """The account may not do this."""


class Conflict(UserError):
    """Someone else changed or decided it first."""


class NotFound(UserError):
    """There is no such record, or the account may not see it."""


class Unavailable(Exception):
    """The office cannot be reached or written now; nothing was lost. Shown with a retry."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
