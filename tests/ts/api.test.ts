import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { ActionKey, ApiProblem, call, get, NetworkFailure, NotSignedIn } from "../../site/ts/api.ts";

type Sent = { path: string; method: string; headers: Record<string, string>; body: string | null };
type Scripted = { status: number; body?: unknown; headers?: Record<string, string> } | "cut";

let sent: Sent[] = [];
let script: Scripted[] = [];

const problem = (status: number, code: string, more: object = {}): Scripted => ({ status, body: { status, code, detail: `${code}.`, ...more } });

beforeEach(() => {
  sent = [];
  script = [];
  const stored = new Map<string, string>();
  const storage = { getItem: (name: string) => stored.get(name) ?? null, setItem: (name: string, value: string) => void stored.set(name, value) };
  const locks = { request: <T>(_name: string, run: () => Promise<T>) => run() };
  Object.defineProperty(globalThis, "localStorage", { value: storage, configurable: true });
  Object.defineProperty(globalThis, "navigator", { value: { locks }, configurable: true });
  globalThis.fetch = async (path, options) => {
    sent.push({ path: String(path), method: options?.method ?? "", headers: options?.headers as Record<string, string>, body: (options?.body ?? null) as string | null });
    const next = script.shift();
    if (next === undefined || next === "cut") throw new TypeError("Failed to fetch");
    return new Response(next.body === undefined ? null : JSON.stringify(next.body), { status: next.status, headers: next.headers ?? {} });
  };
});

const keyOf = (index: number): string => sent[index]?.headers["Idempotency-Key"] ?? "";

test("a write carries the portal's header, a key and the version seen", async () => {
  script = [{ status: 201, body: { receipt_number: "R1" }, headers: { etag: '"8"' } }];
  const answer = await call("POST", "/api/x", { body: { a: 1 }, ifMatch: '"7"' });
  assert.deepEqual(answer, { data: { receipt_number: "R1" }, etag: '"8"' });
  assert.equal(sent[0]?.headers["X-Parvis"], "1");
  assert.equal(sent[0]?.headers["If-Match"], '"7"');
  assert.match(keyOf(0), /^[0-9a-f-]{36}$/u);
});

test("an answer lost on the way is asked for again with the same key", async () => {
  const key = new ActionKey();
  script = ["cut", problem(500, "internal"), { status: 201, body: {} }, { status: 201, body: {} }];
  await assert.rejects(call("POST", "/api/x", { body: { a: 1 }, key }), NetworkFailure);
  await assert.rejects(call("POST", "/api/x", { body: { a: 1 }, key }), ApiProblem);
  await call("POST", "/api/x", { body: { a: 1 }, key });
  await call("POST", "/api/x", { body: { a: 1 }, key });
  assert.equal(keyOf(0), keyOf(1));
  assert.equal(keyOf(1), keyOf(2));
  assert.notEqual(keyOf(2), keyOf(3), "once answered, the next one is another action");
});

test("another body, or another version seen, is another action", async () => {
  const key = new ActionKey();
  script = ["cut", "cut", "cut"];
  await assert.rejects(call("POST", "/api/x", { body: { a: 1 }, key, ifMatch: '"7"' }), NetworkFailure);
  await assert.rejects(call("POST", "/api/x", { body: { a: 2 }, key, ifMatch: '"7"' }), NetworkFailure);
  await assert.rejects(call("POST", "/api/x", { body: { a: 2 }, key, ifMatch: '"8"' }), NetworkFailure);
  assert.equal(new Set([keyOf(0), keyOf(1), keyOf(2)]).size, 3);
});

test("a session that is over is renewed once, and the same action sent again", async () => {
  script = [problem(401, "not_signed_in"), { status: 204 }, { status: 201, body: { ok: true } }];
  const { data } = await call("POST", "/api/x", { body: {} });
  assert.deepEqual(data, { ok: true });
  assert.deepEqual(sent.map(({ path }) => path), ["/api/x", "/api/accounts/sessions/refresh", "/api/x"]);
  assert.equal(keyOf(0), keyOf(2));
});

