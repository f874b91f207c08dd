import assert from "node:assert/strict";
import { test } from "node:test";
import { accessTo, withPast } from "../../site/ts/calendar/access.ts";
import { addMonths, isoWeek, weeksOf, weekSpan } from "../../site/ts/calendar/grid.ts";
import { changesOf, copyChild, isTicked, reapply, recordedTicks, setMany, withTick } from "../../site/ts/calendar/ticks.ts";
import { differences, linesOf, summaryOf } from "../../site/ts/calendar/totals.ts";
import { amountOf, boxName, noteOf, recordedOf, spokenTotal, stateOf } from "../../site/ts/calendar/words.ts";
import type { Calendar, ChildMonth, Day, Window } from "../../site/ts/wire.ts";

const window = (more: Partial<Window> = {}): Window => ({ allowed: true, until: "2026-11-30T08:00:00Z", late: false, after: "refused", ...more });
const day = (date: string, more: Partial<Day> = {}): Day => ({
  day: date, open: true, closed_reason: null, state: "free", price_centimes: 340, surcharge: false, booking: window(), cancelling: window({ after: "billed" }), places_left: null, ...more,
});
const child = (id: string, name: string, days: Day[], more: Partial<ChildMonth> = {}): ChildMonth => ({
  child_id: id, given_name: name, eligible: true, ineligible_reason: null, contact: null, days, ...more,
});
const calendar = (...children: ChildMonth[]): Calendar => ({
  month: "2026-12", activity: { id: "restauration", name: "Restauration", start: null, end: null }, now: "2026-11-21T08:00:00Z", rules_hash: "abc", version: 4, children,
});
const closed = { open: false, closed_reason: "Pas d’école le mercredi." };
const surcharged = { booking: window({ late: true, after: "surcharge" }), surcharge: true, price_centimes: 500 };
const tooLate = { booking: window({ allowed: false, late: true }) };
const billed = { state: "booked", cancelling: window({ late: true, after: "billed" }) } as const;

test("weeks are numbered as ISO 8601 numbers them, over the turn of years", () => {
  assert.equal(isoWeek("2026-12-01"), 49);
  assert.equal(isoWeek("2026-12-31"), 53);
  assert.equal(isoWeek("2027-01-01"), 53);
  assert.equal(isoWeek("2027-01-04"), 1);
  assert.equal(isoWeek("2024-12-30"), 1);
  assert.equal(isoWeek("2021-01-03"), 53);
});

test("a month is cut into weeks from Monday to Sunday", () => {
  const weeks = weeksOf("2026-12");
  assert.deepEqual(weeks.map(({ number }) => number), [49, 50, 51, 52, 53]);
  assert.deepEqual(weeks[0]?.days, [null, "2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04", "2026-12-05", "2026-12-06"]);
  assert.equal(weeks.flatMap(({ days }) => days).filter(Boolean).length, 31);
  assert.equal(weeksOf("2027-02").length, 4);
  assert.equal(weekSpan(weeks[0] ?? { number: 0, days: [] }), "du mardi 1er décembre au dimanche 6 décembre");
  assert.equal(addMonths("2026-12", 1), "2027-01");
  assert.equal(addMonths("2027-01", -1), "2026-12");
});

test("a closed, full, late or ineligible day cannot be ticked, and says why", () => {
  const leo = child("c1", "Léo", []);
  assert.deepEqual(accessTo(leo, day("2026-12-02", closed)), { kind: "closed", reason: "Pas d’école le mercredi." });
  assert.equal(accessTo(leo, day("2026-12-01", { places_left: 0 })).kind, "full");
  assert.deepEqual(accessTo(leo, day("2026-12-01", tooLate)), { kind: "late", reason: "Trop tard pour réserver : délai passé le lundi 30 novembre à 9 h." });
  assert.equal(accessTo({ ...leo, eligible: false, ineligible_reason: "École privée." }, day("2026-12-01")).reason, "École privée.");
});

