"""The contract of the command line. Exit status: 0 done; 1 done, with rejected rows, an example that
comes out otherwise, or a failed verification; 2 refused, with one sentence that says what to do."""

import argparse
from typing import NoReturn, TypeAlias

from app import __version__, words
from app.errors import Invalid
from app.settings import PROGRAM
from app.words import tr


class _Parser(argparse.ArgumentParser):
    """Refuses in one sentence, as every verb does. Raises Invalid."""

    def error(self, message: str) -> NoReturn:
        sentence = tr("This cannot be understood: {message}. See: {program} --help")
        raise Invalid(sentence.format(message=message, program=self.prog))


def language_parser() -> argparse.ArgumentParser:
    """Finds ``--language`` alone, since every other word is said in it."""
    found = _Parser(prog=PROGRAM, add_help=False)
    found.add_argument("--language", choices=words.LANGUAGES, help=tr("language of words and prints"))
    return found


def parser() -> argparse.ArgumentParser:
    """The parser of ``integrity-files``; each verb sets ``verb`` to its words."""
    top: argparse.ArgumentParser = _Parser(
        prog=PROGRAM,
        parents=[language_parser()],
        description=tr("Integrity files of civil servants. Without a verb, the window opens."),
        epilog=tr(
            "The passphrase is taken from INTEGRITY_FILES_PASSPHRASE and the password of the account from "
            "INTEGRITY_FILES_PASSWORD, or asked for. Exit status: 0 done; 1 done, with rejected rows, "
            "an example that comes out otherwise, or a failed verification; 2 refused, with one sentence "
            'that says why, on standard error, and with --json as {"error": "..."} on standard output too.'
        ),
    )
    top.add_argument(
        "--office", default="", metavar="PATH|URL", help=tr("folder or PostgreSQL URL of the office")
    )
    top.add_argument("--as", dest="login", default="", metavar="ACCOUNT", help=tr("account that acts"))
    top.add_argument("--json", action="store_true", help=tr("print machine-readable JSON"))
    top.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    top.set_defaults(verb="window", sample=False)
    verbs = top.add_subparsers(metavar="VERB")
    _office(verbs)
    _account(verbs)
    _import(verbs)
    _scheme(verbs)
    _accountability(verbs)
    _grading(verbs)
    _list(verbs)
    _verb(verbs, "search", tr("find people, entries and departments")).add_argument(
        "words",
        nargs="+",
        metavar="WORDS",
        help=tr("beginning of a name, pinyin, initials, staff or document number; words of the facts"),
    )
    _measure(verbs)
    _print(verbs)
    _leads(verbs)
    _objections(verbs)
    _calendar(verbs)
    _influence(verbs)
    _proofs(verbs)
    _transfers(verbs)
    _verb(verbs, "self-test", tr("check that this installation is complete"))
    _verb(verbs, "diagnosis", tr("write a report on this installation, without personal data")).add_argument(
        "--out", required=True, metavar="FILE"
    )
    demo = _verb(verbs, "demo", tr("do the main job once on a sample office, and leave what it makes"))
    demo.add_argument("--out", required=True, metavar="DIR")
    window = _verb(verbs, "window", tr("open the window"))
    window.add_argument("--sample", action="store_true", help=tr("on a fresh sample office"))
    return top


Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _verb(verbs: Verbs, name: str, text: str, verb: str = "") -> argparse.ArgumentParser:
    made = verbs.add_parser(name, help=text, description=text)
    made.set_defaults(verb=verb or name)
    return made


