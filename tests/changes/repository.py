"""A project in a git repository."""

import subprocess

from tests.builder import TinyProject


def git(project: TinyProject, *arguments: str) -> str:
    """Call git in the project, regardless of the settings of who runs the tests."""
    author = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    plain = ("-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false")
    command = ["git", "-C", str(project.root), *author, *plain, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def commit(project: TinyProject, tag: str) -> None:
    """Commit everything that stands in the project, under a tag."""
    git(project, "init", "--quiet")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", tag)
    git(project, "tag", "--no-sign", tag)