test("after the deadline a booking may cost more and a cancellation may be billed", () => {
  const leo = child("c1", "Léo", []);
  assert.match(accessTo(leo, day("2026-12-01", surcharged)).reason, /^Tarif majoré/u);
  assert.match(accessTo(leo, day("2026-12-01", { booking: window({ late: true, after: "late_request" }) })).reason, /^Demande tardive/u);
  assert.match(accessTo(leo, day("2026-12-01", billed)).reason, /^Sera facturé même annulé/u);
  assert.equal(accessTo(leo, day("2026-12-01", { state: "booked", cancelling: window({ allowed: false, late: true }) })).kind, "late");
});

test("ticking everything leaves out what costs more, and says so", () => {
  const leo = child("c1", "Léo", [day("2026-12-01", surcharged), day("2026-12-02", closed), day("2026-12-03"), day("2026-12-04", { places_left: 0 })]);
  const outcome = setMany(recordedTicks(calendar(leo)), leo, leo.days, true);
  assert.equal(outcome.changed, 1);
  assert.ok(isTicked(outcome.ticks, "c1", "2026-12-03"));
  assert.deepEqual(outcome.skipped.map((skipped) => skipped.day), ["2026-12-01", "2026-12-04"]);
});

test("unticking everything never cancels a day that would be billed", () => {
  const leo = child("c1", "Léo", [day("2026-12-01", billed), day("2026-12-03", { state: "booked" })]);
  const outcome = setMany(recordedTicks(calendar(leo)), leo, leo.days, false);
  assert.deepEqual(changesOf(calendar(leo), outcome.ticks), [{ child_id: "c1", book: [], cancel: ["2026-12-03"] }]);
  assert.deepEqual(outcome.skipped.map((skipped) => skipped.day), ["2026-12-01"]);
});

test("a person's own tick is taken back in bulk even where it costs more", () => {
  const leo = child("c1", "Léo", [day("2026-12-01", surcharged)]);
  const ticked = withTick(recordedTicks(calendar(leo)), "c1", "2026-12-01", true);
  assert.deepEqual(changesOf(calendar(leo), setMany(ticked, leo, leo.days, false).ticks), []);
});

test("copying to a sibling says day by day what cannot be copied, and cancels nothing", () => {
  const leo = child("c1", "Léo", [day("2026-12-01", { state: "booked" }), day("2026-12-03"), day("2026-12-04"), day("2026-12-07")]);
  const emma = child("c2", "Emma", [day("2026-12-01"), day("2026-12-03", closed), day("2026-12-04", { state: "booked" }), day("2026-12-07")]);
  const both = calendar(leo, emma);
  const ticks = withTick(withTick(recordedTicks(both), "c1", "2026-12-03", true), "c2", "2026-12-07", true);
  const outcome = copyChild(ticks, leo, emma);
  assert.deepEqual([...(outcome.ticks.get("c2") ?? [])].sort(), ["2026-12-01", "2026-12-04"]);
  assert.deepEqual(outcome.skipped, [
    { day: "2026-12-03", reason: "Pas d’école le mercredi." },
    { day: "2026-12-04", reason: "Déjà réservé : gardé." },
  ]);
});

test("the total adds bookings, gives back cancellations in time, and keeps the earliest deadline", () => {
  const leo = child("c1", "Léo", [
    day("2026-12-01"), day("2026-12-03", { state: "booked", price_centimes: 300 }), day("2026-12-04", billed), day("2026-12-07", { booking: window({ until: "2026-11-27T08:00:00Z" }) }),
  ]);
  const month = calendar(leo);
  const changes = [{ child_id: "c1", book: ["2026-12-01", "2026-12-07"], cancel: ["2026-12-03", "2026-12-04"] }];
  const summary = summaryOf(month, changes);
  assert.deepEqual(summary, { booked: 2, cancelled: 2, centimes: 380, firstLimit: "2026-11-27T08:00:00Z", costly: 1 });
  assert.deepEqual(linesOf(leo, changes[0] ?? { child_id: "", book: [], cancel: [] }).map(({ centimes }) => centimes), [340, -300, 0, 340]);
  assert.equal(amountOf(summary), "2 jours à réserver, 2 jours à annuler");
  assert.equal(spokenTotal(summary), "2 jours à réserver, 2 jours à annuler. Total à confirmer : 3,80 €.");
});

