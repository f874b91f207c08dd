import assert from "node:assert/strict";
import { test } from "node:test";
import { safePath } from "../../site/ts/session.ts";
import { onlyWhatIsShown } from "../../site/ts/kept.ts";
import type { Agenda } from "../../site/ts/wire.ts";

const ORIGIN = "https://famille.exemple.fr";

test("a path of this origin is returned to, with its search", () => {
  assert.equal(safePath("/reservations/?mois=2026-12&enfant=c1", ORIGIN), "/reservations/?mois=2026-12&enfant=c1");
});

test("nothing that leads elsewhere is followed", () => {
  const refused = [null, "", "https://piege.exemple", "//piege.exemple", "/\\piege.exemple", "/\t/piege.exemple", "javascript:alert(1)", "mon-espace/", "/..//piege.exemple", "/.//piege.exemple"];
  for (const wanted of refused) assert.equal(safePath(wanted, ORIGIN), null, String(wanted));
});

test("the sign-in page does not return to itself", () => {
  assert.equal(safePath("/connexion/?suite=/agenda/", ORIGIN), null);
});

test("only the fields that the agenda shows are kept on the device", () => {
  const entry = { day: "2026-12-01", child_id: "c1", given_name: "Léo", activity: "restauration", activity_name: "Restauration", start: null, end: null, status: "booked", price_centimes: 340, cancel_until: null };
  const answer = { generated_at: "2026-11-21T21:40:00Z", children: [{ child_id: "c1", given_name: "Léo", allergies: "arachide" }], entries: [{ ...entry, health: "PAI" }], health: "x" };
  assert.deepEqual(onlyWhatIsShown(answer as unknown as Agenda), {
    generated_at: "2026-11-21T21:40:00Z",
    children: [{ child_id: "c1", given_name: "Léo" }],
    entries: [entry],
  });
});
