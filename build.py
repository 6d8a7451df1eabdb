"""Build every booklet: the same program as the installed command diglot."""

from diglot.cli import main

main(prog_name="diglot")
