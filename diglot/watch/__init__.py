"""Watching a work while it is edited: a browser shows what each saved change comes to."""
