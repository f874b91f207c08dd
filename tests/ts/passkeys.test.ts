import assert from "node:assert/strict";
import { test } from "node:test";
import { inWords, toBytes, toText } from "../../site/ts/passkeys/ceremony.ts";

test("bytes are written in base64url without padding, and read back", () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  assert.deepEqual(toBytes(toText(bytes.buffer)), bytes);
  assert.equal(toText(Uint8Array.from([251, 255, 254, 0]).buffer), "-__-AA");
  assert.equal(toText(new ArrayBuffer(0)), "");
});

test("what the browser refuses is told in words", () => {
  assert.match(String(inWords(new DOMException("", "NotAllowedError"))), /annulée, ou le temps est passé/u);
  assert.match(String(inWords(new DOMException("", "InvalidStateError"))), /a déjà une clé d’accès/u);
  assert.match(String(inWords(new DOMException("", "UnknownError"))), /n’a pas pu le faire/u);
});

test("what the town refuses is not the browser's to explain", () => {
  assert.equal(inWords(new Error("non")), null);
});
