/** Pure: what the calendar says about a day, seen or heard. */
import { count, frenchDay, frenchDeadline, frenchPrice, shortDeadline } from "../french.ts";
import type { Calendar, ChildMonth, Day, Receipt, ReceiptChild } from "../wire.ts";
import { accessTo, canChange, type Detail } from "./access.ts";
import { isTicked, type Ticks } from "./ticks.ts";
import type { Summary } from "./totals.ts";

/** « Léo, mardi 1er décembre 2026, 3,40 € » */
export function boxName(child: ChildMonth, day: Day): string {
  const price = day.price_centimes === null ? "" : `, ${frenchPrice(day.price_centimes)}`;
  return `${child.given_name}, ${frenchDay(day.day)}${price}`;
}

/** The colour of a day in the table; the words always say the same. */
export function stateOf(child: ChildMonth, day: Day): string {
  if (day.state !== "free") return day.state;
  const { kind } = accessTo(child, day);
  return kind === "costly" || kind === "refused" ? "late" : kind;
}

/** What stands under a day: how it is, and until when it can be changed. */
export function noteOf(child: ChildMonth, day: Day, ticked: boolean, detail: Detail): string {
  return [day.note, statusOf(child, day, ticked, detail)].filter(Boolean).join(" ");
}

function statusOf(child: ChildMonth, day: Day, ticked: boolean, detail: Detail): string {
  const access = accessTo(child, day, detail);
  const deadline = (until: string): string => (detail === "short" ? shortDeadline(until) : frenchDeadline(until));
  if (day.state !== "free") {
    // what awaits says so in its note
    const state = ticked ? (day.state === "booked" ? "Réservé." : "") : "Sera annulé.";
    const until = day.cancelling.until && day.open ? `Annulable jusqu’au ${deadline(day.cancelling.until)}` : "";
    const change = access.kind === "past" ? "" : access.kind === "free" ? until : access.reason;
    return [state, change].filter(Boolean).join(" ");
  }
  if (access.kind !== "free") return withPlaces(access.reason, day, canChange(access));
  return withPlaces(day.booking.until ? `Réservable jusqu’au ${deadline(day.booking.until)}` : "", day, true);
}

/** Places are counted for the reader only when they run short. */
const FEW_PLACES = 20;

function withPlaces(words: string, day: Day, open: boolean): string {
  if (!open || day.places_left === null || day.places_left > FEW_PLACES) return words;
  return [words, count(day.places_left, "place")].filter(Boolean).join(" · ");
}

/** « 12 jours à réserver, 1 jour à annuler » */
export function amountOf({ booked, cancelled }: Pick<Summary, "booked" | "cancelled">): string {
  const parts = [];
  if (booked > 0) parts.push(`${count(booked, "jour")} à réserver`);
  if (cancelled > 0) parts.push(`${count(cancelled, "jour")} à annuler`);
  return parts.join(", ") || "Aucun changement";
}

/** « 12 jours réservés, 2 jours demandés, 1 jour annulé », once the town has recorded it. */
export function recordedOf({ children }: Receipt): string {
  const total = (pick: (child: ReceiptChild) => readonly unknown[]): number => children.reduce((sum, child) => sum + pick(child).length, 0);
  const words = (number: number, one: string): string[] => (number === 0 ? [] : [`${count(number, "jour")} ${number < 2 ? one : `${one}s`}`]);
  const booked = (awaiting: boolean) => total((child) => child.booked.filter(({ state }) => (state === "awaiting") === awaiting));
  return [...words(booked(false), "réservé"), ...words(booked(true), "demandé"), ...words(total(({ cancelled }) => cancelled), "annulé")].join(", ");
}

/** What there is to know of the whole activity before ticking. */
export function noticesOf({ activity }: Calendar): string[] {
  const unit = UNITS[activity.unit ?? "day"];
  return [activity.notice, unit].flatMap((words) => (words ? [words] : []));
}

const UNITS: Readonly<Record<string, string>> = {
  week: "Se réserve par semaine entière : cocher un jour coche toute la semaine.",
  session: "Se réserve par session entière : cocher un jour coche toute la session.",
};

/** The days ticked in the months next to this one, which go with days of it. */
export function besideOf(child: ChildMonth, ticks: Ticks): string {
  const days = (child.beside ?? []).filter(({ day }) => isTicked(ticks, child.child_id, day)).map(({ day }) => frenchDay(day));
  return days.length === 0 ? "" : `Avec, dans un mois voisin : ${days.join(", ")}.`;
}

/** What is said aloud, once the ticking pauses. */
export function spokenTotal(summary: Summary): string {
  if (summary.booked + summary.cancelled === 0) return "Aucun changement.";
  return `${amountOf(summary)}. Total à confirmer : ${frenchPrice(summary.centimes)}.`;
}
