"""What goes into the packages beside the program: papers, the sample project, licences and the bill of materials.

Takes the root of the sources; gives names and bytes. Must not look at anything that is not in the sources or in the
crates that the program is made of.
"""

import base64
import hashlib
import json
import subprocess
import uuid
from pathlib import Path

# Papers for people: the name in the package, the file.
PAPERS = {
    "README.md": "README.md",
    "README.ru.md": "README.ru.md",
    "LICENSE-MIT": "LICENSE-MIT",
    "LICENSE-APACHE": "LICENSE-APACHE",
}
GUIDE = ["guide", "publish", "sources", "guard", "coarsening", "tab", "theme", "security"]
START = "Начните отсюда.txt"


def documents(root):
    """README, guide and own licences."""
    named = dict(PAPERS) | {f"docs/{name}.md": f"docs/{name}.md" for name in GUIDE}
    pictures = [*root.glob("docs/pictures/*.png"), *root.glob("docs/tab/*.png")]
    named |= {str(path.relative_to(root)): str(path.relative_to(root)) for path in pictures}
    found = [(name, (root / path).read_bytes()) for name, path in sorted(named.items())]
    return found + [(START, (root / "release" / "start.txt").read_bytes())]


def sample(root):
    """The sections that come with the program: something to look at in the first minute."""
    made = []
    for path in sorted((root / "content").rglob("*")):
        # A key of this machine is no part of the sample.
        if path.is_file() and path.name != "cache.key":
            made.append((str(path.relative_to(root)), path.read_bytes()))
    return made


def windows_name(name):
    """The old Notepad opens what ends in .txt."""
    return f"{name}.txt" if name.startswith("LICENSE-") else name


def crlf(name, data):
    """Texts as Windows writes them; the mark at the beginning tells old programs the encoding."""
    if name.endswith(".png"):
        return data
    text = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return b"\xef\xbb\xbf" + text if name.endswith(".txt") else text


def urlsafe(digest):
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def used(root, targets):
    """Crates that become part of the program or of its build, by name and version."""
    found = {}
    for target in targets:
        command = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", target]
        told = json.loads(subprocess.run(command, cwd=root, check=True, capture_output=True).stdout)
        packages = {package["id"]: package for package in told["packages"]}
        nodes = {node["id"]: node for node in told["resolve"]["nodes"]}
        waiting, seen = [told["resolve"]["root"]], set()
        while waiting:
            one = waiting.pop()
            if one in seen:
                continue
            seen.add(one)
            for dep in nodes[one]["deps"]:
                # Of a dependency for tests alone nothing is passed on.
                if any(kind["kind"] != "dev" for kind in dep["dep_kinds"]):
                    waiting.append(dep["pkg"])
        for one in seen:
            package = packages[one]
            found[(package["name"], package["version"])] = package
    return [found[key] for key in sorted(found)]


def checksums(root):
    """What the lock says of each crate's file."""
    sums, name, version = {}, None, None
    for line in (root / "Cargo.lock").read_text().splitlines():
        key, _, value = line.partition(" = ")
        if key == "name":
            name = value.strip('"')
        elif key == "version":
            version = value.strip('"')
        elif key == "checksum":
            sums[(name, version)] = value.strip('"')
    return sums


def texts(package):
    """Texts of the licences that a crate carries."""
    folder = Path(package["manifest_path"]).parent
    names = ("license", "licence", "copying", "copyright", "notice", "unlicense", "ofl")
    found = [path for path in folder.iterdir() if path.is_file() and path.name.lower().startswith(names)]
    found += [path for path in folder.glob("licenses/*") if path.is_file()]
    return [path.read_text(errors="replace").strip() for path in sorted(found)]


def crates(root, version, targets, epoch):
    """The licences of all that is passed on, each text once, and the bill of materials (CycloneDX 1.5)."""
    packages = [package for package in used(root, targets) if package["source"]]
    sums = checksums(root)
    owners, lines, components = {}, [], []
    for package in packages:
        name, at, licence = package["name"], package["version"], (package["license"] or "").replace("/", " OR ")
        lines.append(f"{name} {at}: {licence}")
        for text in texts(package):
            owners.setdefault(text, []).append(f"{name} {at}")
        component = {
            "type": "library",
            "name": name,
            "version": at,
            "bom-ref": f"pkg:cargo/{name}@{at}",
            "purl": f"pkg:cargo/{name}@{at}",
            "licenses": [{"expression": licence}],
        }
        if (name, at) in sums:
            component["hashes"] = [{"alg": "SHA-256", "content": sums[(name, at)]}]
        components.append(component)
    font = (root / "themes" / "default" / "assets" / "fonts" / "OFL.txt").read_text().strip()
    owners.setdefault(font, []).append("Golos Text (font)")
    head = (root / "release" / "licences.txt").read_text().strip()
    rule = "=" * 78
    parts = [head, "\n".join(lines)]
    for text, of in sorted(owners.items(), key=lambda pair: pair[1]):
        parts.append(f"{rule}\n{', '.join(of)}\n{rule}\n{text}")
    digest = hashlib.sha256("\n".join(lines).encode() + version.encode()).digest()
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.UUID(bytes=digest[:16], version=4)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": "glasno",
                "version": version,
                "bom-ref": f"pkg:cargo/glasno@{version}",
                "licenses": [{"expression": "MIT OR Apache-2.0"}],
            }
        },
        "components": components,
    }
    return ("\n\n".join(parts) + "\n").encode(), bill
