// The first day of an office at the desk: from an empty folder to a site that can be uploaded, without touching a file.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { deflateSync } from "node:zlib";

import { start } from "./browser.mjs";
import { ROOT } from "./build.mjs";
import { serve } from "./server.mjs";

const PATIENCE = { timeout: 60_000 };
const TODAY = ["--today", "2025-04-10", "--lang", "ru"];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let root;
let server;
let desk;
let site;
let browser;
let page;

const run = (words) => (process.env.GLASNO
  ? [process.env.GLASNO, words]
  : ["cargo", ["run", "--locked", "--quiet", "--", ...words]]);

before(async () => {
  root = mkdtempSync(join(tmpdir(), "glasno-desk-"));
  const [program, words] = run(["desk", root, "--port", "0", ...TODAY]);
  server = spawn(program, words, { cwd: ROOT, stdio: ["ignore", "pipe", "ignore"] });
  for await (const line of createInterface({ input: server.stdout })) {
    const found = line.match(/http:\/\/127\.0\.0\.1:\d+/)?.[0];
    if (found && site) { desk = found; break; }
    site ??= found;
  }
  server.stdout.resume();
  browser = await start();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on("dialog", (dialog) => dialog.accept());
});

after(async () => {
  await browser?.close();
  server?.kill("SIGINT");
  if (root) rmSync(root, { recursive: true, force: true });
});

// Parts of files that Word and cameras make, as small as they may be.
const CRC = Int32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});
const crc = (bytes) => ~bytes.reduce((c, b) => CRC[(c ^ b) & 255] ^ (c >>> 8), -1) >>> 0;

function zip(files) {
  const local = [];
  const central = [];
  let offset = 0;
  for (const [name, text] of files) {
    const bytes = Buffer.from(text);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt32LE(crc(bytes), 10);
    head.writeUInt32LE(bytes.length, 14);
    head.writeUInt32LE(bytes.length, 18);
    head.writeUInt16LE(name.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    local.push(Buffer.from("PK\x03\x04", "latin1"), head, Buffer.from(name), bytes);
    central.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), head, tail, Buffer.from(name));
    offset += 30 + name.length + bytes.length;
  }
  const middle = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(middle.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, middle, end]);
}

function docx() {
  const paragraph = (text) => `<w:p><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
  const row = (cells) => `<w:tr>${cells.map((c) => `<w:tc>${paragraph(c)}</w:tc>`).join("")}</w:tr>`;
  const lines = [
    "УПРАВЛЕНИЕ ОБРАЗОВАНИЯ АДМИНИСТРАЦИИ ЯБЛОННОГО РАЙОНА",
    "ПРИКАЗ",
    "14 марта 2025 г. № 57-од",
    "О поддержке школ в 2025 году",
    "В целях повышения качества образования приказываю:",
    "1. Утвердить план мероприятий на 2025 год (приложение № 1).",
    "2. Методическому центру до 01.05.2025 назначить кураторов школ.",
    "3. Контроль за исполнением приказа оставляю за собой.",
    "Начальник управления О.П. Ветрова",
    "Приложение № 1 к приказу управления образования от 14.03.2025 № 57-од",
    "План мероприятий на 2025 год",
  ].map(paragraph).join("");
  const table = [
    ["№ п/п", "Мероприятие", "Срок", "Ответственный"],
    ["1", "Провести установочный семинар", "Апрель 2025 г.", "Методический центр"],
    ["2", "Выезды в школы", "сентябрь – ноябрь 2025", "Методический центр"],
    ["3", "Подвести итоги", "Декабрь 2025 г.", "Управление образования"],
  ].map(row).join("");
  const w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  const of = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
  const rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
  return zip([
    ["[Content_Types].xml", `${xml}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="${of}"/></Types>`],
    ["_rels/.rels", `${xml}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${rel}" Target="word/document.xml"/></Relationships>`],
    ["word/document.xml", `${xml}<w:document xmlns:w="${w}"><w:body>${lines}<w:tbl>${table}</w:tbl><w:p/></w:body></w:document>`],
  ]);
}

function png() {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc(body), body.length + 4);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(64, 0);
  head.writeUInt32BE(64, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(64 * 3, 0x77)]);
  const data = deflateSync(Buffer.concat(Array.from({ length: 64 }, () => line)));
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0)),
  ]);
}

const files = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((e) => e.isFile())
  .map((e) => relative(folder, join(e.parentPath ?? e.path, e.name)))
  .sort();
const heading = (name) => page.getByRole("heading", { level: 1, name }).waitFor(PATIENCE);
const said = (text) => page.locator(".said", { hasText: text }).first().waitFor(PATIENCE);

