import assert from "node:assert/strict";
import { test } from "node:test";
import { accessTo, withPast } from "../../site/ts/calendar/access.ts";
import { changesOf, copyChild, recordedTicks, reapply, setMany, withUnit } from "../../site/ts/calendar/ticks.ts";
import { differences, linesOf, summaryOf } from "../../site/ts/calendar/totals.ts";
import { besideOf, noteOf, noticesOf, recordedOf, stateOf } from "../../site/ts/calendar/words.ts";
import type { Calendar, ChildMonth, Day, Window } from "../../site/ts/wire.ts";

const window = (more: Partial<Window> = {}): Window => ({
  allowed: true, until: "2027-02-15T22:59:59Z", late: false, after: "refused", opens: null, lenient: "", final: null, ...more,
});
const day = (date: string, more: Partial<Day> = {}): Day => ({
  day: date, open: true, closed_reason: null, state: "free", price_centimes: 200, surcharge: false, booking: window(), cancelling: window(), places_left: null, ...more,
});
const child = (id: string, days: Day[], beside: Day[] = []): ChildMonth => ({
  child_id: id, given_name: id, eligible: true, ineligible_reason: null, contact: null, days, beside,
});
const calendar = (children: ChildMonth[], more: Partial<Calendar["activity"]> = {}): Calendar => ({
  month: "2027-02", activity: { id: "sejour", name: "Séjour", start: null, end: null, ...more }, now: "2026-11-21T08:00:00Z", rules_hash: "abc", version: "v", children,
});

const SESSION = ["2027-02-25", "2027-02-26", "2027-03-01"];
const whole = (more: Partial<Day> = {}): Day[] => SESSION.map((date) => day(date, { together: SESSION.filter((other) => other !== date), ...more }));
const inSession = (id: string, more: Partial<Day> = {}): ChildMonth => child(id, whole(more).slice(0, 2), whole(more).slice(2));
const first = (of: ChildMonth): Day => of.days[0] ?? day("");
const awaiting = { state: "awaiting", note: "En attente d’instruction." } as const;

test("ticking a day of a session ticks all of it, over the month's end too", () => {
  const leo = inSession("c1");
  const month = calendar([leo], { unit: "session" });
  const ticks = withUnit(recordedTicks(month), leo, leo.days[1] ?? day(""), true);
  assert.deepEqual(changesOf(month, ticks), [{ child_id: "c1", book: SESSION, cancel: [] }]);
  assert.equal(summaryOf(month, changesOf(month, ticks)).centimes, 600);
  assert.equal(besideOf(leo, ticks), "Avec, dans un mois voisin\u202f: lundi 1er mars 2027.");
  assert.equal(besideOf(leo, recordedTicks(month)), "");
  assert.deepEqual(changesOf(month, withUnit(ticks, leo, first(leo), false)), []);
});

test("unticking a day of a recorded session cancels all of it", () => {
  const leo = inSession("c1", { state: "booked" });
  const month = calendar([leo]);
  const ticks = withUnit(recordedTicks(month), leo, first(leo), false);
  assert.deepEqual(changesOf(month, ticks), [{ child_id: "c1", book: [], cancel: SESSION }]);
  assert.equal(summaryOf(month, changesOf(month, ticks)).centimes, -600);
});

test("many days at once and a copy take whole sessions too, and count their days", () => {
  const leo = inSession("c1");
  const emma = inSession("c2");
  const month = calendar([leo, emma]);
  const outcome = setMany(recordedTicks(month), leo, leo.days, true);
  assert.equal(outcome.changed, 3);
  assert.deepEqual(changesOf(month, copyChild(outcome.ticks, leo, emma).ticks).map(({ book }) => book), [SESSION, SESSION]);
});

test("a day that cannot be changed stays as it is when its session is ticked", () => {
  const leo = child("c1", [...whole().slice(0, 1), day(SESSION[1] ?? "", { places_left: 0 })], whole().slice(2));
  const month = calendar([leo]);
  const ticks = withUnit(recordedTicks(month), leo, first(leo), true);
  assert.deepEqual(changesOf(month, ticks)[0]?.book, [SESSION[0], SESSION[2]]);
});

