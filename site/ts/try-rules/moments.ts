/** Pure: what happens to an action along time: it opens, its deadline, the very last moment, the day itself, and now. */
import { frenchDayShort, inParis } from "../french.ts";
import type { TrialAnswer, TrialWindow } from "./wire.ts";

/** What can be done once a moment has passed: drawn, and said. */
export type Span = "before" | "open" | "late" | "asked" | "over";
export type Moment = { kind: "opens" | "until" | "final" | "day" | "now"; at: string; title: string; when: string; then: Span };

const AFTER: Readonly<Record<string, Span>> = { surcharge: "late", billed: "late", late_request: "asked", refused: "over" };

/** In the order of time, on the clock of Paris (« 2026-12-03T23:59:59 »); empty when the day is closed. */
export function momentsOf(answer: TrialAnswer, window: TrialWindow): Moment[] {
  if (!window.until_paris) return [];
  const now = nowIn(answer.now);
  const found: Moment[] = [
    momentOf("until", wall(window.until_paris), "Dernier instant dans les temps", AFTER[window.after] ?? "over"),
    momentOf("day", `${answer.day}T${answer.start}:00`, "Début de l’accueil", "over"),
  ];
  if (window.opens_paris) found.push(momentOf("opens", wall(window.opens_paris), "Ouverture", "open"));
  if (window.final_paris && window.final_paris > window.until_paris) found.push(momentOf("final", wall(window.final_paris), "Dernière limite", "over"));
  found.sort(inTime);
  stillPossible(found, window);
  const before = found.filter(({ at }) => at < now).at(-1);
  found.push(momentOf("now", now, "Maintenant", before?.then ?? firstSpan(window)));
  return found.sort(inTime);
}

/** The day's beginning changes nothing where there is still time for it. */
function stillPossible(found: Moment[], window: TrialWindow): void {
  const rank = found.findIndex(({ kind }) => kind === "day");
  const day = found[rank];
  if (day && rank < found.length - 1) day.then = found[rank - 1]?.then ?? firstSpan(window);
}

/** What can be done before the first moment. */
export const firstSpan = (window: TrialWindow): Span => (window.opens_paris ? "before" : "open");

/** An instant that falls on a moment is still in time: it comes before it. */
function inTime(one: Moment, other: Moment): number {
  return one.at.localeCompare(other.at) || rank(one) - rank(other);
}

const rank = ({ kind }: Moment): number => ["opens", "now", "until", "final", "day"].indexOf(kind);
const wall = (paris: string): string => paris.slice(0, 19);

function nowIn(instant: string): string {
  const { day, time } = inParis(instant);
  return `${day}T${time}:${instant.slice(17, 19)}`;
}

const momentOf = (kind: Moment["kind"], at: string, title: string, then: Span): Moment => ({ kind, at, title, when: whenOf(at), then });

/** « lundi 30 novembre à 23 h 59 ». */
function whenOf(at: string): string {
  const [day = "", time = ""] = at.split("T");
  const [hours = "", minutes = ""] = time.split(":");
  return `${frenchDayShort(day)} à ${Number(hours)}\u00a0h${minutes === "00" ? "" : `\u00a0${minutes}`}`;
}