/** A lock as the browser has it: one holder at a time, the others wait for their turn. */
function takeTurns(): void {
  let last: Promise<unknown> = Promise.resolve();
  const request = <T>(_name: string, run: () => Promise<T>): Promise<T> => {
    const turn = last.then(run);
    last = turn.catch(() => undefined);
    return turn;
  };
  Object.defineProperty(globalThis, "navigator", { value: { locks: { request } }, configurable: true });
}

const renewals = (): number => sent.filter(({ path }) => path === "/api/accounts/sessions/refresh").length;

/** Three requests whose session key is no longer known, and a service that knows the new one once it is renewed. */
async function threeAtOnce(): Promise<void> {
  let renewed = false;
  globalThis.fetch = async (path) => {
    sent.push({ path: String(path), method: "", headers: {}, body: null });
    await new Promise((done) => setTimeout(done, 5));
    if (String(path).endsWith("/refresh")) {
      renewed = true;
      return new Response(null, { status: 204 });
    }
    return renewed ? Response.json({ ok: true }) : Response.json({ code: "not_signed_in", detail: "…" }, { status: 401 });
  };
  await Promise.all([get("/api/a"), get("/api/b"), get("/api/c")]);
}

test("fault 32: a key that is retired costs one renewal, however many requests meet it", async () => {
  takeTurns();
  await threeAtOnce();
  assert.equal(renewals(), 1);
  assert.equal(sent.length, 7, "three refused, one renewal, three sent again");
});

test("fault 32, control: without the lock each of them renews, which the service takes for a thief", async () => {
  await threeAtOnce();
  assert.equal(renewals(), 3);
});

test("a session that cannot be renewed is told apart from a refusal", async () => {
  script = [problem(401, "session_expired"), problem(401, "not_signed_in")];
  await assert.rejects(get("/api/x"), NotSignedIn);
  assert.equal(sent.length, 2);
});

test("a wrong password does not renew anything", async () => {
  script = [problem(401, "bad_credentials")];
  await assert.rejects(call("POST", "/api/accounts/sessions", { body: {} }), (error: unknown) => error instanceof ApiProblem && error.code === "bad_credentials");
  assert.equal(sent.length, 1);
});

test("a busy town is asked again, a few times, with the same key", async () => {
  const busy: Scripted = { status: 503, body: { code: "busy", detail: "Occupé." }, headers: { "retry-after": "0.01" } };
  script = [busy, busy, { status: 200, body: {} }];
  await call("POST", "/api/x", { body: {} });
  assert.equal(sent.length, 3);
  assert.equal(new Set([keyOf(0), keyOf(1), keyOf(2)]).size, 1);
});

test("a refusal keeps its sentence, its fields and what else it carries", async () => {
  script = [problem(409, "price_changed", { total_centimes: 500, errors: [{ pointer: "/a", detail: "Non." }] })];
  await assert.rejects(call("POST", "/api/x", { body: {} }), (error: unknown) => {
    assert.ok(error instanceof ApiProblem);
    assert.deepEqual([error.status, error.detail, error.errors.length, error.body["total_centimes"]], [409, "price_changed.", 1, 500]);
    return true;
  });
});

test("an answer that is no JSON is told in plain words", async () => {
  globalThis.fetch = async () => new Response("<html>Bad gateway</html>", { status: 502 });
  await assert.rejects(get("/api/x"), (error: unknown) => error instanceof ApiProblem && error.code === "unreadable" && error.detail.startsWith("Le service ne répond pas"));
});

test("a page that somebody else answers with in the town's place is no answer: the same key goes again", async () => {
  const key = new ActionKey();
  const scripted = globalThis.fetch;
  globalThis.fetch = async (path, options) => {
    await scripted(path, options);
    return new Response("<title>Bienvenue sur le réseau de l’hôtel</title>", { status: 200 });
  };
  script = [{ status: 200 }, { status: 200 }];
  await assert.rejects(call("POST", "/api/x", { body: { a: 1 }, key }), NetworkFailure);
  await assert.rejects(call("POST", "/api/x", { body: { a: 1 }, key }), NetworkFailure);
  assert.equal(keyOf(1), keyOf(0));
});
