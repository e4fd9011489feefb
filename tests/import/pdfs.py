"""The same offices print: PDF as LibreOffice and Chromium make it of documents in `cases`, where these programs are installed. Takes
the cases; adds to them. Must not ask anything of a case but its bytes."""

import functools
import os
import shutil
import subprocess
import tempfile

from cases import CASES, Case

OFFICE = shutil.which("soffice")
BROWSER = next((b for b in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if b), None)
QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@functools.lru_cache
def printed(names, tagged):
    """Each of the named cases as PDF: one run of LibreOffice for all of them."""
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            case = CASES[name]()
            with open(f"{folder}/{name}.{case.ext}", "wb") as f:
                f.write(case.data)
        form = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"%s"}}' % ("true" if tagged else "false")
        subprocess.run([OFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", form, "--outdir", folder,
                        *(f"{folder}/{n}.{CASES[n]().ext}" for n in names)], capture_output=True, timeout=300, check=True)
        out = {}
        for name in names:
            with open(f"{folder}/{name}.pdf", "rb") as f:
                out[name] = f.read()
        return out


def browsed(data):
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/a.html", "wb") as f:
            f.write(data)
        subprocess.run([BROWSER, *QUIET, f"--user-data-dir={folder}/profile", f"--print-to-pdf={folder}/a.pdf", f"file://{folder}/a.html"], capture_output=True, timeout=300, check=True)
        with open(f"{folder}/a.pdf", "rb") as f:
            return f.read()


def again(name, data, source, **more):
    """A case with the rows of another one."""
    case = source()
    CASES[name] = lambda: data and Case("pdf", data(), *case.plans, kinds=case.kinds, hidden=case.hidden, **more)


TAGGED = ("a01-word-order-numbered-by-word", "a02-word-merged-bodies", "a06-word-start-and-finish", "a13-word-several-annexes", "c03-odt-order-and-plan")
PLAIN = ("a01-word-order-numbered-by-word", "a02-word-merged-bodies", "a05-word-stages-without-numbers", "a07-word-quarters", "a10-word-lists-in-cells", "a14-word-two-plans", "a15-word-directions-at-the-left", "a17-word-tasks-and-notes")
BROWSED = ("d02-html-writer", "d03-html-mail", "d04-html-word-with-lists")

for kind, names in (("tagged", TAGGED), ("plain", PLAIN)):
    for n in names:
        again(f"f-{kind}-{n}", OFFICE and functools.partial(lambda ns, t, n: printed(ns, t)[n], names, kind == "tagged", n), CASES[n])
for n in BROWSED:
    again(f"f-browser-{n}", BROWSER and functools.partial(lambda n: browsed(CASES[n]().data), n), CASES[n])
