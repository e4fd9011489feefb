// Builds the site from a copy of `content/` in a folder of its own, on a fixed day. GLASNO names a ready binary; without it
// cargo makes one. SITE names a site that is already built.

import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** A day on which every state of a measure occurs somewhere. */
const TODAY = "2025-03-10";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** Gives the folder of the site and a way to remove it. */
export function build() {
  if (process.env.SITE) return { site: process.env.SITE, remove: () => {} };
  const top = mkdtempSync(join(tmpdir(), "glasno-site-"));
  const [root, out] = [join(top, "root"), join(top, "out")];
  const run = process.env.GLASNO
    ? [process.env.GLASNO, []]
    : ["cargo", ["run", "--locked", "--quiet", "--"]];
  // When the sets of the shipped portal were published nobody knows, so it has none: here they get days.
  cpSync(join(ROOT, "content"), join(root, "content"), { recursive: true });
  const sets = [["tula-2024", "2024-02-28"], ["molchanovo-2023", "2023-04-28"]];
  const listed = sets.map(([section, day]) => `    - {of: ${section}/roadmap, created: ${day}}\n`);
  const settings = `opendata:\n  inn: "1234567894"\n  person: "Редакторова Дарья Олеговна"\n  terms: "Свободно, со ссылкой на источник"\n  sets:\n${listed.join("")}`;
  appendFileSync(join(root, "content", "site.yaml"), settings);
  const args = [...run[1], "build", root, "--today", TODAY, "--out", out];
  execFileSync(run[0], args, { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });
  return { site: join(out, "site"), remove: () => rmSync(top, { recursive: true, force: true }) };
}

/** All files of a folder, with slashes, in order. */
export function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/"))
    .sort();
}

/** Addresses of all pages, from the root: `/tula-2024/`. */
export function pages(folder) {
  return files(folder)
    .filter((file) => file.endsWith(".html"))
    .map((file) => `/${file.replace(/(^|\/)index\.html$/, "$1")}`);
}
