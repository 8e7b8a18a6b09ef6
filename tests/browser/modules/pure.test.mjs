// Run by Node's own test runner: node --test (see tests/browser/test_modules.py). No page, no package.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

// The modules look at the document when they are loaded, and for no more than this.
globalThis.document = { documentElement: { dir: "ltr", classList: { contains: () => false } }, createElement: () => ({ getContext: () => ({ measureText: (text) => ({ width: text.length * 7 }) }) }) };
globalThis.getComputedStyle = () => ({ getPropertyValue: () => "" });
globalThis.window = globalThis;
globalThis.matchMedia = () => ({ matches: false });

const folder = new URL("../../../mapper/render/assets/", import.meta.url);
const load = (name) => import(new URL("js/" + name, folder));
const { speak, t, number, say, has } = await load("strings.js");
const english = JSON.parse(readFileSync(new URL("words/en.json", folder), "utf8")).page;
const arabic = JSON.parse(readFileSync(new URL("words/ar.json", folder), "utf8")).page;
const french = JSON.parse(readFileSync(new URL("words/fr.json", folder), "utf8")).page;
speak(english, "en");

// A small generator of numbers, the same on every run.
function draws(seed) {
  let state = seed;
  return () => { state = (state * 1664525 + 1013904223) >>> 0; return state / 2 ** 32; };
}

test("days there and back", async () => {
  const { iso, dayOf } = await load("dates.js");
  assert.equal(iso(0), "1970-01-01");
  assert.equal(dayOf("1969-12-31"), -1);
  for (let day = -200000; day < 60000; day += 37) if (iso(day)[0] !== "-") assert.equal(dayOf(iso(day)), day);
  for (const bad of ["", "2024", "2024-1-1", "x", "2024-13-01", "2024-03-04T00:00", "__proto__"]) assert.ok(Number.isNaN(dayOf(bad)), bad);
});

test("dates in words promise no more than is known", async () => {
  const { dateWords, longDay } = await load("dates.js");
  assert.equal(dateWords("2024-03-19", "2024-03-19", "day"), "19 March 2024");
  assert.equal(dateWords("2024-03-01", "2024-03-31", "month"), "March 2024");
  assert.equal(dateWords("2024-01-01", "2024-12-31", "year"), "2024");
  assert.equal(dateWords("2024-03-04", "2024-03-10", "week"), "week of 4 March to 10 March 2024");
  assert.equal(dateWords("2023-12-30", "2024-01-02", "range"), "30 December 2023 to 2 January 2024");
  assert.equal(dateWords("2024-03-01", null, "range"), "since 1 March 2024");
  assert.equal(dateWords("", null, "day"), "date not known");
  speak(french, "fr");
  assert.equal(longDay("2024-08-01"), "1er août 2024");
  assert.equal(dateWords("2024-03-01", null, "range"), "depuis le 1er mars 2024");
  speak(arabic, "ar");
  assert.equal(longDay("2024-03-02"), "2 مارس 2024");
  speak(english, "en");
});

test("whole numbers are written as the browser writes them", () => {
  for (const [language, locale] of [["en", "en"], ["fr", "fr"], ["ar", "ar-u-nu-latn"]]) {
    speak({}, language);
    const format = new Intl.NumberFormat(locale);
    for (const n of [0, 7, 999, 1000, 12345, 100000, 1234567, 98765432100]) assert.equal(number(n), format.format(n));
  }
  speak(english, "en");
});

test("plural forms and numbers", () => {
  assert.equal(t("n.event", { n: 1 }), "1 event");
  assert.equal(t("n.event", { n: 1234 }), "1,234 events");
  speak(french, "fr");
  assert.equal(t("n.event", { n: 0 }), "0 événement");
  speak(arabic, "ar");
  assert.deepEqual([0, 1, 2, 3, 11, 100].map((n) => t("n.event", { n })), ["لا أحداث", "حدث واحد", "حدثان", "3 أحداث", "11 حدثا", "100 حدث"]);
  assert.equal(number(1234567), "1,234,567");
  speak(english, "en");
});

test("what is filled in is not searched for names again", () => {
  assert.equal(t("hover.mark", { name: "{what}", what: "{name}" }), "{what}: {name}");
  assert.equal(t("no such key"), "no such key");
  assert.equal(t("hover.mark", {}), "{name}: {what}");
  for (const key of ["__proto__", "constructor", "toString"]) { assert.equal(has(key), false); assert.equal(t(key), key); }
  assert.equal(say("type", "SOMETHING_NEW"), "SOMETHING NEW");
});

test("Mercator there and back", async () => {
  const { worldX, worldY, toLon, toLat } = await load("geo.js");
  const draw = draws(1);
  for (let k = 0; k < 2000; k++) {
    const lon = draw() * 360 - 180, lat = draw() * 170 - 85;
    assert.ok(Math.abs(toLon(worldX(lon)) - lon) < 1e-9);
    assert.ok(Math.abs(toLat(worldY(lat)) - lat) < 1e-9);
  }
  for (const pole of [90, -90, 1e9]) assert.ok(Number.isFinite(worldY(pole)));
});

