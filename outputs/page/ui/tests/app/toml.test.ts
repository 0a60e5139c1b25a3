import { strict as assert } from "node:assert";
import { test } from "node:test";
import { parse } from "smol-toml";
import type { Change } from "../../src/shared/protocol.ts";
import type { Fault } from "../../src/app/io/check.ts";
import { FILE_BYTES } from "../../src/app/io/limits.ts";
import { readToml, type FileRead } from "../../src/app/io/toml-in.ts";
import { fileName, tomlOf, type Header } from "../../src/app/io/toml-out.ts";
import type { Doc } from "../../src/app/state/types.ts";
import { meta } from "./things.ts";

const header: Header = {
  title: { sv: 'Eget "scenario" \\ åäö', en: "My own" },
  author: "Någon\u0000\u202e Annan",
  date: "2026-11-22",
  source: { sv: "Satt för hand", en: "Satt för hand" },
  description: { sv: "Rad ett\nrad två", en: "Line one" },
};
const changes: Change[] = [
  {
    kind: "lever",
    name: "reception capacity",
    way: "value",
    number: 0.1 + 0.2,
    cells: { municipality: ["2482", "2584"] },
    from: 2027.5,
    until: 2040,
    ramp: 2,
  },
  {
    kind: "lever",
    name: "planning capacity",
    way: "multiply",
    number: 1.25,
    judged: [1, 2],
    source: { sv: "a", en: "b" },
  },
  {
    kind: "lever",
    name: "grid programme",
    way: "value",
    number: 4,
    range: [0, 5],
    because: { sv: "skäl", en: "reason" },
    from: 2030,
  },
  { kind: "lever", name: "project finance", way: "add", number: -0.25, cells: { project: ["stegra"] } },
  { kind: "assumption", name: "south opening time", way: "value", number: 2037 },
  { kind: "project", name: "project delay", way: "value", number: 2.5, project: "stegra", fate: "delay" },
  {
    kind: "project",
    name: "project closure time",
    way: "value",
    number: 2035,
    project: "reemap",
    fate: "closure",
    source: { sv: "k", en: "k" },
  },
];
const doc: Doc = { changes, baseYear: 2022, horizon: 2040, target: 100_000 };
const HEAD =
  'title.sv = "T"\ntitle.en = "T"\nauthor = "A"\ndate = 2026-01-01\nsource = "S"\nbaseline = "reference"\ndescription.sv = "D"\ndescription.en = "D"\n';

function read(text: string): FileRead {
  const found = readToml(text, meta, "sv");
  assert.ok(!Array.isArray(found), JSON.stringify(found));
  return found;
}

function faults(text: string): Fault[] {
  const found = readToml(text, meta, "sv");
  assert.ok(Array.isArray(found), "the file was read");
  return found;
}

const keys = (text: string): string[] => faults(text).map((fault) => fault.key);
const lever = (lines: string): string => `${HEAD}[[levers]]\nname = "reception capacity"\n${lines}\n`;

test("what is downloaded comes back as it was, to the last bit of every number", () => {
  const found = read(tomlOf(doc, header, meta));
  const order = (list: readonly Change[]) => [...list].sort((one, other) => one.name.localeCompare(other.name));
  assert.deepEqual(order(found.doc.changes), order(changes));
  assert.deepEqual({ ...found.doc, changes: [] }, { ...doc, changes: [] });
  assert.equal(found.loaded.title, header.title.sv);
  assert.equal(found.loaded.author, "Någon Annan");
  assert.deepEqual(found.notes, []);
});

test("the file has the header that every scenario needs, and the page's settings", () => {
  const raw = parse(tomlOf({ ...doc, horizon: 2045 }, header, meta)) as Record<string, unknown>;
  assert.deepEqual(Object.keys(raw).sort(), [
    "assumptions",
    "author",
    "baseline",
    "date",
    "description",
    "levers",
    "projects",
    "settings",
    "source",
    "title",
  ]);
  assert.equal(raw.baseline, "reference");
  assert.deepEqual(
    { ...(raw.settings as object) },
    { start: 2024, until: 2050, base_year: 2022, target: 100_000, target_years: [2035, 2040, 2045] },
  );
});

test("the horizon is the last of the years in which the target is asked for", () => {
  for (const [horizon, years] of [
    [2035, [2035]],
    [2037, [2035, 2037]],
    [2040, [2035, 2040]],
    [2030, [2030]],
  ] as const) {
    const text = tomlOf({ ...doc, horizon }, header, meta);
    assert.match(text, new RegExp(`target_years = \\[${years.join(", ")}\\]`));
    assert.equal(read(text).doc.horizon, horizon);
  }
});

test("municipalities stand in the file by name", () => {
  assert.match(tomlOf(doc, header, meta), /municipality = \["Skellefteå", "Kiruna"\]/);
});

test("texts cannot leave their place in the file", () => {
  const nasty = '"""\n[[levers]]\nname = "x"\r\n# \\u0000 \ud800';
  const text = tomlOf(
    { ...doc, changes: [] },
    { ...header, title: { sv: nasty, en: nasty }, author: nasty, description: { sv: nasty, en: nasty } },
    meta,
  );
  assert.equal(read(text).doc.changes.length, 0);
});

