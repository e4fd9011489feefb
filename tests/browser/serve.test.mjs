// The preview in a real browser: an editor opens a page, and never touches the browser again.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";

import { start } from "./browser.mjs";
import { ROOT } from "./build.mjs";

const SECTION = "tula-2024";
const SOURCE = join("content", SECTION, "roadmap.yaml");
const PAGE = `/${SECTION}/roadmap/`;
const PATIENCE = { timeout: 60_000 };

let root;
let server;
let address;
let browser;

before(async () => {
  root = mkdtempSync(join(tmpdir(), "glasno-serve-"));
  cpSync(join(ROOT, "content"), join(root, "content"), { recursive: true });
  // What the shipped content acknowledges is told again, or there would be no warning to show.
  const told = join(root, "content", "molchanovo-2023", "roadmap.yaml");
  const acknowledged = readFileSync(told, "utf8");
  writeFileSync(told, acknowledged.replace(/^accepted: .*\n/m, ""));
  const words = ["serve", root, "--port", "0", "--today", "2025-03-10", "--lang", "ru"];
  const run = process.env.GLASNO
    ? [process.env.GLASNO, words]
    : ["cargo", ["run", "--locked", "--quiet", "--", ...words]];
  server = spawn(run[0], run[1], { cwd: ROOT, stdio: ["ignore", "pipe", "ignore"] });
  for await (const line of createInterface({ input: server.stdout })) {
    address = line.match(/http:\/\/127\.0\.0\.1:\d+/)?.[0];
    if (address) break;
  }
  server.stdout.resume();
  browser = await start();
});

after(async () => {
  await browser?.close();
  server?.kill("SIGINT");
  if (root) rmSync(root, { recursive: true, force: true });
});

// Bar and overlay are a page of another origin, in a frame.
const own = (page) => page.frameLocator("glasno-preview iframe");
const overlay = (page) => own(page).locator(".overlay");

test("a change is seen without touching the browser, where the reader was", async () => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 700 } });
  await page.goto(address + PAGE);
  await own(page).locator(".bar").waitFor(PATIENCE);
  await page.evaluate(() => scrollTo(0, 900));
  const text = readFileSync(join(root, SOURCE), "utf8");
  const changed = text.replace(/title: "[^"]*"/, 'title: "Новое название плана"');
  assert.notEqual(changed, text);
  writeFileSync(join(root, SOURCE), changed);
  await page.getByRole("heading", { level: 1, name: "Новое название плана" }).waitFor(PATIENCE);
  await page.waitForFunction(() => Math.abs(scrollY - 900) < 5, null, PATIENCE);

  writeFileSync(join(root, SOURCE), `${changed}\nне: [так\n`);
  await overlay(page).waitFor(PATIENCE);
  assert.match(await overlay(page).innerText(), /content\/tula-2024\/roadmap\.yaml:\d+/);
  await page.getByRole("heading", { level: 1, name: "Новое название плана" }).waitFor(PATIENCE);

  writeFileSync(join(root, SOURCE), changed);
  await overlay(page).waitFor({ state: "hidden", ...PATIENCE });
  await page.close();
});

test("a deleted document is gone from its address and from the index", async () => {
  const news = "2024-02-28-ustanovochnyj-seminar";
  const [page, index] = [await browser.newPage(), await browser.newPage()];
  await page.goto(`${address}/${SECTION}/news/${news}/`);
  await index.goto(`${address}/${SECTION}/news/`);
  const link = index.locator(`main a[href*="${news}"]`).first();
  await link.waitFor(PATIENCE);
  rmSync(join(root, "content", SECTION, "news", `${news}.md`));
  await page.getByRole("heading", { level: 1, name: "Страница не найдена" }).waitFor(PATIENCE);
  await link.waitFor({ state: "detached", ...PATIENCE });
  assert.equal((await page.request.get(page.url())).status(), 404);
});

