import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, questionOf, typedInstant } from "../../site/ts/try-rules/address.ts";
import { differencesOf } from "../../site/ts/try-rules/compare.ts";
import { firstSpan, momentsOf } from "../../site/ts/try-rules/moments.ts";
import type { TrialAnswer, TrialWindow } from "../../site/ts/try-rules/wire.ts";

const window_ = (more: Partial<TrialWindow> = {}): TrialWindow => ({
  allowed: true,
  until: "2026-12-03T22:59:59Z",
  until_paris: "2026-12-03T23:59:59+01:00",
  late: false,
  after: "surcharge",
  final: "2026-12-10T08:00:00Z",
  final_paris: "2026-12-10T09:00:00+01:00",
  opens: null,
  opens_paris: null,
  ...more,
});

const answer = (more: Partial<TrialAnswer> = {}): TrialAnswer => ({
  activity: "restauration",
  day: "2026-12-10",
  now: "2026-11-21T09:00:00Z",
  open: true,
  start: "11:45",
  end: "13:30",
  booking: window_(),
  cancelling: window_(),
  eligible: true,
  price: null,
  rules_hash: "0",
  words: [],
  ...more,
});

const kinds = (now: string, more: Partial<TrialWindow> = {}): string[] => momentsOf(answer({ now }), window_(more)).map(({ kind }) => kind);

test("moments come in the order of time, and now at its place", () => {
  assert.deepEqual(kinds("2026-11-21T09:00:00Z"), ["now", "until", "final", "day"]);
  assert.deepEqual(kinds("2026-12-07T09:00:00Z"), ["until", "now", "final", "day"]);
  assert.deepEqual(kinds("2026-12-10T09:00:00Z"), ["until", "final", "now", "day"]);
  assert.deepEqual(kinds("2026-12-11T09:00:00Z"), ["until", "final", "day", "now"]);
  assert.deepEqual(kinds("2026-11-21T09:00:00Z", { opens_paris: "2026-12-01T00:00:00+01:00" }), ["now", "opens", "until", "final", "day"]);
});

test("the last instant is still in time, and the second after it is not", () => {
  assert.deepEqual(kinds("2026-12-03T22:59:59Z").slice(0, 2), ["now", "until"]);
  assert.deepEqual(kinds("2026-12-03T23:00:00Z").slice(0, 2), ["until", "now"]);
});

test("what is possible after now is what was possible before it", () => {
  const now = (at: string, more: Partial<TrialWindow> = {}) => momentsOf(answer({ now: at }), window_(more)).find(({ kind }) => kind === "now")?.then;
  assert.equal(now("2026-11-21T09:00:00Z"), "open");
  assert.equal(now("2026-11-21T09:00:00Z", { opens_paris: "2026-12-01T00:00:00+01:00" }), "before");
  assert.equal(now("2026-12-07T09:00:00Z"), "late");
  assert.equal(now("2026-12-07T09:00:00Z", { after: "refused", final_paris: null }), "over");
  assert.equal(now("2026-12-07T09:00:00Z", { after: "late_request", final_paris: null }), "asked");
  assert.equal(firstSpan(window_()), "open");
});

test("where there is time until the end of the day, its beginning changes nothing", () => {
  const spans = (more: Partial<TrialWindow>) => momentsOf(answer(), window_(more)).map(({ kind, then }) => `${kind} ${then}`);
  assert.deepEqual(spans({ final_paris: "2026-12-10T23:59:59+01:00" }), ["now open", "until late", "day late", "final over"]);
  assert.deepEqual(spans({ until_paris: "2026-12-10T23:59:59+01:00", after: "refused", final_paris: null }), ["now open", "day open", "until over"]);
});

test("a moment says its day and its hour", () => {
  assert.equal(momentsOf(answer(), window_())[1]?.when, "jeudi 3 décembre à 23\u00a0h\u00a059");
  assert.equal(momentsOf(answer(), window_())[2]?.when, "jeudi 10 décembre à 9\u00a0h");
});

test("a closed day has no line of time", () => {
  assert.deepEqual(momentsOf(answer(), window_({ until_paris: null })), []);
});

test("the address keeps the question, and nothing of the family", () => {
  const typed = {
    activity: "restauration", day: "2026-12-10", now: "", school: "jean-rostand", level: "CE1", contract: "", unbooked: true,
    birth: "2017-03-27", qf: "841", resources: "2468", children: "3", aeeh: "1", rank: "2", packed_meal: true, outside: true,
    documents: { assurance: "2026-09-01" }, no_document: true,
  };
  const kept = addressOf(typed, "2026-11-21T09:00:00Z", "2026-12-04T09:00:00Z");

  assert.equal(
    kept,
    "?activite=restauration&jour=2026-12-10&instant=2026-11-21T09%3A00%3A00Z&ecole=jean-rostand&niveau=CE1&sans-reservation=oui&comparer=2026-12-04T09%3A00%3A00Z",
  );
  assert.deepEqual(questionOf(kept), {
    typed: { activity: "restauration", day: "2026-12-10", now: "2026-11-21T09:00:00Z", school: "jean-rostand", level: "CE1", unbooked: true },
    compared: "2026-12-04T09:00:00Z",
  });
});

test("an instant of the address is written as the form asks for it, in Paris", () => {
  assert.equal(typedInstant("2026-11-21T09:00:00Z"), "21/11/2026 10:00");
  assert.equal(typedInstant("2026-07-01T22:30:15Z"), "02/07/2026 00:30:15");
  assert.equal(typedInstant("demain"), "demain");
});

test("only the sentences that change are compared", () => {
  const words = (now: string, price: string) => [
    { about: "day", title: "Le jour", sentences: ["Jeudi."] },
    { about: "booking", title: "Réserver", sentences: ["Jusqu’à jeudi.", now] },
    { about: "price", title: "Le prix", sentences: [price] },
  ];
  const one = answer({ words: words("Possible.", "3,40 €") });

  assert.deepEqual(differencesOf(one, one), []);
  assert.deepEqual(differencesOf(one, answer({ words: words("Impossible.", "3,40 €") })), [
    { about: "booking", title: "Réserver", one: ["Possible."], other: ["Impossible."] },
  ]);
  assert.deepEqual(differencesOf(one, answer({ words: words("Possible.", "3,40 €").slice(0, 2) })), [
    { about: "price", title: "Le prix", one: ["3,40 €"], other: [] },
  ]);
});
