"""The previews of `glasno` and of Hugo on the same documents, one after the other in one run.

Takes the folder that `bench.py` made; starts each server, saves files as an editor does and clocks two moments: the
reload message that an open page hears (glasno: server-sent events; Hugo: its live-reload socket), and the first
answer of the page that holds the new text. Prints medians, the 95th percentile and peak memory. Must leave the
documents as they were.
"""

import base64
import http.client
import json
import os
import queue
import re
import shutil
import signal
import socket
import statistics
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

PATIENCE = 300
# Longer than Hugo's debouncing and than our own looking round, so that two saves are two changes.
PAUSE = 0.6


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """A running preview and what an open page hears from it."""

    def __init__(self, command: list[str], port: int, page: str, log: Path):
        self.port, self.page = port, page
        self.heard: queue.Queue[float] = queue.Queue()
        self.log = open(log, "wb")
        begun = time.monotonic()
        self.child = subprocess.Popen(command, stdout=self.log, stderr=subprocess.STDOUT)
        while not self.answers():
            if self.child.poll() is not None or time.monotonic() - begun > 3 * PATIENCE:
                self.stop()
                sys.exit(f"{command[0]} does not answer {page}: see {log}")
            time.sleep(0.05)
        self.ready = time.monotonic() - begun
        self.events = self.connect()
        threading.Thread(target=self.listen, daemon=True).start()
        time.sleep(2)
        self.forget()

    def answers(self) -> bool:
        try:
            return self.get(self.page)[0] == 200
        except OSError:
            return False

    def get(self, path: str) -> tuple[int, str]:
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            c.request("GET", path, headers={"Connection": "close"})
            answer = c.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")
        finally:
            c.close()

    def forget(self) -> None:
        while not self.heard.empty():
            self.heard.get()

    def save(self, file: Path, text: str, shown: str | None, page: str | None = None) -> tuple[float, float]:
        """Seconds from the end of the save to the message, and to the page that holds `shown`."""
        time.sleep(PAUSE)
        self.forget()
        file.write_text(text, encoding="utf-8")
        saved = time.monotonic()
        try:
            message = self.heard.get(timeout=PATIENCE) - saved
        except queue.Empty:
            sys.exit(f"no message after a save of {file}")
        while shown is not None and shown not in self.get(page or self.page)[1]:
            if time.monotonic() - saved > PATIENCE:
                sys.exit(f"«{shown}» is never served")
            time.sleep(0.002)
        return message, time.monotonic() - saved

    def memory(self) -> float:
        """Peak, in MB, so far."""
        for line in Path(f"/proc/{self.child.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
        return 0.0

    def cpu(self) -> float:
        fields = Path(f"/proc/{self.child.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        self.child.send_signal(signal.SIGINT)
        try:
            self.child.wait(30)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
        self.log.close()


class Glasno(Server):
    def connect(self) -> socket.socket:
        s = socket.create_connection(("127.0.0.1", self.port))
        s.sendall(f"GET /@glasno/events?page={self.page} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n\r\n".encode())
        return s

    def listen(self) -> None:
        for line in self.events.makefile("rb"):
            if line.startswith(b"data: ") and b'"number"' in line:
                now = time.monotonic()
                if not json.loads(line[6:])["broken"]:
                    self.heard.put(now)


class Hugo(Server):
    def connect(self) -> socket.socket:
        s = socket.create_connection(("127.0.0.1", self.port))
        key = base64.b64encode(os.urandom(16)).decode()
        s.sendall((f"GET /livereload HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                   f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nOrigin: http://127.0.0.1:{self.port}\r\n\r\n").encode())
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            got = s.recv(1)
            if not got:
                sys.exit("no live reload")
            head += got
        hello = json.dumps({"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]}).encode()
        mask = os.urandom(4)
        s.sendall(bytes([0x81, 0x80 | len(hello)]) + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(hello)))
        return s

    def listen(self) -> None:
        stream = self.events.makefile("rb")
        while True:
            head = stream.read(2)
            if len(head) < 2:
                return
            size = head[1] & 0x7F
            if size == 126:
                size = struct.unpack(">H", stream.read(2))[0]
            elif size == 127:
                size = struct.unpack(">Q", stream.read(8))[0]
            if b'"reload"' in stream.read(size):
                self.heard.put(time.monotonic())


def p95(values: list[float]) -> float:
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


def told(name: str, what: str, pairs: list[tuple[float, float]]) -> None:
    message, seen = [m * 1000 for m, _ in pairs], [s * 1000 for _, s in pairs]
    print(f"{name:12} {what:34} message {statistics.median(message):7.0f} ms (p95 {p95(message):6.0f}), "
          f"new text served {statistics.median(seen):7.0f} ms (p95 {p95(seen):6.0f})", flush=True)


def edits(server: Server, name: str, file: Path, saves: int) -> list[tuple[float, float]]:
    """One document is saved again and again."""
    text = file.read_text(encoding="utf-8")
    start = text.index('measure: "', text.index("rows:")) + len('measure: "')
    try:
        pairs = [server.save(file, f"{text[:start]}Правка {n}: {text[start:]}", f"Правка {n}: ") for n in range(saves)]
    finally:
        file.write_text(text, encoding="utf-8")
    told(name, f"one document, {saves} saves", pairs)
    time.sleep(2 * PAUSE)
    return pairs


def templates(server: Server, name: str, file: Path) -> float:
    """The template of all roadmaps: twice, and back."""
    text = file.read_text(encoding="utf-8")
    try:
        pairs = [server.save(file, text.replace("<table>", f'<table class="v{n}">'), f'class="v{n}"') for n in range(3)]
    finally:
        file.write_text(text, encoding="utf-8")
    told(name, "a template of all pages, 3 saves", pairs)
    time.sleep(2 * PAUSE)
    return statistics.median(s for _, s in pairs)


def glasno(where: Path, program: str, saves: int, measured, schools, today: str) -> dict:
    site = where / "glasno"
    page, file = "/s0000/roadmaps/plan-000001/", site / "content/s0000/roadmaps/plan-000001.yaml"
    shutil.rmtree(site / "output", ignore_errors=True)
    build = measured([program, "build", str(site), "--today", today])
    shutil.rmtree(site / "output", ignore_errors=True)
    print(f"glasno       a clean build: {build['wall']:.1f} s, {build['cpu']:.1f} CPU s, {build['mb']:.0f} MB", flush=True)
    port = free_port()
    server = Glasno([program, "serve", str(site), "--port", str(port), "--today", today], port, page, where / "glasno.log")
    try:
        print(f"glasno       ready after {server.ready:.1f} s, {server.memory():.0f} MB", flush=True)
        pairs = edits(server, "glasno", file, saves)
        template = templates(server, "glasno", site / "themes/bench/templates/roadmap.html")
        small = server.memory()
        bodies, registry = site / "content/s0000/bodies.yaml", site / "content/private/registry.yaml"
        before = bodies.read_text(encoding="utf-8"), registry.read_text(encoding="utf-8")
        try:
            more = [server.save(bodies, before[0] + f'  - {{id: sovet-{n}, name: "Совет {n}"}}\n', None) for n in range(2)]
            told("glasno", "a directory of bodies, 2 saves", more)
            more = [server.save(registry, schools(30 + n), None) for n in range(5)]
            told("glasno", "the registry, 5 saves", more)
        finally:
            bodies.write_text(before[0], encoding="utf-8")
            registry.write_text(before[1], encoding="utf-8")
        peak = server.memory()
        print(f"glasno       peak memory: {small:.0f} MB after the saves and templates, {peak:.0f} MB after all; {server.cpu():.1f} CPU s",
              flush=True)
        return {"edit": statistics.median(m for m, _ in pairs), "seen": statistics.median(s for _, s in pairs), "template": template,
                "clean": build["wall"], "peak": peak}
    finally:
        server.stop()


def hugo(where: Path, program: str, saves: int, name: str, more: list[str], measured) -> dict:
    site = where / "hugo"
    page, file = "/s0000/roadmaps/plan-000001/", site / "content/s0000/roadmaps/plan-000001.md"
    shutil.rmtree(site / "public", ignore_errors=True)
    build = measured([program, "--quiet", "--noBuildLock", "--source", str(site), "--cacheDir", str(where / "cache")])
    shutil.rmtree(site / "public", ignore_errors=True)
    print(f"{name:12} a clean build: {build['wall']:.1f} s, {build['cpu']:.1f} CPU s, {build['mb']:.0f} MB", flush=True)
    port = free_port()
    command = [program, "server", "--noBuildLock", "--source", str(site), "--cacheDir", str(where / "cache"), "--bind", "127.0.0.1",
               "--port", str(port), "--renderToMemory", "--baseURL", f"http://127.0.0.1:{port}/", *more]
    server = Hugo(command, port, page, where / "hugo.log")
    try:
        print(f"{name:12} ready after {server.ready:.1f} s, {server.memory():.0f} MB", flush=True)
        pairs = edits(server, name, file, saves)
        template = templates(server, name, site / "layouts/_default/single.html")
        print(f"{name:12} peak memory: {server.memory():.0f} MB; {server.cpu():.1f} CPU s", flush=True)
        return {"edit": statistics.median(m for m, _ in pairs), "seen": statistics.median(s for _, s in pairs), "template": template,
                "clean": build["wall"], "peak": server.memory()}
    finally:
        server.stop()


def run(where: Path, count: int, saves: int, only: list[str], program, other, measured, schools, today: str) -> None:
    # Ended from outside, it still ends the servers and puts the documents back.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
    print(f"{count} roadmaps of 30 rows; load at the start {os.getloadavg()[0]:.1f}", flush=True)
    table = {}
    if "glasno" in only:
        table["glasno"] = glasno(where, program(), saves, measured, schools, today)
    if "hugo" in only:
        table["hugo"] = hugo(where, other(), saves, "hugo", [], measured)
        table["hugo, all"] = hugo(where, other(), saves, "hugo, all", ["--disableFastRender"], measured)
    print(f"load at the end {os.getloadavg()[0]:.1f}")
    ours = table.get("glasno")
    for name, theirs in table.items():
        if ours is None or name == "glasno":
            continue
        ratio = {key: f"{theirs[key] / ours[key]:.2f}" for key in ours}
        print(f"{name} / glasno: message {ratio['edit']}, new text {ratio['seen']}, template {ratio['template']}, "
              f"clean build {ratio['clean']}, memory {ratio['peak']}")
    if ours:
        print(f"glasno: a template change takes {ours['template'] / ours['clean']:.3f} of a clean build")


def desk(where: Path, count: int, saves: int, program: str, today: str) -> None:
    """Forms of single rows: opened, looked at, saved, seen on the page; and the first screen."""
    root = where / "glasno"
    log = open(where / "desk.log", "w+b")
    child = subprocess.Popen([program, "desk", str(root), "--today", today, "--port", str(free_port())], stdout=log, stderr=log)
    ports: list[int] = []
    begun = time.monotonic()
    while len(ports) < 2:
        time.sleep(0.1)
        ports = [int(p) for p in re.findall(rb"http://127\.0\.0\.1:(\d+)", Path(log.name).read_bytes())]
        if child.poll() is not None or time.monotonic() - begun > PATIENCE:
            sys.exit(f"the desk does not begin: see {log.name}")
    site, own = ports[:2]

    def ask(port: int, path: str, body: str | None = None, token: str = "") -> tuple[int, str, float]:
        c = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        head = {"Content-Type": "application/json", "Origin": f"http://127.0.0.1:{own}", "X-Glasno-Token": token}
        asked = time.monotonic()
        c.request("GET" if body is None else "POST", path, body and body.encode(), head if body else {})
        answer = c.getresponse()
        text = answer.read().decode("utf-8", "replace")
        took = time.monotonic() - asked
        c.close()
        return answer.status, text, took

    try:
        plans = sorted((root / "content").glob("*/roadmap*.yaml")) or sorted((root / "content").glob("*/**/*.yaml"))
        plans = [p for p in plans if "kind: roadmap" in p.read_text(encoding="utf-8")[:200]]
        while ask(site, "/")[0] != 200:
            time.sleep(0.2)
            if time.monotonic() - begun > 3 * PATIENCE:
                sys.exit("the site is never read")
        print(f"{count} documents, ready after {time.monotonic() - begun:.1f} s, load {os.getloadavg()[0]:.0f}")
        _, page, first = ask(own, "/")
        token = json.loads(re.search(r'id="told">(.*?)</script>', page, re.S)[1])["token"]
        took: dict[str, list[float]] = {"first screen": [first], "form": [], "looked at": [], "saved and shown": [], "page": []}
        for n in range(saves):
            plan = plans[n * 7919 % len(plans)]
            path = plan.relative_to(root).as_posix()
            before = plan.read_bytes()
            line = next(i for i, row in enumerate(before.decode().splitlines(), 1) if "- no:" in row or "- {no:" in row)
            _, form, opened = ask(own, f"/edit?path={path}&line={line}")
            value = lambda name: re.search(rf' {name}="([^"]*)"', form)[1]
            words = f"Правка{n}настольная"
            said = {"path": path, "at": value("data-at"), "hash": value("data-hash"), "values": {"measure": words}}
            _, _, looked = ask(own, "/desk/look", json.dumps(said), token)
            status, told, saved = ask(own, "/desk/save", json.dumps(said), token)
            if status != 200:
                sys.exit(f"not saved: {told}")
            address = value("data-back").split(f":{site}")[1]
            seen = time.monotonic()
            while words not in ask(site, address)[1]:
                if time.monotonic() - seen > PATIENCE:
                    sys.exit(f"«{words}» is never served at {address}")
            took["form"].append(opened)
            took["looked at"].append(looked)
            took["saved and shown"].append(saved)
            took["page"].append(time.monotonic() - seen)
            if ask(own, "/desk/undo", "{}", token)[0] != 200 or plan.read_bytes() != before:
                sys.exit("not taken back")
        took["first screen"].append(ask(own, "/")[2])
        for name, all_of in took.items():
            spread = sorted(all_of)
            print(f"{name}: median {1000 * statistics.median(spread):.0f} ms, p95 {1000 * spread[int(0.95 * (len(spread) - 1))]:.0f} ms, best {1000 * spread[0]:.0f} ms")
        print(f"load at the end {os.getloadavg()[0]:.0f}")
    finally:
        child.send_signal(signal.SIGINT)
        child.wait(30)
        log.close()
