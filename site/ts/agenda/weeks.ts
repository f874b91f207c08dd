/** Pure: the agenda's entries, by week and by day. */
import { isoWeek } from "../calendar/grid.ts";
import { addDays, frenchDate, inParis, weekdayOf } from "../french.ts";
import type { AgendaEntry } from "../wire.ts";

export type AgendaDay = { day: string; entries: AgendaEntry[] };
export type AgendaWeek = { monday: string; title: string; days: AgendaDay[] };

/** From the Monday of this week: what has just been is still of use. */
export function agendaFrom(now: Date): string {
  const today = inParis(now).day;
  return `/api/reservations/agenda?from=${addDays(today, -weekdayOf(today))}`;
}

export function byWeek(entries: readonly AgendaEntry[], childId: string | null): AgendaWeek[] {
  const weeks = new Map<string, AgendaWeek>();
  const chosen = entries.filter((entry) => childId === null || entry.child_id === childId);
  for (const entry of [...chosen].sort(inOrder)) {
    const monday = addDays(entry.day, -weekdayOf(entry.day));
    const week = weeks.get(monday) ?? { monday, title: `Semaine ${isoWeek(monday)}, du ${frenchDate(monday)}`, days: [] };
    weeks.set(monday, week);
    const last = week.days.at(-1);
    if (last?.day === entry.day) last.entries.push(entry);
    else week.days.push({ day: entry.day, entries: [entry] });
  }
  return [...weeks.values()];
}

const inOrder = (one: AgendaEntry, other: AgendaEntry): number =>
  one.day.localeCompare(other.day) ||
  (one.start ?? "").localeCompare(other.start ?? "") ||
  one.given_name.localeCompare(other.given_name, "fr");

/** « 11 h 45 – 13 h 30 », whatever the town gives of it. */
export const hoursOf = ({ start, end }: AgendaEntry): string => [start, end].flatMap((hour) => (hour ? [frenchHour(hour)] : [])).join(" – ");

/** « 16 h », « 11 h 45 », as the town's pages write it. */
function frenchHour(hour: string): string {
  const [hours = "", minutes = "00"] = hour.split(":");
  return `${Number(hours)}\u00a0h${minutes === "00" ? "" : `\u00a0${minutes}`}`;
}

const STATUS: Readonly<Record<string, string>> = {
  awaiting: "En attente d’instruction",
  waiting: "Sur liste d’attente",
  cancelled: "Annulé",
  cancelled_late: "Annulé hors délai, facturé",
  absent: "Absent",
  consumed: "Présent",
};

/** What else than « réservé » an entry is; "" for a day on which the child is simply expected. */
export const statusOf = ({ status }: Pick<AgendaEntry, "status">): string => STATUS[status] ?? "";
