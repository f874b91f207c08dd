/** Pure: what can be done now with one day of one child, as the town answered it. The town decides again at reception. */
import { frenchDeadline, inParis, shortDeadline } from "../french.ts";
import type { Calendar, ChildMonth, Day } from "../wire.ts";

/**
 * free     can be ticked or unticked at no other cost than its price
 * costly   possible, but after the deadline: surcharge, request that the town must accept, or billed all the same
 * the rest cannot be changed, for the reason given
 */
export type Kind = "free" | "costly" | "closed" | "past" | "late" | "full" | "ineligible" | "refused";
export type Access = { kind: Kind; reason: string };

export const canChange = (access: Access): boolean => access.kind === "free" || access.kind === "costly";

export type Detail = "short" | "long";

export function accessTo(child: ChildMonth, day: Day, detail: Detail = "long"): Access {
  if (day.past && (day.open || day.state !== "free")) return { kind: "past", reason: "Passé." };
  if (day.state !== "free") return accessToCancel(day, detail);
  if (!day.open) return { kind: "closed", reason: day.closed_reason ?? "Fermé." };
  if (!child.eligible) return { kind: "ineligible", reason: child.ineligible_reason ?? "Inscription impossible." };
  return accessToBook(day, detail);
}

const LATE_REQUEST = " Une demande tardive se fait auprès du service.";

const since = (until: string | null, detail: Detail): string =>
  until === null ? "" : ` le ${detail === "short" ? shortDeadline(until) : frenchDeadline(until)}`;

function accessToBook({ booking, places_left, price_centimes, refusal }: Day, detail: Detail): Access {
  if (refusal) return { kind: "refused", reason: refusal };
  if (places_left === 0) return { kind: "full", reason: "Complet." };
  const passed = `délai passé${since(booking.until, detail)}.`;
  if (!booking.allowed && booking.late) {
    const request = booking.after === "late_request" ? LATE_REQUEST : "";
    return { kind: "late", reason: detail === "short" ? `Trop tard : ${passed}` : `Trop tard pour réserver : ${passed}${request}` };
  }
  if (!booking.allowed || price_centimes === null) return { kind: "refused", reason: "Ne se réserve pas en ligne ce jour-là." };
  if (!booking.late) return { kind: "free", reason: "" };
  return { kind: "costly", reason: booking.after === "late_request" ? `Demande tardive, à accepter par la mairie : ${passed}` : `Tarif majoré : ${passed}` };
}

function accessToCancel({ cancelling }: Day, detail: Detail): Access {
  const passed = `délai passé${since(cancelling.until, detail)}.`;
  if (!cancelling.allowed) return { kind: "late", reason: `Ne peut plus être annulé : ${passed}${cancelling.after === "late_request" ? LATE_REQUEST : ""}` };
  if (!cancelling.late) return { kind: "free", reason: "" };
  return { kind: "costly", reason: `Sera facturé même annulé : ${passed}` };
}

/** Marks the days that are over, by the town's clock and not by this device's. */
export function withPast(calendar: Calendar): Calendar {
  const today = inParis(calendar.now).day;
  const mark = (day: Day): Day => ({ ...day, past: day.day < today });
  const marked = (child: ChildMonth): ChildMonth => ({ ...child, days: child.days.map(mark), beside: (child.beside ?? []).map(mark) });
  return { ...calendar, children: calendar.children.map(marked) };
}
