import assert from "node:assert/strict";
import { test } from "node:test";
import { dateValue, isRealDate, place, textProblem, type Rules, type Values } from "../../site/ts/forms/values.ts";

const rules = (more: Partial<Rules> = {}): Rules => ({ required: true, maxLength: null, minLength: null, pattern: null, message: "Saisissez-le.", ...more });

test("dotted names become nested objects", () => {
  const values: Values = {};
  place(values, "identity.usual_name", "O’Neill");
  place(values, "identity.birth_date", null);
  place(values, "cle_enfance", null);
  assert.deepEqual(values, { identity: { usual_name: "O’Neill", birth_date: null }, cle_enfance: null });
});

test("a date is zero-padded, null when empty, and sent as typed when it is no date", () => {
  assert.equal(dateValue({ day: "7", month: "3", year: "1985" }), "1985-03-07");
  assert.equal(dateValue({ day: " ", month: "", year: "" }), null);
  assert.equal(dateValue({ day: "31", month: "2", year: "1985" }), "1985-02-31");
  assert.equal(dateValue({ day: "sept", month: "3", year: "1985" }), "1985-3-sept");
});

test("only days that exist are accepted", () => {
  assert.equal(isRealDate({ day: "29", month: "2", year: "2024" }), true);
  assert.equal(isRealDate({ day: "29", month: "2", year: "2023" }), false);
  assert.equal(isRealDate({ day: "31", month: "4", year: "2024" }), false);
  assert.equal(isRealDate({ day: "1", month: "13", year: "2024" }), false);
  assert.equal(isRealDate({ day: "27", month: "3", year: "85" }), false);
  assert.equal(isRealDate({ day: "27", month: "", year: "1985" }), false);
});

test("a text is checked for presence, length and pattern, in this order", () => {
  assert.equal(textProblem("  ", rules()), "Saisissez-le.");
  assert.equal(textProblem("", rules({ required: false, pattern: "^x$" })), null);
  assert.equal(textProblem("abcdef", rules({ maxLength: 5 })), "Ce texte est trop long : 5 caractères au plus.");
  assert.equal(textProblem("👩‍👧", rules({ maxLength: 3 })), null);
  assert.equal(textProblem("abc", rules({ minLength: 4 })), "Saisissez-le.");
  assert.equal(textProblem("4929", rules({ pattern: "^[0-9]{5}$" })), "Saisissez-le.");
  assert.equal(textProblem("49290", rules({ pattern: "^[0-9]{5}$" })), null);
});

test("patterns of the town's schemas are understood", () => {
  const key = rules({ pattern: "^\\s*[0-9]{5}\\s*[-–—]?\\s*[A-Za-z]{5}\\s*$" });
  assert.equal(textProblem(" 12345 – abcDE ", key), null);
  assert.notEqual(textProblem("1234-ABCDE", key), null);
  const username = rules({ pattern: "^[^\\s<>\\\"'&\\x00-\\x1f\\x7f]+$" });
  assert.equal(textProblem("jean-émile.d", username), null);
  assert.notEqual(textProblem("<b>", username), null);
  assert.equal(textProblem("x", rules({ pattern: "(?P<python>only)" })), null);
});
