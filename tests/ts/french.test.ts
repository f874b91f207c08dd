import assert from "node:assert/strict";
import { test } from "node:test";
import { addDays, count, frenchDay, frenchDeadline, frenchInstant, frenchMonth, frenchPhone, frenchPrice, inParis, politeName, shortDeadline, together, weekdayOf } from "../../site/ts/french.ts";

test("the first of a month is written 1er, the others plain", () => {
  assert.equal(frenchDay("2026-12-01"), "mardi 1er décembre 2026");
  assert.equal(frenchDay("2026-12-21"), "lundi 21 décembre 2026");
  assert.equal(frenchDay("2027-08-11"), "mercredi 11 août 2027");
});

test("prices carry a comma, two digits, narrow spaces and a real minus", () => {
  assert.equal(frenchPrice(340), "3,40 €");
  assert.equal(frenchPrice(0), "0,00 €");
  assert.equal(frenchPrice(5), "0,05 €");
  assert.equal(frenchPrice(-340), "−3,40 €");
  assert.equal(frenchPrice(123_456_789), "1 234 567,89 €");
});

test("a French telephone is read by pairs, another one as it is kept", () => {
  assert.equal(frenchPhone("+33612345678"), "06 12 34 56 78");
  assert.equal(frenchPhone("+32470123456"), "+32470123456");
  assert.equal(frenchPhone(""), "");
});

test("instants are shown in Paris, through the changes of clock", () => {
  assert.deepEqual(inParis("2027-03-27T12:30:00Z"), { day: "2027-03-27", time: "13:30" });
  assert.deepEqual(inParis("2027-03-28T11:30:00Z"), { day: "2027-03-28", time: "13:30" });
  assert.equal(frenchInstant("2026-11-21T08:41:00Z"), "21 novembre 2026 à 09:41");
  assert.equal(frenchDeadline("2026-11-30T22:59:59Z"), "lundi 30 novembre à 23 h 59");
  assert.equal(frenchDeadline("2026-12-31T23:00:00Z"), "vendredi 1er janvier à 0 h");
  assert.equal(shortDeadline("2026-11-30T08:00:00Z"), "30 nov. à 9 h");
});

test("days are counted on the civil calendar", () => {
  assert.equal(addDays("2027-03-28", 1), "2027-03-29");
  assert.equal(addDays("2026-12-31", 1), "2027-01-01");
  assert.equal(weekdayOf("2026-12-06"), 6);
  assert.equal(frenchMonth("2026-12"), "décembre 2026");
});

test("words agree in number and names are joined", () => {
  assert.equal(count(0, "jour"), "0 jour");
  assert.equal(count(1, "jour"), "1 jour");
  assert.equal(count(2, "mois", "mois"), "2 mois");
  assert.equal(together([]), "");
  assert.equal(together(["Léo"]), "Léo");
  assert.equal(together(["Léo", "Emma", "Jade"]), "Léo, Emma et Jade");
  assert.equal(politeName("Mme", "d’Aÿ"), "Madame d’Aÿ");
  assert.equal(politeName("M.", "O’Neill"), "Monsieur O’Neill");
});
