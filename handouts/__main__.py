"""The command ``handouts`` and ``python -m handouts``: the door to the command line."""

import signal


def start() -> None:
    """Run the command line; an interrupt while it is still loading ends the process at once and without a word."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    from handouts.cli import main

    signal.signal(signal.SIGINT, before)
    main(prog_name="handouts")


if __name__ == "__main__":
    start()