test("a point is inside exactly one of two halves", async () => {
  const { ring, inside, worldX, worldY } = await load("geo.js");
  const west = ring([-10000, -10000, 10000, 0, 0, 20000, -10000, 0, 0, -20000], 1000), east = ring([0, -10000, 10000, 0, 0, 20000, -10000, 0, 0, -20000], 1000), draw = draws(2);
  for (let k = 0; k < 2000; k++) {
    const x = worldX(draw() * 18 - 9), y = worldY(draw() * 18 - 9);
    assert.equal(Number(inside([west], x, y)) + Number(inside([east], x, y)), 1);
  }
  assert.equal(inside([west, west], worldX(-5), worldY(0)), false, "a hole of its own size leaves nothing");
});

test("distances over the globe", async () => {
  const { distance, greatCircle } = await load("measure.js");
  assert.ok(Math.abs(distance([48.8566, 2.3522], [51.5074, -0.1278]) - 343.6) < 1);
  assert.ok(Math.abs(distance([0, 0], [0, 180]) - Math.PI * 6371.0088) < 1e-6);
  assert.equal(distance([10, 20], [10, 20]), 0);
  const draw = draws(3);
  for (let k = 0; k < 300; k++) {
    const a = [draw() * 160 - 80, draw() * 360 - 180], b = [draw() * 160 - 80, draw() * 360 - 180], line = greatCircle(a, b, 48);
    let sum = 0;
    for (let i = 1; i < line.length; i++) { sum += distance(line[i - 1], line[i]); assert.ok(Math.abs(line[i][1] - line[i - 1][1]) <= 180); }
    assert.ok(Math.abs(sum - distance(a, b)) < 1e-3, "parts make the whole");
  }
});

test("gunzip in plain JavaScript undoes gzip", async () => {
  const { gunzipPlain } = await load("inflate.js"), draw = draws(4);
  for (const size of [0, 1, 2, 100, 5000, 200000]) for (const letters of [1, 4, 256]) for (const level of [0, 1, 6, 9]) {
    const bytes = Uint8Array.from({ length: size }, () => Math.floor(draw() * letters));
    assert.deepEqual(gunzipPlain(new Uint8Array(gzipSync(bytes, { level }))), bytes, `${size} ${letters} ${level}`);
  }
});

test("a cell is never a formula", async () => {
  const { csvCell } = await load("tools.js");
  for (const text of ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\uff1d1"]) assert.ok(/^"?'/.test(csvCell(text)), text);
  assert.equal(csvCell(-1.5), "-1.5");
  assert.equal(csvCell('a "b", c'), '"a ""b"", c"');
  assert.equal(csvCell(null), "");
});

test("numbers on a printed mark", async () => {
  const { runs } = await load("marks.js"), { short } = await load("layout.js");
  assert.equal(runs([3, 1, 2, 7], 20), "1–3, 7");
  assert.equal(runs([1, 2], 20), "1, 2");
  assert.equal(runs([1, 3, 5, 7, 9, 11, 13], 10), "1, 3, 5, 7 …");
  assert.deepEqual([999, 1000, 9949, 10500].map(short), ["999", "1.0k", "9.9k", "11k"]);
});

test("any text is safe in a drawing", async () => {
  const { xml } = await load("svg.js");
  assert.equal(xml('<a href="x">&'), "&#60;a href=&#34;x&#34;&#62;&#38;");
  assert.equal(xml("a\u0000\u0008\ufffeb"), "ab");
  assert.equal(xml("\ud800x\udc00🚓"), "\ufffdx\ufffd🚓");
});

test("search folds accents, Arabic marks and letter variants", async () => {
  const { fold, webAddress } = await load("dom.js");
  assert.equal(fold("Tillabéri"), "tillaberi");
  assert.equal(fold("مُحَمَّد أحمد"), fold("محمد احمد"));
  assert.equal(fold("Łódź Straße"), "lodz strasse");
  for (const bad of ["javascript:alert(1)", " http://x", "//x", "data:text/html,x", "http://", null, ""]) assert.equal(webAddress(bad), null);
  assert.equal(webAddress("HTTPS://A.example/x"), "https://a.example/x");
});

test("corrections are TOML whatever was typed", async () => {
  const { tomlString, isDates } = await load("corrections.js");
  assert.equal(tomlString('a"b\\c\nd\u0001'), '"a\\"b\\\\c\\nd\\u0001"');
  for (const good of ["none", "2024-02-29", "2024-02-28/2024-03-01", "2024-02-28/"]) assert.ok(isDates(good), good);
  for (const bad of ["2023-02-29", "2024-03-02/2024-03-01", "x", "2024", "2024-01-01/2024-01-02/2024-01-03"]) assert.ok(!isDates(bad), bad);
});

test("the bundle's modules have no import that is not there", async () => {
  for (const name of ["address.js", "basemap.js", "labels.js", "layer.js", "list.js", "mentions.js", "names.js", "picture.js", "timeline.js", "types.js"]) {
    globalThis.L ??= { Layer: { extend: () => class {} } };
    assert.ok(Object.keys(await load(name)).length, name);
  }
});