test("places may be named in every way that sim.py knows", () => {
  const cells = (selector: string) =>
    read(lever(`value = 2\nmunicipality = ${selector}`)).doc.changes[0].cells?.municipality;
  assert.deepEqual(cells('"kiruna"'), ["2584"]);
  assert.deepEqual(cells("2584"), ["2584"]);
  assert.deepEqual(cells('"Luleå"'), ["2580"]);
  assert.deepEqual(cells('"FA Luleå"'), ["2580", "2582"]);
  assert.deepEqual(cells('["25", "Umeå"]'), ["2480", "2580", "2582", "2584"]);
  assert.deepEqual(cells('"Norrbottens län"'), ["2580", "2582", "2584"]);
  assert.equal(cells('"all"'), undefined);
});

test("every mistake is told with its place, all at once", () => {
  const found = faults(
    `${HEAD}colour = 1\n[[levers]]\nname = "reception capacity"\nvalue = 2\nadd = 1\n[[levers]]\nname = "nothing"\nvalue = 1\n[[projects]]\nname = "stegra"\n`,
  );
  assert.deepEqual(
    found.map((fault) => [fault.where, fault.key]),
    [
      [undefined, "toml unknown key"],
      ["levers.1", "toml ways"],
      ["levers.2", "toml unknown name"],
      ["projects.1", "toml fates"],
    ],
  );
});

test("the same refusals as sim.py check", () => {
  const refused: [string, string][] = [
    [lever("value = 99"), "problem range"],
    [lever("value = 2\nrange = [0, 5]"), "toml range reason"],
    [lever('value = 2\nbecause = "x"'), "toml range reason"],
    [lever('value = "2"'), "toml number"],
    [lever("value = true"), "toml number"],
    [lever("value = nan"), "toml number"],
    [lever(""), "toml ways"],
    [lever("value = 2\nfrom = 1999"), "toml between"],
    [lever("value = 2\nfrom = 2030\nuntil = 2028"), "toml years"],
    [lever("value = 2\nuntil = 2030.5"), "toml whole"],
    [lever("value = 2\nramp = -1"), "toml between"],
    [lever("value = 2\ncolour = 1"), "toml unknown key"],
    [lever('value = 2\nmunicipality = "Stockholm"'), "toml place"],
    [lever("value = 2\nmunicipality = []"), "toml place"],
    [lever('value = 2\nsex = "men"'), "toml dimension"],
    [lever("value = 2\njudged = [3, 4]"), "toml judged"],
    [lever('value = 2\nsource.sv = "x"'), "toml text"],
    [lever("value = 2\noverrides = 1"), "toml overrides"],
    [`${HEAD}[[levers]]\nname = "south opening time"\nvalue = 2037\n`, "toml kind assumption"],
    [`${HEAD}[[assumptions]]\nname = "grid programme"\nvalue = 1\n`, "toml kind lever"],
    [`${HEAD}[[assumptions]]\nname = "south opening time"\nvalue = 2037\nfrom = 2030\n`, "toml unknown key"],
    [`${HEAD}[[projects]]\nname = "nothing"\ndelay = 1\n`, "toml unknown project"],
    [`${HEAD}[[projects]]\nname = "stegra"\ndelay = 99\n`, "problem range"],
    [`${HEAD}[[choices]]\nname = "year"\n`, "toml choices"],
    [`${HEAD}levers = 3\n`, "toml list"],
    [`${HEAD}settings = 3\n`, "toml table"],
    [`${HEAD}[settings]\nstart = 2030\n`, "toml between"],
    [`${HEAD}[settings]\nuntil = 2010\n`, "toml years run"],
    [`${HEAD}[settings]\nbase_year = 2060\n`, "toml base year"],
    [`${HEAD}[settings]\ntarget_years = []\n`, "toml whole"],
    [`${HEAD}[settings]\ncolour = 1\n`, "toml unknown key"],
    [HEAD.replace('author = "A"\n', ""), "toml missing"],
    [HEAD.replace('title.en = "T"\n', ""), "toml text"],
    [HEAD.replace('"reference"', '"on-time"'), "error baseline"],
    ["a = [1", "error toml"],
    ["#".repeat(FILE_BYTES + 1), "error file size"],
  ];
  for (const [text, key] of refused) assert.ok(keys(text).includes(key), `${key}: ${JSON.stringify(faults(text))}`);
});

test("a file beyond a range that gives its reason is read", () => {
  const found = read(lever('value = 4\nrange = [0, 5]\nbecause = "tried"'));
  assert.deepEqual(found.doc.changes[0].range, [0, 5]);
});

test("other years and another model are noted, not refused", () => {
  const years = read(`${HEAD}[settings]\nstart = 2010\nuntil = 2045\ntarget_years = [2070]\n`);
  assert.deepEqual(
    years.notes.map((note) => note.key),
    ["note file start", "note file until"],
  );
  assert.equal(years.doc.horizon, 2050);
  const other = read(tomlOf(doc, header, { ...meta, model: "ffff" }));
  assert.deepEqual(
    other.notes.map((note) => note.key),
    ["note file model"],
  );
});

test("a mark of byte order and Windows line ends are read", () => {
  assert.equal(read(`\ufeff${lever("value = 2").replace(/\n/g, "\r\n")}`).doc.changes.length, 1);
});

test("strange keys harm nothing", () => {
  for (const name of ["__proto__", "constructor", "toString"]) assert.ok(keys(`${HEAD}"${name}" = 1\n`).length > 0);
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
});

test("names of files are plain", () => {
  assert.equal(fileName("Mot 100 000 nya invånare/..\\", "toml"), "mot-100-000-nya-invanare.toml");
  assert.equal(fileName("…", "csv"), "scenario.csv");
});