def _office(verbs: Verbs) -> None:
    office = verbs.add_parser("office", help=tr("create an office, change its keys")).add_subparsers(
        required=True
    )
    create = _verb(office, "create", tr("create an office"), "office create")
    create.epilog = tr(
        "The first password of the officer is taken from INTEGRITY_FILES_PASSWORD, that of the verifier from "
        "INTEGRITY_FILES_SECOND_PASSWORD, or asked for; where nobody can be asked, both have the former."
    )
    create.add_argument("--sample", action="store_true", help=tr("with the people of a fictional bureau"))
    create.add_argument("--name", default="", help=tr("name of the organ"))
    create.add_argument("--officer", default="officer=人事干部", metavar="LOGIN=NAME")
    create.add_argument("--verifier", default="verifier=复核人", metavar="LOGIN=NAME")
    passphrase = _verb(office, "passphrase", tr("change the passphrase"), "office passphrase")
    passphrase.epilog = tr(
        "What opens the office now, passphrase or recovery code, is taken from INTEGRITY_FILES_PASSPHRASE, "
        "the new passphrase from INTEGRITY_FILES_NEW_PASSPHRASE, or asked for."
    )
    _verb(office, "recovery-code", tr("make a new recovery code; the old one ends"), "office recovery-code")


def _account(verbs: Verbs) -> None:
    account = verbs.add_parser("account", help=tr("add accounts, change the own password")).add_subparsers(
        required=True
    )
    password = _verb(account, "password", tr("change the password of the account --as"), "account password")
    password.epilog = tr("The new password is taken from INTEGRITY_FILES_NEW_PASSWORD, or asked for twice.")
    add = _verb(account, "add", tr("add an account; its password is asked for"), "account add")
    add.add_argument("new_login", metavar="LOGIN")
    add.add_argument("--name", required=True)
    add.add_argument("--role", required=True, action="append", metavar="ROLE")
    add.add_argument(
        "--department", default="", metavar="D", help=tr("where the role holds; else everywhere")
    )
    add.add_argument("--staff-no", default="", metavar="NO", help=tr("of the person, if a file is kept here"))
    kin = _verb(
        account, "relative", tr("relatives from whose files an account keeps away"), "account relative"
    )
    kin.add_argument("whose", metavar="LOGIN")
    kin.add_argument("--declare", default="", metavar="NO", help=tr("staff number of the relative"))
    kin.add_argument("--relation", default="", metavar="R", help="spouse, lineal, collateral, affine")
    kin.add_argument("--withdraw", default="", metavar="NO", help=tr("staff number of the relative"))
    keeper = _verb(
        account, "keeper", tr("who keeps the file of one of the personnel staff"), "account keeper"
    )
    keeper.add_argument("whose", metavar="STAFF_NO")
    keeper.add_argument("keeper", metavar="LOGIN")


def _import(verbs: Verbs) -> None:
    lists = verbs.add_parser("import", help=tr("take in lists")).add_subparsers(required=True)
    for kind, text in (
        ("people", tr("a list of people")),
        ("entries", tr("a list of entries or complaints")),
    ):
        one = _verb(lists, kind, text, "import list")
        one.set_defaults(kind=kind)
        one.add_argument("file", metavar="FILE")
        one.add_argument("--map", required=True, metavar="MAP", help=tr("from their columns to ours"))
        one.add_argument("--dry-run", action="store_true", help=tr("judge every row, write nothing"))
        one.add_argument("--report", default="", metavar="OUT.xlsx", help=tr("where each row went, and why"))
    verify = _verb(
        lists, "verify", tr("put an imported list into effect (a second account)"), "import verify"
    )
    back = _verb(lists, "return", tr("send an imported list back (a second account)"), "import return")
    back.add_argument("--reason", required=True, metavar="TEXT")
    for one in (verify, back):
        one.add_argument("batch", metavar="BATCH")
    template = _verb(lists, "template", tr("save an empty list to fill in"), "import template")
    template.add_argument("kind", metavar="KIND")
    template.add_argument("file", metavar="FILE.xlsx")


