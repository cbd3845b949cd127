import gzip
import socket
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from trekker.events.formats import fetching
from trekker.events.formats.fetching import NotFetched, fetch, is_public

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


class Other(BaseHTTPRequestHandler):
    """The website of someone else, well behaved or not."""

    asked: list = []

    def do_GET(self):
        self.asked.append((self.path, self.headers["Host"]))
        getattr(self, f"give_{self.path.strip('/').partition('/')[0]}")()

    def say(self, status=200, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def give_good(self):
        self.say(body=CALENDAR, Content_Length=str(len(CALENDAR)))

    def give_moved(self):
        self.say(302, Location="/good")

    def give_round(self):
        self.say(302, Location="/round")

    def give_inward(self):
        self.say(302, Location="http://10.0.0.1/secret")

    def give_file(self):
        self.say(302, Location="file:///etc/passwd")

    def give_gone(self):
        self.say(404)

    def give_large(self):
        self.say(body=b"x" * (fetching.MOST_BYTES + 10))

    def give_bomb(self):
        self.say(body=gzip.compress(b"0" * 10_000_000), Content_Encoding="gzip")

    def give_part(self):
        self.say(body=CALENDAR, Content_Length="5000")

    def give_slow(self):
        self.send_response(200)
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b"x")
            time.sleep(0.1)

    def log_message(self, *_):
        pass


@contextmanager
def website():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Other)
    server.handle_error = lambda *_: None  # a caller that hangs up is what these tests are about
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def other(settings):
    settings.TREKKER_FETCH_LOOPBACK = True
    Other.asked = []
    with website() as address:
        yield address


class TestFetch:
    def test_gives_what_stands_there_and_names_the_host(self, other):
        assert fetch(f"{other}/good/agenda.ics?x=1") == CALENDAR
        assert Other.asked == [("/good/agenda.ics?x=1", other.removeprefix("http://"))]

    def test_follows_an_address_that_moved(self, other):
        assert fetch(f"{other}/moved") == CALENDAR

    @pytest.mark.parametrize(
        ("path", "sentence"),
        [
            ("round", "verwijst te vaak door"),
            ("inward", "niet openbaar"),
            ("file", "https://"),
            ("gone", "fout 404"),
            ("large", "groter dan 5 MB"),
            ("bomb", "ingepakt"),
            ("part", "maar een deel"),
        ],
    )
    def test_refuses_what_is_not_right(self, other, path, sentence):
        with pytest.raises(NotFetched, match=sentence):
            fetch(f"{other}/{path}")

    def test_stops_when_its_time_is_up_however_slowly_the_bytes_come(self, other, monkeypatch):
        monkeypatch.setattr(fetching, "MOST_SECONDS", 1.0)
        began = time.monotonic()

        with pytest.raises(NotFetched, match="te traag"):
            fetch(f"{other}/slow")

        assert time.monotonic() - began < 20  # the bytes would take a minute and more

    @pytest.mark.parametrize(
        "url",
        [
            "http://voorbeeld.example/agenda.ics",
            "ftp://voorbeeld.example/agenda.ics",
            "file:///etc/passwd",
            "https://",
            "https://naam:geheim@voorbeeld.example/",
            "https://voorbeeld.example:8443/",
            "https://voorbeeld.example:x/",
            "https://[::1/",
            "",
        ],
    )
    def test_takes_only_plain_addresses_of_websites(self, url):
        with pytest.raises(NotFetched):
            fetch(url)

    @pytest.mark.parametrize(
        "host",
        [
            *("localhost", "127.0.0.1", "127.1", "0x7f000001", "2130706433", "0.0.0.0", "[::1]"),  # noqa: S104
            *("10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "224.0.0.1"),
            *("[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]", "[fd00::1]", "[::]"),
        ],
    )
    def test_never_calls_an_address_inside(self, host, monkeypatch):
        def never(*_args, **_kwargs):
            raise AssertionError("called")

        monkeypatch.setattr(fetching, "_ask", never)

        with pytest.raises(NotFetched):
            fetch(f"https://{host}/")

    def test_refuses_a_name_of_which_one_address_is_inside(self, monkeypatch):
        def both(_host, port, **_kwargs):
            return [(0, 0, 0, "", ("93.184.216.34", port)), (0, 0, 0, "", ("10.0.0.1", port))]

        monkeypatch.setattr(socket, "getaddrinfo", both)

        with pytest.raises(NotFetched, match="niet openbaar"):
            fetch("https://voorbeeld.example/")

    def test_calls_the_very_address_it_checked(self, monkeypatch):
        answers = iter([[(0, 0, 0, "", ("93.184.216.34", 443))]])
        called = []
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: next(answers))
        monkeypatch.setattr(fetching, "_ask", lambda _parts, address, _clock: called.append(address) or b"x")

        assert fetch("https://voorbeeld.example/") == b"x"
        assert called == ["93.184.216.34"]


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_addresses_are_public(address):
    assert is_public(address)
