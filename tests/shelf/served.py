"""A ``diglot serve`` that runs, and what it answers."""

import http.client
import os
import re
import subprocess
import sys
from contextlib import closing
from email.message import Message
from pathlib import Path

from diglot.serve import LOOPBACK
from tests.builder import ROOT


class Server:
    """A ``diglot serve`` that runs."""

    def __init__(self, root: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "diglot", "-C", str(root), "serve", "--port", "0", *arguments],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        self.said = self.process.stdout.readline()
        self.port = int(re.findall(r":(\d+)/", self.said)[0])

    def get(
        self, path: str, host: str = LOOPBACK, method: str = "GET", **headers: str
    ) -> tuple[int, Message, bytes]:
        with closing(http.client.HTTPConnection(LOOPBACK, self.port, timeout=20)) as connection:
            connection.putrequest(method, path, skip_host=True)
            for name, value in {"Host": host, **headers}.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