def _scheme(verbs: Verbs) -> None:
    scheme = verbs.add_parser("scheme", help=tr("grading standards")).add_subparsers(required=True)
    _verb(scheme, "list", tr("what is published"), "scheme list")
    check = _verb(scheme, "check", tr("read a standard and say what is wrong with it"), "scheme check")
    check.add_argument("file", metavar="FILE")
    _verb(scheme, "examples", tr("run the examples of a standard"), "scheme examples").add_argument(
        "file", metavar="FILE"
    )
    table = _verb(scheme, "items", tr("the items of a standard to a table, or back"), "scheme items")
    table.add_argument("file", metavar="FILE")
    way = table.add_mutually_exclusive_group(required=True)
    way.add_argument("--to", default="", metavar="X.xlsx", help=tr("write the table"))
    way.add_argument(
        "--from",
        dest="source",
        default="",
        metavar="X.xlsx",
        help=tr("write FILE anew with the items of the table, unless something is wrong then"),
    )
    _verb(scheme, "schema", tr("print the JSON Schema of the format"), "scheme schema")
    compare = _verb(scheme, "compare", tr("what changes from one standard to another"), "scheme compare")
    compare.add_argument("old", metavar="OLD", help=tr("a file, or a published one as ID:EDITION"))
    compare.add_argument("new", metavar="NEW", help=tr("a file, or a published one as ID:EDITION"))
    trial = _verb(scheme, "what-if", tr("grade a period by a standard; stores nothing"), "scheme what-if")
    trial.add_argument("file", metavar="FILE")
    trial.add_argument("--period", required=True, metavar="YEAR")
    trial.add_argument("--against", default="", metavar="ID:EDITION", help=tr("else the one in force"))
    trial.add_argument("--department", default="", metavar="D")
    trial.add_argument("--out", default="", metavar="X.xlsx", help=tr("also write it as a workbook"))
    trial.set_defaults(person="")
    publish = _verb(scheme, "publish", tr("publish a standard for good"), "scheme publish")
    publish.add_argument("file", metavar="FILE")
    local = _verb(
        scheme, "publish-local", tr("publish what a unit adds to a standard"), "scheme publish-local"
    )
    local.add_argument("file", metavar="FILE")
    local.add_argument("--department", default="", metavar="D")
    for one in (publish, local):
        one.add_argument("--adopted-by", required=True, metavar="DOCUMENT")
        one.add_argument("--valid-from", required=True, metavar="YYYY-MM-DD")


def _accountability(verbs: Verbs) -> None:
    table = verbs.add_parser(
        "accountability", help=tr("who may handle which conduct, and how far; for reference")
    ).add_subparsers(required=True)
    show = _verb(table, "show", tr("what is in force"), "accountability show")
    show.add_argument("--item", default="", metavar="CODE", help=tr("only what concerns an item"))
    show.add_argument("--on", default="", metavar="YYYY-MM-DD", help=tr("the day of the act; else today"))
    check = _verb(table, "check", tr("read a table and say what is wrong with it"), "accountability check")
    publish = _verb(table, "publish", tr("publish a table for good"), "accountability publish")
    for one in (check, publish):
        one.add_argument("file", metavar="FILE")
    publish.add_argument("--adopted-by", required=True, metavar="DOCUMENT")
    publish.add_argument("--valid-from", required=True, metavar="YYYY-MM-DD")


def _grading(verbs: Verbs) -> None:
    grade = _verb(verbs, "grade", tr("compute grades; prints them and stores nothing"))
    propose = _verb(verbs, "propose", tr("compute grades and submit them to the heads"))
    for one in (grade, propose):
        one.add_argument("--period", required=True, metavar="YEAR")
        one.add_argument("--scheme", default="", metavar="ID")
        one.add_argument("--department", default="", metavar="D")
        one.add_argument("--person", default="", metavar="NO")
    grade.add_argument("--explain", action="store_true", help=tr("with every line"))
    for name, text in (
        ("approve", tr("approve a submitted grade")),
        ("return", tr("send a submitted grade back")),
    ):
        one = _verb(verbs, name, text)
        one.add_argument("evaluation", metavar="EVALUATION")
        one.add_argument("--reason", default="", required=name == "return", metavar="TEXT")


