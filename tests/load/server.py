"""The real server with a database of its own, people who send forms to it, and what it costs."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psycopg
from psycopg import sql

TREKKER = [sys.executable, "-m", "trekker.config.cli"]
KEY = "a key for measuring only, shared with the people who send forms"
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Answer:
    """What came back: status, where it leads, the page, and after how many seconds."""

    status: int
    location: str
    body: str
    seconds: float


@dataclass
class Server:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]

    def processor_seconds(self) -> float:
        """Give the processor time, in user and system mode, of the server and all its processes."""
        return sum(_ticks(pid) for pid in _family(self.process.pid)) / TICKS

    async def ask(self, path: str, fields: dict[str, str] | None = None) -> Answer:
        """Open a page, or send a form, on a connection of its own as a browser that comes new."""
        began = time.perf_counter()
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        body = urlencode(fields).encode() if fields else b""
        head = [
            f"{'POST' if fields else 'GET'} {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            "Connection: close",
        ]
        if fields:
            head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        writer.write("\r\n".join([*head, "", ""]).encode() + body)
        await writer.drain()
        raw = await reader.read()
        writer.close()
        top, _, page = raw.partition(b"\r\n\r\n")
        lines = top.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
        seconds = time.perf_counter() - began
        return Answer(
            int(lines[0].split()[1]), headers.get("location", ""), page.decode(errors="replace"), seconds
        )

    def all_at_once(self, asked: Sequence[tuple[str, dict[str, str] | None]]) -> list[Answer]:
        """Ask everything at the same moment."""

        async def gather() -> list[Answer]:
            return list(await asyncio.gather(*(self.ask(path, fields) for path, fields in asked)))

        # A thread of its own: a browser that was driven before keeps a loop running in ours.
        with ThreadPoolExecutor(1) as beside:
            return beside.submit(asyncio.run, gather()).result()

    def one(self, path: str, fields: dict[str, str] | None = None) -> Answer:
        """Ask one thing."""
        return self.all_at_once([(path, fields)])[0]


def environment(folder: Path) -> dict[str, str]:
    """Give the environment of a server with its own folder of data, and its own database on PostgreSQL."""
    url = f"sqlite:///{folder}/trekker.sqlite3"
    if postgres := _postgres():
        url = urlsplit(postgres)._replace(path=f"/{_database(folder)}").geturl()
    own = {"TREKKER_DATA_DIR": str(folder), "DATABASE_URL": url, "SECRET_KEY": KEY}
    return {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "trekker.config.settings"}


def prepare(folder: Path) -> None:
    """Make the database and the register of organisations."""
    if postgres := _postgres():
        with psycopg.connect(postgres, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_database(folder))))
    subprocess.run([*TREKKER, "prepare"], env=environment(folder), check=True, stdout=subprocess.DEVNULL)


def _postgres() -> str:
    given = os.environ.get("DATABASE_URL", "")
    return given if given.startswith("postgres") else ""


def _database(folder: Path) -> str:
    return f"trekker_{sha256(str(folder).encode()).hexdigest()[:16]}"


def within(folder: Path, code: str) -> dict:
    """Run a few lines on the data of the server; they leave what to give back in ``found``."""
    lines = f"import django; django.setup()\nimport json\n{code}\nprint(json.dumps(found))"
    done = subprocess.run(
        [sys.executable, "-c", lines], env=environment(folder), check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout.strip().splitlines()[-1])


@contextmanager
def serving(folder: Path, *, workers: int = 2, jobs: bool = False) -> Iterator[Server]:
    """Start the server on a free port and stop it afterwards."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [*TREKKER, "serve", "--port", str(port), "--workers", str(workers)]
    process = subprocess.Popen(
        [*command, *([] if jobs else ["--no-jobs"])], env=environment(folder), start_new_session=True
    )
    try:
        server = Server(port, process)
        _wait(server)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait(server: Server) -> None:
    for _ in range(600):
        try:
            if server.one("/").status == 200:
                return
        except OSError:
            pass
        if server.process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


def _family(pid: int) -> list[int]:
    found = [pid]
    for child in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(child.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == pid:
            found += _family(int(child.parent.name))
    return found


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])