/** Nothing that a screen reader or a phone would stumble over. */
async function sound() {
  await page.evaluate(axe);
  const wrong = await page.evaluate(async () => {
    const { violations } = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "best-practice"] });
    return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" ").slice(0, 300)}`);
  });
  assert.deepEqual(wrong, [], page.url());
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width}: ${page.url()}`);
  }
}

// The guide's pictures: `PICTURES=FOLDER` has them taken on the way.
async function picture(name) {
  if (!process.env.PICTURES) return;
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: join(process.env.PICTURES, `${name}-1280.png`) });
}

test("an office's first day", { timeout: 600_000 }, async (t) => {
  await t.test("an empty folder asks a few questions", async () => {
    await page.goto(desk);
    await heading("Начать раздел");
    await sound();
    await page.getByLabel("Где идёт проект").fill("Яблонный район");
    await page.getByLabel("Кто его ведёт").fill("Управление образования");
    await page.getByLabel("Годы проекта").fill("2025");
    await page.getByRole("group", { name: "Есть ли закрытый перечень" }).getByLabel("нет").check();
    await picture("start");
    await page.getByRole("button", { name: "Начать" }).click();
    await heading("Добавить готовый документ");
    assert.ok(files(root).includes("content/site.yaml"), files(root).join(" "));
  });

  await t.test("a Word document is shown beside what it becomes, its doubts one by one", async () => {
    await sound();
    await page.getByLabel("Файл:").setInputFiles({ name: "prikaz.docx", mimeType: "application/octet-stream", buffer: docx() });
    await page.getByRole("heading", { name: "Что получится" }).waitFor(PATIENCE);
    assert.match(await page.locator(".sides").innerText(), /установочный семинар[^]*установочный семинар/);
    assert.ok(!files(root).some((f) => f.includes("orders")), "nothing is written before it is accepted");
    await sound();
    await picture("import");
    const accept = page.getByRole("button", { name: "Всё верно, записать" });
    for (const doubt of await page.locator("[data-doubt]").all()) {
      assert.ok(await accept.isDisabled());
      await doubt.check();
    }
    await accept.click();
    await heading(/Сегодня/);
    assert.ok(files(root).some((f) => f.endsWith("roadmap.yaml")), files(root).join(" "));
    await sound();
  });

  const section = () => files(root).find((f) => f.endsWith("roadmap.yaml")).split("/")[1];
  const plan = () => readFileSync(join(root, "content", section(), "roadmap.yaml"), "utf8");

  await t.test("a period is mended where it is read", async () => {
    await page.goto(`${desk}/documents`);
    await sound();
    await page.goto(`${site}/${section()}/roadmap/`);
    await page.getByRole("link", { name: /^Править:.*Выезды/ }).click(PATIENCE);
    await page.getByLabel("Срок словами документа").fill("октябрь – ноябрь 2025");
    await said("1 октября 2025");
    await sound();
    await page.getByRole("button", { name: "Сохранить" }).click();
    await page.locator("[data-no]", { hasText: "октябрь" }).first().waitFor(PATIENCE);
    assert.match(plan(), /октябрь – ноябрь 2025/);
  });

  await t.test("a row is done, and a file proves it", async () => {
    await page.getByRole("link", { name: /^Править:.*семинар/ }).click(PATIENCE);
    await page.locator("section.parts", { hasText: "Выполнено" }).getByRole("link", { name: "Добавить" }).click();
    await page.getByLabel("Когда").fill("08.04.2025");
    await said("8 апреля 2025");
    await page.getByLabel("Чем подтверждается").fill("Программа семинара");
    await page.locator("summary", { hasText: "Ещё поля" }).click();
    const file = page.locator("[data-field=file]");
    await file.locator("input[type=file]").setInputFiles({ name: "Программа семинара.txt", mimeType: "text/plain", buffer: Buffer.from("10:00 Открытие\n") });
    await page.waitForFunction(() => document.querySelector("[data-field=file] input[type=text]").value.includes("files/"), null, PATIENCE);
    await page.getByRole("button", { name: "Добавить" }).click();
    await page.waitForURL(/\/roadmap\//, PATIENCE);
    assert.match(plan(), /done: \{date: 2025-04-08, text: "Программа семинара", file: "?files\/programma-seminara\.txt"?\}/);
  });

  await t.test("a piece of news with a picture that somebody has looked at", async () => {
    await page.goto(desk);
    await page.getByRole("link", { name: "Новый документ" }).first().click();
    await sound();
    await page.getByRole("link", { name: "Новость" }).click();
    await heading(/Новость/);
    await sound();
    await page.getByLabel("Заголовок").fill("Прошёл установочный семинар");
    await page.getByLabel("Дата публикации").fill("09.04.2025");
    await page.getByLabel("Текст").fill("Педагоги обсудили план.");
    await page.locator("[data-insert]").setInputFiles({ name: "Семинар.png", mimeType: "image/png", buffer: png() });
    await page.waitForFunction(() => document.getElementById("f-body").value.includes("](../files/"), null, PATIENCE);
    await page.getByRole("button", { name: "Добавить" }).click();
    await page.waitForURL(/\/edit/, PATIENCE);
    await page.goto(desk);
    await page.locator(".eyes > summary").first().click(PATIENCE);
    await page.getByLabel("Кто смотрел").first().fill("Ветрова О. П.");
    await sound();
    await page.getByRole("button", { name: "Просмотрел(а): школ нет" }).first().click();
    await page.getByText("Ничто не мешает").waitFor(PATIENCE);
  });

  await t.test("a protected name is caught while it is typed, and comes out replaced", async () => {
    await page.locator("summary", { hasText: "Внести школы" }).click();
    await page.getByLabel("Полные названия").fill("МБОУ «Кувшинская СОШ»");
    await page.getByRole("button", { name: "Внести" }).click();
    await page.getByText("Внесено: 1").waitFor(PATIENCE);
    await page.goto(desk);
    await page.getByText("Под защитой: 1").waitFor(PATIENCE);
    assert.ok(!(await page.content()).includes("Кувшин"));
    const news = files(root).find((f) => f.includes("/news/"));
    await page.goto(`${desk}/edit?path=${encodeURIComponent(news)}`);
    await page.getByLabel("Текст").fill((await page.getByLabel("Текст").inputValue()).replace("Педагоги", "Педагоги МБОУ «Кувшинская СОШ»"));
    await said("здесь названа защищаемая школа".replace("з", "З"));
    await page.getByRole("button", { name: "Сохранить" }).click();
    await page.waitForURL(/\/news\//, PATIENCE);
    await page.getByRole("heading", { level: 1, name: "Прошёл установочный семинар" }).waitFor(PATIENCE);
    assert.ok(!(await page.content()).includes("Кувшин"));
  });

  await t.test("a working group, member by member; no school gets into an address", async () => {
    await page.goto(desk);
    await page.getByRole("link", { name: "Новый документ" }).first().click();
    await page.getByRole("link", { name: "Рабочая группа" }).click();
    await sound();
    await page.getByLabel("Заголовок").fill("Группа поддержки МБОУ «Кувшинская СОШ»");
    await said("Здесь названа защищаемая школа");
    await page.getByRole("button", { name: "Добавить" }).click();
    await page.getByText("Документ сохранён. Ниже").waitFor(PATIENCE);
    assert.ok(!files(root).some((f) => /kuvshin/i.test(f)), files(root).join(" "));
    await sound();
    await page.locator("section.parts", { hasText: "Состав группы" }).getByRole("link", { name: "Добавить" }).click();
    await page.getByLabel("Имя").fill("Ветрова О. П.");
    await page.getByLabel("Должность").fill("начальник управления");
    await sound();
    await page.getByRole("button", { name: "Добавить" }).click();
    // Back on the group's page, where the member has a pencil of their own.
    await page.getByRole("link", { name: /^Править:.*Ветрова/ }).click(PATIENCE);
    await page.getByLabel("Роль").fill("руководитель группы");
    await page.getByRole("button", { name: "Сохранить" }).click();
    await page.waitForURL(/\/groups\//, PATIENCE);
    await page.locator("main td", { hasText: "руководитель группы" }).waitFor(PATIENCE);
    assert.ok(!(await page.content()).includes("Кувшин"));
    const group = files(root).find((f) => f.includes("/groups/"));
    const written = readFileSync(join(root, group), "utf8");
    for (const words of ["members:", "руководитель группы", "Ветрова О. П.", "начальник управления"]) assert.ok(written.includes(words), written);
  });

  await t.test("the portal and the section are edited where they are read", async () => {
    await page.goto(`${site}/`);
    await page.getByRole("link", { name: /^Править/ }).first().click(PATIENCE);
    await page.getByLabel("Название портала").waitFor(PATIENCE);
    await sound();
    // A block of a text leads to its words, not to the fields above them.
    const news = files(root).find((f) => f.includes("/news/")).replace(/^content|\.md$/g, "");
    await page.goto(`${site}${news}/`);
    await page.getByRole("link", { name: /^Править/ }).nth(1).click(PATIENCE);
    await page.waitForFunction(() => document.activeElement.id === "f-body", null, PATIENCE);
    await page.goto(`${site}/${section()}/`);
    await page.getByRole("link", { name: /^Править:.*Как связаться|^Править:.*Поддержка школ/ }).first().waitFor(PATIENCE);
    await page.goto(`${desk}/edit?path=content%2F${section()}%2Fsection.yaml#f-about`);
    await page.waitForFunction(() => document.activeElement.id === "f-about", null, PATIENCE);
  });

  await t.test("two windows change the same words: the second sees what stands there, and nothing is lost", async () => {
    const news = files(root).find((f) => f.includes("/news/"));
    const address = `${desk}/edit?path=${encodeURIComponent(news)}`;
    const other = await browser.newPage();
    await Promise.all([page.goto(address), other.goto(address)]);
    await other.getByLabel("Заголовок").fill("Семинар прошёл");
    await other.getByRole("button", { name: "Сохранить" }).click();
    await other.waitForURL(/\/news\//, PATIENCE);
    await other.close();
    await page.getByLabel("Заголовок").fill("Прошёл семинар для педагогов");
    await page.getByRole("button", { name: "Сохранить" }).click();
    await said("Сейчас там: Семинар прошёл");
    assert.match(readFileSync(join(root, news), "utf8"), /title: "Семинар прошёл"/);
    await page.goto(address);
    await page.getByLabel("Заголовок").fill("Прошёл установочный семинар");
    await page.getByRole("button", { name: "Сохранить" }).click();
    await page.waitForURL(/\/news\//, PATIENCE);
  });

  await t.test("the site is built, as the same files build without the desk", async () => {
    await page.goto(`${desk}/give`);
    await sound();
    await page.getByRole("button", { name: "Собрать" }).click();
    await page.locator(".outcome.good", { hasText: "Собрано" }).waitFor(PATIENCE);
    await page.getByRole("link", { name: /zip/ }).waitFor(PATIENCE);
    await sound();
    const again = mkdtempSync(join(tmpdir(), "glasno-again-"));
    try {
      mkdirSync(again, { recursive: true });
      const [program, words] = run(["build", root, "--out", again, ...TODAY]);
      execFileSync(program, words, { cwd: ROOT, stdio: "ignore" });
      const [one, two] = [join(root, "output", "site"), join(again, "site")];
      assert.deepEqual(files(one), files(two));
      for (const file of files(one)) {
        assert.ok(readFileSync(join(one, file)).equals(readFileSync(join(two, file))), file);
        assert.ok(!readFileSync(join(one, file)).includes("Кувшин"), file);
      }
      assert.ok(statSync(join(one, "index.html")).size > 0);
    } finally {
      rmSync(again, { recursive: true, force: true });
    }
    await page.reload();
    await page.getByRole("button", { name: "Я выгрузил(а) сайт" }).click();
    await page.getByText("ничего не изменилось").waitFor(PATIENCE);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: /zip/ }).click()]);
    assert.ok(statSync(await download.path()).size > 1000);
  });

  await t.test("what was done is taken back, by keyboard alone", async () => {
    await page.goto(desk);
    const before = files(root).length;
    const undo = page.getByRole("button", { name: /Отменить/ });
    await undo.focus();
    await page.keyboard.press("Enter");
    await page.waitForLoadState();
    await page.waitForTimeout(500);
    assert.ok(files(root).length <= before);
    const news = files(root).find((f) => f.includes("/news/"));
    assert.match(readFileSync(join(root, news), "utf8"), /title: "Семинар прошёл"/);
  });
});

test("no page of the site reaches the desk, and no other site", async () => {
  const before = new Map(files(root).map((f) => [f, readFileSync(join(root, f), "utf8")]));
  const folder = mkdtempSync(join(tmpdir(), "glasno-other-"));
  writeFileSync(join(folder, "index.html"), "<!DOCTYPE html><title>Другой сайт</title><body>");
  const other = await serve(folder);
  for (const address of [site, other.origin]) await refused(address);
  await other.stop();
  rmSync(folder, { recursive: true, force: true });
  for (const [file, text] of before) {
    if (file.startsWith("content")) assert.equal(readFileSync(join(root, file), "utf8"), text, file);
  }
});

async function refused(address) {
  await page.goto(address);
  const seen = await page.evaluate(async (desk) => {
    const tried = [];
    for (const name of ["save", "undo", "begin"]) {
      tried.push(await fetch(`${desk}/desk/${name}`, { method: "POST", headers: { "X-Glasno-Token": "x", "Content-Type": "application/json" }, body: "{}" }).then((r) => r.status, () => "refused"));
      // What needs no permission is sent, and answered by nothing that a page could read.
      tried.push(await fetch(`${desk}/desk/${name}`, { method: "POST", mode: "no-cors", body: "{}" }).then((r) => r.type, () => "refused"));
    }
    tried.push(await fetch(`${desk}/`).then((r) => r.status, () => "refused"));
    const frame = document.createElement("iframe");
    frame.src = `${desk}/`;
    document.body.append(frame);
    await new Promise((done) => setTimeout(done, 1500));
    let inside = "sealed";
    try { inside = frame.contentDocument?.body?.innerText || "sealed"; } catch { /* another origin */ }
    return [...tried, inside];
  }, desk);
  assert.ok(seen.every((one) => ["refused", "opaque", "sealed"].includes(one)), seen.join(" "));
}
