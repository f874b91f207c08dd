import assert from "node:assert/strict";
import { test } from "node:test";
import { readAddress, monthsAround, usualMonth } from "../../site/ts/calendar/address.ts";
import { refusedDay, withoutRefused } from "../../site/ts/calendar/submit.ts";
import type { Calendar, Changes } from "../../site/ts/wire.ts";

const calendar = { children: [{ child_id: "c1", given_name: "Léo" }, { child_id: "c2", given_name: "Emma" }] } as unknown as Calendar;
const body: Changes = {
  month: "2026-12", activity: "restauration", rules_hash: "abc", expected_total_centimes: 680,
  children: [{ child_id: "c2", book: ["2026-12-01", "2026-12-03"], cancel: ["2026-12-04"] }],
};

test("a refused day is found by its place in what was sent", () => {
  assert.deepEqual(refusedDay(calendar, body, { pointer: "/children/0/book/1", detail: "Complet." }), { childId: "c2", day: "2026-12-03", name: "Emma", detail: "Complet." });
  assert.equal(refusedDay(calendar, body, { pointer: "/children/0/cancel/0", detail: "Trop tard." }).day, "2026-12-04");
  assert.deepEqual(refusedDay(calendar, body, { pointer: "/children/0", detail: "Inscription impossible." }), { childId: "c2", day: "", name: "Emma", detail: "Inscription impossible." });
  assert.deepEqual(refusedDay(calendar, body, { pointer: "/month", detail: "Mois inconnu." }), { childId: "", day: "", name: "", detail: "Mois inconnu." });
});

test("only the refused days are put aside", () => {
  const refused = [refusedDay(calendar, body, { pointer: "/children/0/book/1", detail: "" }), refusedDay(calendar, body, { pointer: "/children/0/cancel/0", detail: "" })];
  assert.deepEqual(withoutRefused(body.children, refused), [{ child_id: "c2", book: ["2026-12-01"], cancel: [] }]);
});

const choices = { activities: [{ id: "restauration", name: "Restauration" }, { id: "garderie", name: "Garderie" }], children: [{ person_id: "c1", given_name: "Léo" }, { person_id: "c2", given_name: "Emma" }] };
const now = new Date("2026-11-21T05:30:00Z");

test("the address chooses month, activity and children, and nonsense falls back on what is usual", () => {
  assert.deepEqual(readAddress("?mois=2027-01&activite=garderie&enfant=c2", choices, now), { month: "2027-01", activity: "garderie", hidden: new Set(["c1"]) });
  assert.deepEqual(readAddress("?mois=1999-01&activite=x&enfant=x", choices, now), { month: "2026-11", activity: "restauration", hidden: new Set() });
});

test("near the end of a month, the next one opens", () => {
  assert.equal(usualMonth(new Date("2026-11-25T12:00:00Z")), "2026-12");
  assert.equal(usualMonth(new Date("2026-12-31T23:30:00Z")), "2027-01");
  assert.deepEqual([monthsAround(now)[0], monthsAround(now).at(-1)], ["2026-10", "2027-11"]);
});
