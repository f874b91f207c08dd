/** Sends a month's changes and says what came of it. */
import { inFoyer } from "../foyer.ts";
import { ApiProblem, call, NetworkFailure, NotSignedIn, type ActionKey } from "../api.ts";
import type { Calendar, Changes, Receipt } from "../wire.ts";
import type { Trouble } from "./state.ts";

export type Sent = { receipt: Receipt } | { trouble: Trouble; calendar?: Calendar; total?: number };

export async function submit(calendar: Calendar, body: Changes, key: ActionKey): Promise<Sent> {
  try {
    const ifMatch = `"${calendar.version}"`;
    const { data } = await call<Receipt>("POST", "/api/reservations/changes", { body: { ...body, ...inFoyer() }, key, ifMatch });
    return { receipt: data };
  } catch (error) {
    if (error instanceof NetworkFailure) return { trouble: { kind: "network" } };
    if (error instanceof NotSignedIn) return { trouble: { kind: "signed_out" } };
    if (error instanceof ApiProblem) return ofProblem(calendar, body, error);
    throw error;
  }
}

function ofProblem(calendar: Calendar, body: Changes, problem: ApiProblem): Sent {
  if (problem.status === 412 && isCalendar(problem.body["current"])) {
    return { trouble: { kind: "stale", before: calendar, current: problem.body["current"], mine: body.children } };
  }
  const total = problem.body["total_centimes"];
  if (problem.code === "price_changed" && typeof total === "number") {
    const trouble: Trouble = { kind: "price_changed", before: body.expected_total_centimes, now: total };
    return isCalendar(problem.body["calendar"]) ? { trouble, total, calendar: problem.body["calendar"] } : { trouble, total };
  }
  if (problem.errors.length > 0) return { trouble: { kind: "days_refused", refused: problem.errors.map((error) => refusedDay(calendar, body, error)) } };
  return { trouble: { kind: "other", detail: problem.detail } };
}

const isCalendar = (value: unknown): value is Calendar =>
  typeof value === "object" && value !== null && Array.isArray((value as Calendar).children);

type Refused = Extract<Trouble, { kind: "days_refused" }>["refused"][number];

/** The pointer « /children/0/book/2 » names a day by its place in what was sent. */
export function refusedDay(calendar: Calendar, body: Changes, { pointer, detail }: { pointer: string; detail: string }): Refused {
  const [, child, action, index] = /^\/children\/(\d+)(?:\/(book|cancel)\/(\d+))?/u.exec(pointer) ?? [];
  const sent = body.children[Number(child ?? -1)];
  const days = action === "cancel" ? sent?.cancel : sent?.book;
  const name = calendar.children.find(({ child_id }) => child_id === sent?.child_id)?.given_name ?? "";
  return { childId: sent?.child_id ?? "", day: (index === undefined ? undefined : days?.[Number(index)]) ?? "", name, detail };
}

/** What is left to send once the refused days are put aside. */
export function withoutRefused(children: Changes["children"], refused: readonly Refused[]): Changes["children"] {
  const isKept = (childId: string) => (day: string) => !refused.some((one) => one.childId === childId && one.day === day);
  return children.map(({ child_id, book, cancel }) => ({
    child_id,
    book: book.filter(isKept(child_id)),
    cancel: cancel.filter(isKept(child_id)),
  }));
}
