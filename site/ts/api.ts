/**
 * Talks to the town's functions. Every failure a page may meet is one of:
 *   NetworkFailure  no answer came: nothing is known, the same action may be sent again with the same key
 *   NotSignedIn     the session is over and could not be renewed
 *   ApiProblem      the town answered no (problem+json), with a code and a French sentence
 */

export type FieldError = { pointer: string; detail: string };

export class NetworkFailure extends Error {
  constructor(readonly kind: "offline" | "timeout") {
    super(kind);
  }
}

export class NotSignedIn extends Error {}

export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly errors: readonly FieldError[],
    readonly body: Readonly<Record<string, unknown>>,
  ) {
    super(detail);
  }
}

/** One key per action: sending the same body again reuses it, so that an answer lost on the way costs nothing. */
export class ActionKey {
  #body = "";
  #key = "";

  for(body: string): string {
    if (!this.#key || body !== this.#body) {
      this.#body = body;
      this.#key = crypto.randomUUID();
    }
    return this.#key;
  }

  /** The town has answered: the next try is another action. */
  settle(): void {
    this.#key = "";
  }
}

export type Answer<T> = { data: T; etag: string | null };
type Method = "GET" | "POST" | "DELETE";
type Options = { body?: unknown; key?: ActionKey; ifMatch?: string; proof?: string };
type Exchange = { response: Response; problem: ApiProblem | null; data: unknown };

const TIMEOUT_MS = 20_000;
const BUSY_TRIES = 3;
const REFRESHED_AT = "parvis.session-renouvelee";
const SESSION_OVER = new Set(["not_signed_in", "session_expired"]);

export const get = <T>(path: string): Promise<Answer<T>> => call<T>("GET", path, {});

export async function call<T>(method: Method, path: string, options: Options): Promise<Answer<T>> {
  const body = options.body === undefined ? "" : JSON.stringify(options.body);
  const key = options.key ?? new ActionKey();
  const headers = headersOf(method, body, key.for(`${method} ${path} ${options.ifMatch ?? ""} ${body}`), options.ifMatch, options.proof);
  const startedAt = Date.now();
  let exchange = await patiently(method, path, headers, body);
  if (exchange.problem && SESSION_OVER.has(exchange.problem.code)) {
    if (!(await renewSession(startedAt))) throw new NotSignedIn();
    exchange = await patiently(method, path, headers, body);
  }
  const { problem, response, data } = exchange;
  if (problem && (SESSION_OVER.has(problem.code) || stoppedHalfway(problem))) throw new NotSignedIn();
  if (!problem || problem.status < 500) key.settle();
  if (problem) throw problem;
  return { data: data as T, etag: response.headers.get("etag") };
}

/** The code was never typed after the password. An agent who has no application yet is told so by the page instead. */
const stoppedHalfway = (problem: ApiProblem): boolean =>
  problem.code === "second_factor_needed" && !problem.body["enrol"];

function headersOf(method: Method, body: string, key: string, ifMatch: string | undefined, proof?: string): Record<string, string> {
  return {
    Accept: "application/json",
    "X-Parvis": "1",
    ...(body ? { "Content-Type": "application/json" } : {}),
    ...(method === "GET" ? {} : { "Idempotency-Key": key }),
    ...(ifMatch ? { "If-Match": ifMatch } : {}),
    ...(proof ? { "X-Parvis-Proof": proof } : {}),
  };
}

/** Waits and tries again, with the same key, when the town says that it is busy or still at work on this very action. */
async function patiently(method: Method, path: string, headers: Record<string, string>, body: string): Promise<Exchange> {
  for (let attempt = 1; ; attempt += 1) {
    const exchange = await exchangeOnce(method, path, headers, body);
    const busy = exchange.problem?.status === 503 || exchange.problem?.code === "in_progress";
    if (!busy || attempt === BUSY_TRIES) return exchange;
    const seconds = Number(exchange.response.headers.get("retry-after")) || attempt;
    await new Promise((resolve) => setTimeout(resolve, Math.min(seconds, 3) * 1000));
  }
}

async function exchangeOnce(method: Method, path: string, headers: Record<string, string>, body: string): Promise<Exchange> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, { method, headers, body: body || null, signal, credentials: "same-origin", cache: "no-store" });
    text = await response.text();
  } catch {
    throw new NetworkFailure(signal.aborted ? "timeout" : "offline");
  }
  const data = parsed(text);
  // somebody else answered, such as the sign-in page of a hotel's network: the town may know nothing of it
  if (response.ok && text && data === null) throw new NetworkFailure("offline");
  return { response, data, problem: response.ok ? null : problemOf(response.status, data) };
}

function parsed(text: string): unknown {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

function problemOf(status: number, data: unknown): ApiProblem {
  const body = (typeof data === "object" && data !== null ? data : {}) as Record<string, unknown>;
  const detail = typeof body["detail"] === "string" && body["detail"] ? body["detail"] : UNREADABLE;
  const errors = Array.isArray(body["errors"]) ? (body["errors"] as FieldError[]) : [];
  return new ApiProblem(status, typeof body["code"] === "string" ? body["code"] : "unreadable", detail, errors, body);
}

const UNREADABLE = "Le service ne répond pas comme prévu. Rien n’est perdu : réessayez dans quelques minutes.";

/**
 * Renews the session once. A renewal token used twice closes the session, so tabs take turns, and a tab that waited
 * finds that another one has just renewed it.
 */
async function renewSession(neededSince: number): Promise<boolean> {
  return navigator.locks.request("parvis.session", async () => {
    if (Number(localStorage.getItem(REFRESHED_AT) ?? 0) > neededSince) return true;
    const headers = headersOf("POST", "", crypto.randomUUID(), undefined);
    const { response } = await exchangeOnce("POST", "/api/accounts/sessions/refresh", headers, "");
    if (response.ok) localStorage.setItem(REFRESHED_AT, String(Date.now()));
    else if (response.status >= 500) throw new NetworkFailure("offline");
    return response.ok;
  });
}