test("the bar tells source, lines and whether the page would be published", async () => {
  const page = await browser.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(`${address}/molchanovo-2023/roadmap/`);
  const bar = own(page).locator(".bar");
  await bar.waitFor(PATIENCE);
  const text = await bar.innerText();
  assert.match(text, /content\/molchanovo-2023\/roadmap\.yaml/);
  assert.match(text, /будет опубликована/);
  assert.match(text, /Предупреждения: \d+/);
  await bar.getByRole("button", { name: "Показать строки" }).click();
  const line = page.getByRole("button", { name: /^строка \d+$/ }).first();
  await line.waitFor(PATIENCE);
  // The line that is pointed at comes into the bar, where it can be opened.
  await line.click();
  await bar.getByRole("button", { name: /roadmap\.yaml:\d+$/ }).nth(1).waitFor(PATIENCE);
  // The frame covers the page only where it shows something.
  assert.ok(await page.evaluate(() => document.elementFromPoint(innerWidth / 2, 200).closest("main, header, nav") !== null));
  assert.deepEqual(errors, []);
});

test("a picture waits for somebody who looks, and the bar takes the record", async () => {
  const file = "2024-03-22-sovremennyj-urok";
  const news = join(root, "content", SECTION, "news", `${file}.md`);
  const scan = join(root, "content", SECTION, "files", "skan.png");
  // A point of white.
  const white = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==";
  writeFileSync(scan, Buffer.from(white, "base64"));
  writeFileSync(news, `${readFileSync(news, "utf8")}\nСкан: [файл](../files/skan.png).\n`);
  const page = await browser.newPage();
  await page.goto(`${address}/${SECTION}/news/${file}/`);
  const form = own(page).locator("form.look").first();
  await form.waitFor(PATIENCE);
  await form.getByLabel("Кто смотрел").fill("Лугова Н. П.");
  await form.getByRole("button", { name: "Записать просмотр" }).click();
  const reviews = join(root, "content", "private", "reviews.yaml");
  const recorded = () => existsSync(reviews) && readFileSync(reviews, "utf8").includes("Лугова Н. П.");
  assert.ok(!recorded(), "nothing is recorded before somebody says that no school is named");
  await form.getByRole("checkbox").check();
  await form.getByRole("button", { name: "Записать просмотр" }).click();
  await form.waitFor({ state: "detached", ...PATIENCE });
  assert.ok(recorded());
  await page.close();
});

test("what runs in a page reaches no command, and no other host", async () => {
  const page = await browser.newPage();
  await page.goto(`${address}/molchanovo-2023/roadmap/`);
  await own(page).locator(".bar").waitFor(PATIENCE);
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  const found = await page.evaluate(async () => {
    const frame = document.querySelector("glasno-preview").shadowRoot.querySelector("iframe");
    const tool = new URL(frame.src).origin;
    const tries = {};
    const refused = async (name, attempt) => {
      tries[name] = await attempt().then((r) => `answered ${r && r.status}`, () => "refused");
    };
    await refused("reads the bar", () => fetch(tool + "/bar?page=/"));
    await refused("sends a command", () => fetch(tool + "/open", { method: "POST", body: "{}", headers: { "Content-Type": "application/json" } }));
    await refused("sends a plain command", () => fetch(tool + "/open", { method: "POST", body: "{}", mode: "no-cors" }));
    await refused("asks another host", () => fetch("https://host.example/"));
    await refused("looks into the frame", async () => frame.contentWindow.document.body);
    tries.inline = await new Promise((done) => {
      addEventListener("securitypolicyviolation", () => done("refused"), { once: true });
      const script = document.createElement("script");
      script.textContent = "globalThis.ran = true";
      document.body.append(script);
      setTimeout(() => done(globalThis.ran ? "ran" : "refused"), 500);
    });
    return tries;
  });
  for (const [name, outcome] of Object.entries(found)) assert.equal(outcome, "refused", name);
  assert.deepEqual(asked.filter((url) => !url.startsWith(address) && !url.startsWith("http://127.0.0.1:")), []);
  await page.close();
});