def _proofs(verbs: Verbs) -> None:
    verify = _verb(verbs, "verify", tr("prove the history: chains, records against them, evidence"))
    verify.add_argument("--person", default="", metavar="NO", help=tr("only the file of one person"))
    verify.add_argument(
        "--against",
        default="",
        metavar="HEADS",
        help=tr("heads exported earlier, the root on a paper, or with --person the head on it as NO:HASH"),
    )
    heads = _verb(verbs, "heads", tr("export the heads of all chains under one root hash"))
    heads.add_argument("--out", required=True, metavar="FILE")


def _list(verbs: Verbs) -> None:
    lists = _verb(verbs, "list", tr("a list to work through: what is missing, what is past its retention"))
    lists.add_argument("name", metavar="NAME", help="due, incomplete, readings, retention")
    lists.add_argument("--department", default="", metavar="D")
    lists.add_argument("--until", default="", metavar="YYYY-MM-DD", help=tr("else today"))
    lists.add_argument("--out", default="", metavar="FILE.pdf|FILE.xlsx", help=tr("also write it"))
    lists.add_argument(
        "--purpose", default="", metavar="TEXT", help=tr("for what negative entries leave the office")
    )
    lists.add_argument("--notices", default="", metavar="FILE.pdf", help=tr("of due: the notices to people"))
    lists.add_argument("--approver", default="", metavar="TEXT", help=tr("who approved that"))


def _transfers(verbs: Verbs) -> None:
    out = _verb(verbs, "transfer-out", tr("send a file to another office as a signed bundle"))
    out.epilog = tr("Of a file that was sent already, the bundle is made again, the same to the byte.")
    out.add_argument("staff_no", metavar="STAFF_NO")
    out.add_argument("file", metavar="FILE")
    out.add_argument("--to", default="", metavar="OFFICE", help=tr("the office that it goes to"))
    out.add_argument("--document", default="", metavar="NO", help=tr("document it rests on"))
    out.add_argument("--slip", default="", metavar="FILE.pdf", help=tr("the paper that goes with it"))
    into = _verb(verbs, "transfer-in", tr("take in the file of a bundle, and go on with its chain"))
    into.add_argument("file", metavar="FILE")
    into.add_argument("--department", required=True, metavar="D")
    into.add_argument("--document", required=True, metavar="NO", help=tr("document it rests on"))
    into.add_argument("--fingerprint", default="", metavar="F", help=tr("as it stands on the paper"))
    into.add_argument("--staff-no", default="", metavar="NO", help=tr("here; else as in the other office"))
    into.add_argument("--post", default="", metavar="POST")
    for one in (out, into):
        one.add_argument("--on", default="", metavar="YYYY-MM-DD", help=tr("from which day; else today"))


def _measure(verbs: Verbs) -> None:
    measure = _verb(
        verbs, "measure", tr("take in results measured elsewhere: a survey, a unit's performance")
    )
    measure.add_argument("input", metavar="INPUT", help=tr("code of the input in the standard"))
    measure.add_argument("--period", required=True, metavar="YEAR")
    measure.add_argument("--document", required=True, metavar="NO", help=tr("document that reports it"))
    measure.add_argument("--person", default="", metavar="NO")
    measure.add_argument("--value", default="", metavar="RESULT")
    measure.add_argument("--list", default="", metavar="FILE", help=tr("staff numbers and results"))


def _print(verbs: Verbs) -> None:
    forms = verbs.add_parser("print", help=tr("print forms as PDF")).add_subparsers(required=True)
    summary = _verb(forms, "summary", tr("the summary for the annual review"), "print summary")
    summary.add_argument("--person", default="", metavar="NO")
    summary.add_argument("--department", default="", metavar="D")
    summary.add_argument("--period", default="", metavar="YEAR")
    summary.add_argument("--out", required=True, metavar="DIR")
    own = _verb(forms, "own-copy", tr("everything held on a person, for that person"), "print own-copy")
    own.add_argument("--person", required=True, metavar="NO")
    own.add_argument("--request", required=True, metavar="DOCUMENT", help=tr("the written request"))
    own.add_argument("--on", required=True, metavar="YYYY-MM-DD", help=tr("its date"))
    own.add_argument("--out", required=True, metavar="DIR")
    _print_objection(forms)
    notice = _verb(forms, "notice", tr("the notices of entries to a person"), "print notice")
    notice.add_argument("--person", required=True, metavar="NO")
    notice.add_argument("--out", required=True, metavar="DIR")