test("changes of the month beside are put back, and told when it has moved", () => {
  const before = calendar([inSession("c1")]);
  const after = calendar([inSession("c1", { state: "booked" })]);
  const mine = [{ child_id: "c1", book: SESSION, cancel: [] }];
  assert.deepEqual(changesOf(before, reapply(before, mine).ticks), mine);
  assert.equal(differences(before, after).at(-1)?.replace(/\s:/u, " :"), "c1, lundi 1er mars 2027 : réservé entre-temps");
  assert.equal(withPast(before).children[0]?.beside?.[0]?.past, false);
});

test("what an agent must accept is said in words, and is owed once accepted only", () => {
  const leo = child("c1", [day("2027-02-25"), day("2027-02-26", awaiting)]);
  const month = calendar([leo], { approval: true });
  const changes = { child_id: "c1", book: ["2027-02-25"], cancel: ["2027-02-26"] };
  const waits = leo.days[1] ?? day("");
  assert.deepEqual(linesOf(leo, changes, true).map(({ centimes, awaiting: later }) => [centimes, later]), [[200, true], [0, false]]);
  assert.equal(summaryOf(month, [changes]).centimes, 0);
  assert.equal(stateOf(leo, waits), "awaiting");
  assert.match(noteOf(leo, waits, true, "long"), /^En attente d’instruction\. Annulable jusqu’au/u);
  assert.match(noteOf(leo, waits, false, "long"), /Sera annulé\./u);
  assert.equal(accessTo(leo, waits).kind, "free");
});

test("a request that was accepted, made or withdrawn meanwhile is told as such", () => {
  const month = (more: Partial<Day>): Calendar => calendar([child("c1", [day("2027-02-25", more)])]);
  const told = (was: Partial<Day>, is: Partial<Day>): string => differences(month(was), month(is))[0] ?? "";
  assert.match(told(awaiting, { state: "booked" }), /accepté entre-temps/u);
  assert.match(told({}, awaiting), /demandé entre-temps/u);
  assert.match(told(awaiting, {}), /annulé entre-temps/u);
});

test("a receipt tells what is booked from what is asked for", () => {
  const line = (date: string, state?: string) => ({ day: date, price_centimes: 200, cancel_until: null, ...(state ? { state } : {}) });
  const leo = { child_id: "c1", given_name: "Léo", booked: [line("2027-02-25"), line("2027-02-26", "awaiting"), line("2027-03-01", "awaiting")], cancelled: [] };
  const receipt = { receipt_number: "R", recorded_at: "2026-11-21T08:00:00Z", total_centimes: 200, version: 1, children: [leo] };
  assert.equal(recordedOf(receipt).replaceAll(/\s/gu, " "), "1 jour réservé, 2 jours demandés");
});

test("a day that is not open yet, or not booked here, says why as the town says it", () => {
  const leo = child("c1", []);
  const refusal = "Les réservations ouvrent le jeudi 26 novembre 2026 à 9 h.";
  const soon = day("2027-02-25", { refusal, booking: window({ allowed: false }) });
  assert.deepEqual(accessTo(leo, soon), { kind: "refused", reason: refusal });
  assert.equal(noteOf(leo, soon, false, "short"), refusal);
});

test("a late cancellation that is asked for at the service says so", () => {
  const late = day("2027-02-25", { state: "booked", cancelling: window({ allowed: false, late: true, after: "late_request" }) });
  assert.match(accessTo(child("c1", []), late).reason, /Une demande tardive se fait auprès du service\.$/u);
});

test("what there is to know of an activity before ticking stands above its days", () => {
  assert.deepEqual(noticesOf(calendar([])), []);
  assert.deepEqual(noticesOf(calendar([], { unit: "week", notice: "Examinée." })), ["Examinée.", "Se réserve par semaine entière\u202f: cocher un jour coche toute la semaine."]);
  assert.match(noticesOf(calendar([], { unit: "session" }))[0] ?? "", /toute la session/u);
});