test("only what differs from the record is sent", () => {
  const leo = child("c1", "Léo", [day("2026-12-01", { state: "booked" }), day("2026-12-03")]);
  const month = calendar(leo, child("c2", "Emma", [day("2026-12-01")]));
  assert.deepEqual(changesOf(month, recordedTicks(month)), []);
  const back = withTick(withTick(recordedTicks(month), "c1", "2026-12-01", false), "c1", "2026-12-01", true);
  assert.deepEqual(changesOf(month, back), []);
});

test("a person's changes are put back on a month that moved, and what no longer fits is said", () => {
  const before = calendar(child("c1", "Léo", [day("2026-12-01"), day("2026-12-03"), day("2026-12-04"), day("2026-12-07")]));
  const after = calendar(child("c1", "Léo", [
    day("2026-12-01", { state: "booked" }), day("2026-12-03", { places_left: 0 }), day("2026-12-04"), day("2026-12-07", { price_centimes: 360 }),
  ]));
  const outcome = reapply(after, [{ child_id: "c1", book: ["2026-12-01", "2026-12-03", "2026-12-04"], cancel: [] }]);
  assert.deepEqual(changesOf(after, outcome.ticks), [{ child_id: "c1", book: ["2026-12-04"], cancel: [] }]);
  assert.deepEqual(outcome.skipped, [{ day: "2026-12-03", reason: "Léo : Complet." }]);
  assert.deepEqual(differences(before, after), [
    "Léo, mardi 1er décembre 2026 : réservé entre-temps",
    "Léo, jeudi 3 décembre 2026 : désormais complet",
    "Léo, lundi 7 décembre 2026 : le prix est maintenant de 3,60 €",
  ]);
});

test("a box is named by its child, its day and its price, and its note gives the last moment", () => {
  const leo = child("c1", "Léo", []);
  const first = day("2026-12-01", { places_left: 3 });
  assert.equal(boxName(leo, first), "Léo, mardi 1er décembre 2026, 3,40 €");
  assert.equal(boxName(leo, day("2026-12-02", { ...closed, price_centimes: null })), "Léo, mercredi 2 décembre 2026");
  assert.equal(noteOf(leo, first, false, "long"), "Réservable jusqu’au lundi 30 novembre à 9 h · 3 places");
  assert.equal(noteOf(leo, day("2026-12-01", { state: "booked" }), true, "short"), "Réservé. Annulable jusqu’au 30 nov. à 9 h");
  assert.equal(noteOf(leo, day("2026-12-01", { state: "booked" }), false, "short").startsWith("Sera annulé."), true);
  assert.equal(stateOf(leo, day("2026-12-01", surcharged)), "late");
  assert.equal(noteOf(leo, day("2026-12-01", { ...tooLate, note: "Annulé hors délai, facturé." }), false, "short"), "Annulé hors délai, facturé. Trop tard : délai passé le 30 nov. à 9 h.");
  assert.equal(accessTo(leo, day("2026-12-01", { price_centimes: null })).kind, "refused");
});

test("days that are over are told by the town's clock, and are never copied", () => {
  const leo = child("c1", "Léo", [day("2026-11-20", { state: "booked" }), day("2026-11-21"), day("2026-12-01")]);
  const emma = child("c2", "Emma", [day("2026-11-20"), day("2026-11-21"), day("2026-12-01")]);
  const month = withPast(calendar(leo, emma));
  const [first, second] = month.children;
  assert.ok(first && second);
  assert.deepEqual(first.days.map(({ past }) => past), [true, false, false]);
  assert.equal(accessTo(second, second.days[0] ?? day("2026-11-20")).kind, "past");
  const outcome = copyChild(recordedTicks(month), first, second);
  assert.deepEqual(outcome.skipped, []);
  assert.equal(outcome.changed, 0);
});

test("a receipt says what was recorded", () => {
  const booked = (date: string) => ({ day: date, price_centimes: 340, cancel_until: null });
  const leo = { child_id: "c1", given_name: "Léo", booked: [booked("2026-12-01"), booked("2026-12-03")], cancelled: [{ day: "2026-12-04", price_centimes: 340 }] };
  const receipt = { receipt_number: "R", recorded_at: "2026-11-21T08:00:00Z", total_centimes: 340, version: 1, children: [leo] };
  assert.equal(recordedOf(receipt), "2 jours réservés, 1 jour annulé");
});