def _influence(verbs: Verbs) -> None:
    ending = _verb(verbs, "influence", tr("influence periods that end within some days"))
    ending.add_argument("--from", dest="start", default="", metavar="YYYY-MM-DD", help=tr("else today"))
    ending.add_argument("--to", dest="end", required=True, metavar="YYYY-MM-DD")


def _calendar(verbs: Verbs) -> None:
    calendar = _verb(verbs, "calendar", tr("the working days of each year: tell them, or import a notice"))
    calendar.add_argument("file", metavar="FILE", nargs="?", default="", help=tr("import this one"))
    calendar.add_argument(
        "--year", type=int, metavar="YEAR", help=tr("the year FILE is for; without FILE, print that one")
    )


def _leads(verbs: Verbs) -> None:
    leads = _verb(verbs, "leads", tr("leads in hand, the first due first; never who complained"))
    which = leads.add_mutually_exclusive_group()
    which.add_argument("--overdue", action="store_true", help=tr("those overdue, also to be followed up"))
    which.add_argument("--all", action="store_true", help=tr("closed ones too"))


def _objections(verbs: Verbs) -> None:
    running = _verb(verbs, "objections", tr("objections that run, the first due first"))
    running.add_argument("--person", default="", metavar="NO", help=tr("all of one person"))
    objection = verbs.add_parser("objection", help=tr("file, decide or take back an objection"))
    objections = objection.add_subparsers(required=True)
    file = _verb(objections, "file", tr("enter an objection that came on paper"), "objection file")
    file.add_argument("--person", required=True, metavar="NO")
    _against(file)
    file.add_argument("--claim", required=True, metavar="TEXT")
    file.add_argument("--on", default="", metavar="YYYY-MM-DD", help=tr("the day on which it came"))
    for name, upheld, text in (
        ("uphold", True, tr("decide that an objection is right")),
        ("reject", False, tr("decide that an objection is not right")),
    ):
        one = _verb(objections, name, text, "objection decide")
        one.set_defaults(upheld=upheld)
        one.add_argument("objection", metavar="OBJECTION")
        one.add_argument("--document", required=True, metavar="NO", help=tr("number of the decision"))
        one.add_argument("--reasons", required=True, metavar="TEXT")
        one.add_argument("--on", default="", metavar="YYYY-MM-DD")
        if upheld:
            one.add_argument("--correct", action="store_true", help=tr("the entry is recorded anew"))
    back = _verb(objections, "withdraw", tr("enter that it was taken back"), "objection withdraw")
    back.add_argument("objection", metavar="OBJECTION")
    back.add_argument("--reason", required=True, metavar="TEXT")
    back.add_argument("--on", default="", metavar="YYYY-MM-DD")


def _against(parser: argparse.ArgumentParser, required: bool = True) -> None:
    against = parser.add_mutually_exclusive_group(required=required)
    against.add_argument("--grade", default="", metavar="YEAR", help=tr("the grade of a year"))
    against.add_argument("--entry", default="", metavar="NO", help=tr("uid or document number of an entry"))


def _print_objection(forms: Verbs) -> None:
    paper = _verb(forms, "objection", tr("a paper of an objection"), "print objection")
    paper.add_argument("paper", choices=("application", "receipt", "decision"))
    paper.add_argument("--person", required=True, metavar="NO")
    _against(paper, required=False)
    paper.add_argument("--objection", default="", metavar="UID")
    paper.add_argument("--out", required=True, metavar="FILE.pdf")
