"""As much of an IMAP server as reading returned mails needs, on loopback."""

from __future__ import annotations

import re
import socketserver
import threading
from typing import Self


class Mailbox(socketserver.ThreadingTCPServer):
    """A mailbox with these mails, numbered from one; used as ``with``."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, mails: list[bytes]) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.mails = dict(
            enumerate((each.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") for each in mails), 1)
        )
        self.seen: set[int] = set()
        self.signed_in = ("", "")

    @property
    def url(self) -> str:
        return f"imap://terug%40koepel.example:ge%20heim@127.0.0.1:{self.server_address[1]}/INBOX"

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=[0.02], daemon=True).start()
        return self

    def __exit__(self, *_facts: object) -> None:
        self.shutdown()
        self.server_close()


class Talk(socketserver.StreamRequestHandler):
    """One connection."""

    server: Mailbox

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        self.say("* OK ready")
        while line := self.rfile.readline().decode().strip():
            tag, _, asked = line.partition(" ")
            word = asked.split()[1 if asked.upper().startswith("UID") else 0].upper()
            getattr(self, f"do_{word.lower()}", lambda _asked: None)(asked)
            self.say(f"{tag} OK done")
            if word == "LOGOUT":
                return

    def do_capability(self, _asked: str) -> None:
        self.say("* CAPABILITY IMAP4rev1")

    def do_logout(self, _asked: str) -> None:
        self.say("* BYE")

    def do_login(self, asked: str) -> None:
        found = re.findall(r'"([^"]*)"|(\S+)', asked)
        name, word = (quoted or bare for quoted, bare in found[1:3])
        self.server.signed_in = (name, word)

    def do_select(self, _asked: str) -> None:
        self.say(f"* {len(self.server.mails)} EXISTS")

    def do_search(self, asked: str) -> None:
        unseen = (
            number for number in self.server.mails if "UNSEEN" not in asked or number not in self.server.seen
        )
        if named := re.search(r"UID (\d+)", asked.removeprefix("UID ")):
            unseen = (number for number in self.server.mails if number == int(named[1]))
        self.say(f"* SEARCH {' '.join(map(str, unseen))}".rstrip())

    def do_fetch(self, asked: str) -> None:
        number = int(asked.split()[2])
        raw = self.server.mails[number]
        self.wfile.write(f"* {number} FETCH (UID {number} FLAGS () BODY[] {{{len(raw)}}}\r\n".encode())
        self.wfile.write(raw + b")\r\n")

    def do_store(self, asked: str) -> None:
        self.server.seen.add(int(asked.split()[2]))
