/** The page's address says what is shown: /reservations/?mois=2026-12&activite=restauration&enfant=… */
import { addDays, inParis, monthOf } from "../french.ts";
import type { Choices } from "../wire.ts";
import { addMonths } from "./grid.ts";

const MONTHS_AHEAD = 12;
export const CHECK_HASH = "#verification";

/** From last month, to look back, to a school year ahead. */
export function monthsAround(now: Date): string[] {
  const current = monthOf(inParis(now).day);
  return Array.from({ length: MONTHS_AHEAD + 2 }, (_, index) => addMonths(current, index - 1));
}

/** Near the end of a month, people come for the next one. */
export const usualMonth = (now: Date): string => monthOf(addDays(inParis(now).day, 7));

export type Wanted = { month: string; activity: string; hidden: Set<string> };

export function readAddress(search: string, choices: Choices, now: Date): Wanted {
  const params = new URLSearchParams(search);
  const month = params.get("mois") ?? "";
  const activity = params.get("activite");
  const children = params.getAll("enfant").filter((id) => choices.children.some(({ person_id }) => person_id === id));
  const hidden = choices.children.map(({ person_id }) => person_id).filter((id) => children.length > 0 && !children.includes(id));
  return {
    month: monthsAround(now).includes(month) ? month : usualMonth(now),
    activity: (choices.activities.find(({ id }) => id === activity) ?? choices.activities[0])?.id ?? "",
    hidden: new Set(hidden),
  };
}

export function writeAddress({ month, activity, hidden }: Wanted, choices: Choices): void {
  const params = new URLSearchParams({ mois: month, activite: activity });
  if (hidden.size > 0) {
    for (const { person_id } of choices.children) if (!hidden.has(person_id)) params.append("enfant", person_id);
  }
  history.replaceState(history.state, "", `${location.pathname}?${params}${location.hash}`);
}
