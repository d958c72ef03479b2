"""Where the program begins: the command line, or the window. The only file that may import ``ui``."""

import gc
import sys

from app.cli.main import parse, run


def main() -> int:
    """Run the program; its exit status."""
    given = parse()
    if given.verb == "window":
        gc.disable()  # for good, see ``tasks.prepare``; importing makes no garbage to look for
        from ui.run import run_window

        return run_window(given)
    if given.verb == "demo":
        from ui.demo import run_demo

        return run_demo(given)
    return run(given)


if __name__ == "__main__":
    sys.exit(main())
