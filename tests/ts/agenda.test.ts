import assert from "node:assert/strict";
import { test } from "node:test";
import { agendaFrom, byWeek, hoursOf, statusOf } from "../../site/ts/agenda/weeks.ts";
import type { AgendaEntry } from "../../site/ts/wire.ts";

const entry = (day: string, child: string, name: string, start: string | null = "11:45"): AgendaEntry => ({
  day, child_id: child, given_name: name, activity: "restauration", activity_name: "Restauration", start, end: start && "13:30", status: "booked", price_centimes: 340, cancel_until: null,
});

test("entries are grouped by week and day, in the order of hours and names", () => {
  const weeks = byWeek([entry("2027-01-04", "c1", "Léo"), entry("2026-12-31", "c1", "Léo"), entry("2026-12-31", "c2", "Emma"), entry("2026-12-31", "c1", "Léo", "07:30")], null);
  assert.deepEqual(weeks.map(({ title }) => title), ["Semaine 53, du 28 décembre 2026", "Semaine 1, du 4 janvier 2027"]);
  assert.deepEqual(weeks[0]?.days[0]?.entries.map(({ given_name, start }) => `${start} ${given_name}`), ["07:30 Léo", "11:45 Emma", "11:45 Léo"]);
});

test("one child's agenda holds nothing of another's", () => {
  const weeks = byWeek([entry("2026-12-01", "c1", "Léo"), entry("2026-12-01", "c2", "Emma")], "c2");
  assert.deepEqual(weeks.flatMap(({ days }) => days.flatMap(({ entries }) => entries.map(({ given_name }) => given_name))), ["Emma"]);
  assert.deepEqual(byWeek([], null), []);
});

test("the agenda is asked from the Monday of the week, in Paris", () => {
  assert.equal(agendaFrom(new Date("2026-11-22T12:00:00Z")), "/api/reservations/agenda?from=2026-11-16");
  assert.equal(agendaFrom(new Date("2026-11-22T23:30:00Z")), "/api/reservations/agenda?from=2026-11-23");
});

test("hours are written as the town gives them", () => {
  assert.equal(hoursOf(entry("2026-12-01", "c1", "Léo")), "11\u00a0h\u00a045 – 13\u00a0h\u00a030");
  assert.equal(hoursOf(entry("2026-12-01", "c1", "Léo", "16:00")), "16\u00a0h – 13\u00a0h\u00a030");
  assert.equal(hoursOf(entry("2026-12-01", "c1", "Léo", null)), "");
});

test("a day that an agent must accept, or that is billed though cancelled, says so in words", () => {
  assert.equal(statusOf({ ...entry("2026-12-01", "c1", "Léo"), status: "awaiting" }), "En attente d’instruction");
  assert.equal(statusOf({ ...entry("2026-12-01", "c1", "Léo"), status: "cancelled_late" }), "Annulé hors délai, facturé");
  assert.equal(statusOf(entry("2026-12-01", "c1", "Léo")), "");
});
