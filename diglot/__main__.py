"""Diglot as a module: python -m diglot."""

from diglot.cli import main

main(prog_name="diglot")
