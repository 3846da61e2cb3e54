"""``python -m handouts``: the command line."""

from handouts.cli import main

if __name__ == "__main__":
    main(prog_name="handouts")
