import assert from "node:assert/strict";
import { test } from "node:test";
import { mine } from "../../site/ts/dashboard/news.ts";

const told = ["sport", "", "restauration", "sport", "sport", "sport"];

test("nothing chosen leaves the newest of everybody", () => {
  assert.equal(mine(told, new Set()), null);
});

test("the newest three of the chosen services are kept, in order", () => {
  assert.deepEqual(mine(told, new Set(["sport"])), [0, 3, 4]);
  assert.deepEqual(mine(told, new Set(["restauration", "sport"])), [0, 2, 3]);
});

test("a service that told nothing keeps nothing", () => {
  assert.deepEqual(mine(told, new Set(["culture"])), []);
});
