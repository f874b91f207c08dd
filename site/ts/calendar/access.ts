/** Pure: what can be done now with one day of one child, as the town answered it. The town decides again at reception. */
import { frenchDeadline } from "../french.ts";
import type { ChildMonth, Day } from "../wire.ts";

/**
 * free     can be ticked or unticked at no other cost than its price
 * costly   possible, but after the deadline: surcharge, request that the town must accept, or billed all the same
 * the rest cannot be changed, for the reason given
 */
export type Kind = "free" | "costly" | "closed" | "late" | "full" | "ineligible" | "refused";
export type Access = { kind: Kind; reason: string };

export const canChange = (access: Access): boolean => access.kind === "free" || access.kind === "costly";

export function accessTo(child: ChildMonth, day: Day): Access {
  if (day.state === "booked") return accessToCancel(day);
  if (!day.open) return { kind: "closed", reason: day.closed_reason ?? "Fermé." };
  if (!child.eligible) return { kind: "ineligible", reason: child.ineligible_reason ?? "Inscription impossible." };
  return accessToBook(day);
}

function accessToBook({ booking, places_left }: Day): Access {
  if (places_left === 0) return { kind: "full", reason: "Complet." };
  const passed = booking.until ? ` le ${frenchDeadline(booking.until)}` : "";
  if (!booking.allowed) {
    return booking.late
      ? { kind: "late", reason: `Trop tard : les réservations se fermaient${passed}.` }
      : { kind: "refused", reason: "Réservation impossible pour ce jour." };
  }
  if (!booking.late) return { kind: "free", reason: "" };
  return booking.after === "late_request"
    ? { kind: "costly", reason: `Demande tardive, à accepter par la mairie : le délai a fini${passed}.` }
    : { kind: "costly", reason: `Tarif majoré : le délai a fini${passed}.` };
}

function accessToCancel({ cancelling }: Day): Access {
  const passed = cancelling.until ? ` le ${frenchDeadline(cancelling.until)}` : "";
  if (!cancelling.allowed) return { kind: "late", reason: `Ne peut plus être annulé : le délai a fini${passed}.` };
  if (!cancelling.late) return { kind: "free", reason: "" };
  return { kind: "costly", reason: `Sera facturé même annulé : le délai a fini${passed}.` };
}
