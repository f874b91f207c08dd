/** Pure: the estimate that follows every tick, « à confirmer » until the town has answered. */
import { frenchDay, frenchPrice } from "../french.ts";
import type { Calendar, ChangesOfChild, ChildMonth, Day } from "../wire.ts";
import { accessTo } from "./access.ts";
import { daysOf } from "./ticks.ts";

/** `awaiting`: an agent must accept it, and `centimes` are owed from then on only. */
export type Line = { day: Day; action: "book" | "cancel"; costly: string; centimes: number; awaiting: boolean };
export type Summary = { booked: number; cancelled: number; centimes: number; firstLimit: string | null; costly: number };

/** The changes of a child, in the order of days, with what each one adds to the bill (negative when given back). */
export function linesOf(child: ChildMonth, changes: ChangesOfChild, approval = false): Line[] {
  return daysOf(child).flatMap((day): Line[] => {
    const action = changes.book.includes(day.day) ? "book" : changes.cancel.includes(day.day) ? "cancel" : null;
    if (action === null) return [];
    const access = accessTo(child, day);
    const costly = access.kind === "costly" ? access.reason : "";
    const price = day.price_centimes ?? 0;
    if (action === "book") return [{ day, action, costly, centimes: price, awaiting: approval }];
    return [{ day, action, costly, centimes: costly || day.state === "awaiting" ? 0 : -price, awaiting: false }];
  });
}

export function summaryOf(calendar: Calendar, changes: readonly ChangesOfChild[]): Summary {
  const lines = changes.flatMap((change) => {
    const child = calendar.children.find(({ child_id }) => child_id === change.child_id);
    return child ? linesOf(child, change, calendar.activity.approval) : [];
  });
  const limits = lines.filter(({ costly }) => !costly).flatMap(({ day, action }) => {
    const until = action === "book" ? day.booking.until : day.cancelling.until;
    return until === null ? [] : [until];
  });
  return {
    booked: lines.filter(({ action }) => action === "book").length,
    cancelled: lines.filter(({ action }) => action === "cancel").length,
    centimes: lines.reduce((sum, { centimes, awaiting }) => sum + (awaiting ? 0 : centimes), 0),
    firstLimit: limits.sort()[0] ?? null,
    costly: lines.filter(({ costly }) => costly).length,
  };
}

/** What differs between two states of the same month, in words, for a person whose own changes were overtaken. */
export function differences(before: Calendar, after: Calendar): string[] {
  return after.children.flatMap((child) => {
    const old = before.children.find(({ child_id }) => child_id === child.child_id);
    return daysOf(child).flatMap((day) => {
      const was = old && daysOf(old).find((known) => known.day === day.day);
      const words = was ? difference(was, day) : null;
      return words === null ? [] : [`${child.given_name}, ${frenchDay(day.day)} : ${words}`];
    });
  });
}

const CHANGED = { booked: "réservé entre-temps", awaiting: "demandé entre-temps", free: "annulé entre-temps", accepted: "accepté entre-temps" };

function difference(was: Day, is: Day): string | null {
  if (was.state !== is.state) return CHANGED[was.state === "awaiting" && is.state === "booked" ? "accepted" : is.state];
  if (was.open !== is.open) return is.open ? "de nouveau ouvert" : `fermé (${is.closed_reason ?? "sans motif"})`;
  if (was.places_left !== 0 && is.places_left === 0) return "désormais complet";
  if (was.price_centimes !== is.price_centimes && is.price_centimes !== null) {
    return `le prix est maintenant de ${frenchPrice(is.price_centimes)}`;
  }
  return null;
}
