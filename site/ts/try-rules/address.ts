/**
 * Pure: the question kept in the page's address, so that an agent can send it to a colleague. Never in it: the birth
 * date, the documents, the packed meal, and whatever tells of the family's means and children.
 */
import { inParis } from "../french.ts";

/** Name in the address -> name of the field. */
const KEPT: Readonly<Record<string, string>> = {
  activite: "activity",
  jour: "day",
  instant: "now",
  ecole: "school",
  niveau: "level",
  contrat: "contract",
  session: "session",
  creneau: "slot",
  arrivee: "from_hour",
  depart: "to_hour",
  debut: "booking_start",
  reserve: "booked_on",
  "sans-reservation": "unbooked",
};

export type Typed = Record<string, unknown>;

/** `now`: the instant the town answered for (UTC), which stands for an instant left empty. */
export function addressOf(typed: Typed, now: string, compared: string): string {
  const query = new URLSearchParams();
  for (const [kept, field] of Object.entries(KEPT)) {
    const value = field === "now" ? now : typed[field];
    if (value === true) query.set(kept, "oui");
    else if (typeof value === "string" && value) query.set(kept, value);
  }
  if (compared) query.set("comparer", compared);
  return `?${query}`;
}

/** The fields that an address fills, and the instant to compare with. */
export function questionOf(search: string): { typed: Typed; compared: string } {
  const query = new URLSearchParams(search);
  const typed: Typed = {};
  for (const [kept, field] of Object.entries(KEPT)) {
    const value = query.get(kept);
    if (value) typed[field] = field === "unbooked" ? value === "oui" : value;
  }
  return { typed, compared: query.get("comparer") ?? "" };
}

/** « 21/11/2026 10:00 », as the form asks for an instant; what is no instant is left as it is. */
export function typedInstant(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}T[\d:]+Z$/u.test(text) || Number.isNaN(Date.parse(text))) return text;
  const { day, time } = inParis(text);
  const seconds = text.slice(17, 19);
  return `${day.slice(8)}/${day.slice(5, 7)}/${day.slice(0, 4)} ${time}${seconds === "00" ? "" : `:${seconds}`}`;
}
