// What can be said of the site's files without a browser: valid HTML, links that lead somewhere, weight, data.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join, posix } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { HtmlValidate } from "html-validate";
import { build, files, pages } from "./build.mjs";
import rules from "./htmlvalidate.mjs";

/** Roles in tables that phones show as cards: docs/theme.md says why they stand there. */
const CARDS = /^The “role” attribute must not be used on a “t[dhr]” element which has a “table” ancestor/;

const SECTIONS = {
  "tyumen-region-2025": 25,
  "molchanovo-2023": 49,
  "tomsk-region-2020": 27,
  "tyumen-city-2021": 35,
  "tula-2024": 67,
};

describe("the files of the site", () => {
  let built;
  let site;
  let all;
  let texts;

  before(() => {
    built = build();
    site = built.site;
    all = new Set(files(site));
    texts = new Map(pages(site).map((page) => [page, readFileSync(file(page), "utf8")]));
  });
  after(() => built?.remove());

  const file = (page) => join(site, page.endsWith("/") ? `${page}index.html` : page);

  test("five sections and a few dozen pages are there", () => {
    assert.ok(texts.size > 100, `${texts.size} pages`);
    for (const section of Object.keys(SECTIONS)) assert.ok(texts.has(`/${section}/`), section);
  });

  test("every page is valid HTML", async () => {
    const validator = new HtmlValidate(rules);
    const wrong = [];
    for (const [page, html] of texts) {
      const report = await validator.validateString(html, page);
      for (const { messages } of report.results) {
        for (const m of messages) {
          wrong.push(`${page}:${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
        }
      }
    }
    none(wrong);
  });

  test("the Nu checker finds no error on any page", async () => {
    const checker = ["-Xss8m", "-jar", createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar")];
    const words = ["--format", "json", "--exit-zero-always", "--stdout", "--skip-non-html", "--errors-only", site];
    const { stdout } = await promisify(execFile)("java", [...checker, ...words], { maxBuffer: 512 * 1024 * 1024 });
    const wrong = JSON.parse(stdout).messages
      .filter((m) => m.type === "error" && !CARDS.test(m.message))
      .map((m) => `${m.url.split("/site/")[1] ?? m.url}:${m.lastLine} ${m.message}`);
    none(wrong);
  });

  test("every link and every anchor leads somewhere", () => {
    const anchors = new Map();
    const ids = (page) => {
      if (!anchors.has(page)) {
        anchors.set(page, new Set([...texts.get(page).matchAll(/\sid="([^"]*)"/g)].map((m) => m[1])));
      }
      return anchors.get(page);
    };
    const wrong = [];
    let count = 0;
    for (const [page, html] of texts) {
      const own = /<link rel="canonical" href="([^"]+)"/.exec(html)?.[1];
      assert.ok(own, `${page} has no canonical address`);
      for (const [, , value] of html.matchAll(/\s(href|src)="([^"]*)"/g)) {
        const address = unescape(value);
        if (/^(mailto|tel):/.test(address)) continue;
        count += 1;
        if (address === "") {
          wrong.push(`${page}: an empty address`);
          continue;
        }
        // Calendar programs follow a file of this site by an address of their own.
        if (address.startsWith("webcal://")) {
          const root = /<link rel="canonical" href="https?(:\/\/[^"]*?\/)(?=[^"]*")/.exec(texts.get("/"))?.[1];
          if (!root || !all.has(address.replace(`webcal${root}`, ""))) wrong.push(`${page}: ${address} leads nowhere`);
          continue;
        }
        if (/^[a-z]+:\/\//.test(address)) {
          if (!address.startsWith("https://")) wrong.push(`${page}: ${address} is no https`);
          continue;
        }
        const url = new URL(address, `http://site${page}`);
        const target = posix.normalize(decodeURIComponent(url.pathname));
        const at = target.slice(1) + (target.endsWith("/") ? "index.html" : "");
        // A link that climbs above the root is lost when the site lies in a folder.
        if (depth(address) > page.split("/").length - 2) wrong.push(`${page}: ${address} leaves the site`);
        if (!all.has(at)) {
          wrong.push(`${page}: ${address} leads nowhere`);
          continue;
        }
        const anchor = decodeURIComponent(url.hash.slice(1));
        if (anchor && texts.has(target) && !ids(target).has(anchor)) {
          wrong.push(`${page}: ${address}: no such anchor`);
        }
      }
    }
    none(wrong);
    assert.ok(count > 2000, `${count} links`);
  });

  test("nothing is loaded from another host", () => {
    const wrong = [];
    for (const [page, html] of texts) {
      for (const [tag] of html.matchAll(/<(script|img|iframe|source|video|audio|embed|object)\b[^>]*>/g)) {
        if (/\b(src|srcset|data)="(https?:)?\/\//.test(tag)) wrong.push(`${page}: ${tag}`);
      }
      for (const [tag] of html.matchAll(/<link\b[^>]*>/g)) {
        if (/rel="(stylesheet|icon|preload|preconnect|dns-prefetch)"/.test(tag) && /href="(https?:)?\/\//.test(tag)) {
          wrong.push(`${page}: ${tag}`);
        }
      }
    }
    for (const name of all) {
      if (!/\.(css|svg)$/.test(name)) continue;
      const text = readFileSync(join(site, name), "utf8");
      if (/url\(\s*["']?(https?:)?\/\//.test(text) || /@import/.test(text)) wrong.push(name);
    }
    none(wrong);
  });

  test("every page says what it is", () => {
    const wrong = [];
    const titles = new Map();
    for (const [page, html] of texts) {
      const need = (pattern, what) => {
        const found = pattern.exec(html);
        if (!found?.[1]?.trim()) wrong.push(`${page}: no ${what}`);
        return found?.[1];
      };
      const title = need(/<title>([^<]+)<\/title>/, "title");
      need(/<meta name="description" content="([^"]+)"/, "description");
      need(/<meta property="og:title" content="([^"]+)"/, "og:title");
      need(/<meta property="og:url" content="([^"]+)"/, "og:url");
      const data = need(/<script type="application\/ld\+json">([^<]+)<\/script>/, "JSON-LD");
      if (data) JSON.parse(data);
      if (titles.has(title)) wrong.push(`${page}: the title of ${titles.get(title)}`);
      titles.set(title, page);
      if (page !== "/" && page !== "/404.html") need(/<nav class="crumbs"[^>]*>([^]*?)<\/nav>/, "breadcrumbs");
    }
    none(wrong);
  });

  test("a first page weighs less than 100 KB without fonts", () => {
    for (const page of ["/", ...Object.keys(SECTIONS).map((s) => `/${s}/`)]) {
      // All that the page itself asks for: style, scripts, icon.
      const asked = [...texts.get(page).matchAll(/\s(?:href|src)="([^"]*assets\/[^"]+)"/g)].map((m) => posix.join(page, m[1]));
      assert.ok(asked.length >= 4, `${page}: ${asked}`);
      const shared = asked.map((name) => statSync(join(site, name)).size).reduce((a, b) => a + b, 0);
      const weight = statSync(file(page)).size + shared;
      assert.ok(weight < 100_000, `${page}: ${weight} bytes`);
    }
  });

  test("each row of a roadmap stands in the page under its number", () => {
    for (const [section, count] of Object.entries(SECTIONS)) {
      const data = JSON.parse(readFileSync(join(site, section, "roadmap/data.json"), "utf8"));
      const page = texts.get(`/${section}/roadmap/`);
      const shown = [...page.matchAll(/\sdata-no="([^"]*)"/g)].map((m) => unescape(m[1]));
      assert.equal(data.rows.length, count, section);
      assert.deepEqual(shown, data.rows.map((row) => row.no ?? ""), section);
      for (const mark of ["\u2011", "\u2060"]) {
        assert.ok(!JSON.stringify(data).includes(mark), `${section}: a mark for pages alone in the data`);
      }
    }
  });

  test("the style knows paper", () => {
    const style = readFileSync(join(site, "assets/style.css"), "utf8");
    assert.match(style, /@media print/);
    assert.match(style, /@page\s*\{[^}]*A4/);
  });

  test("the theme's files are where the pages look for them", () => {
    assert.ok(existsSync(join(site, "assets/fonts/ofl.txt")), "the font's licence");
    assert.ok([...all].some((name) => name.endsWith(".woff2")), "fonts");
  });
});

/** How many folders an address climbs. */
function depth(address) {
  return (/^(\.\.\/)*/.exec(address)?.[0].length ?? 0) / 3;
}

function unescape(text) {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&#x27;", "'")
    .replaceAll("&#x2F;", "/")
    .replaceAll("&amp;", "&");
}

/** Fails with the first few of what is wrong, and how many there are. */
function none(wrong) {
  assert.equal(wrong.length, 0, `${wrong.length}:\n${wrong.slice(0, 25).join("\n")}`);
}
