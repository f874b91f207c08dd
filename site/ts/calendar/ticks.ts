/** Pure: which days are ticked for each child, and what that changes compared with what the town has recorded. */
import type { Calendar, ChangesOfChild, ChildMonth, Day } from "../wire.ts";
import { accessTo, canChange, type Access } from "./access.ts";

export type Ticks = ReadonlyMap<string, ReadonlySet<string>>;
/** A day left as it was by an action on many days, and why. */
export type Skipped = { day: string; reason: string };
export type Outcome = { ticks: Ticks; changed: number; skipped: readonly Skipped[] };

export const recordedTicks = (calendar: Calendar): Ticks =>
  new Map(calendar.children.map((child) => [child.child_id, new Set(daysOf(child).filter(isBooked).map(({ day }) => day))]));

/** The days of the month, and those of the next ones that are booked with them. */
export const daysOf = (child: ChildMonth): Day[] => [...child.days, ...(child.beside ?? [])];
export const isBooked = (day: Day): boolean => day.state !== "free";
export const isTicked = (ticks: Ticks, childId: string, day: string): boolean => ticks.get(childId)?.has(day) ?? false;
export const isChanged = (ticks: Ticks, childId: string, day: Day): boolean =>
  isTicked(ticks, childId, day.day) !== isBooked(day);

export function withTick(ticks: Ticks, childId: string, day: string, on: boolean): Ticks {
  const days = new Set(ticks.get(childId));
  if (on) days.add(day);
  else days.delete(day);
  return new Map(ticks).set(childId, days);
}

/** Ticks or unticks a day with those that are booked with it; one that cannot be changed stays as it is. */
export function withUnit(ticks: Ticks, child: ChildMonth, day: Day, on: boolean): Ticks {
  const others = daysOf(child).filter((other) => day.together?.includes(other.day) && (isBooked(other) === on || canChange(accessTo(child, other))));
  return [day, ...others].reduce((next, each) => withTick(next, child.child_id, each.day, on), ticks);
}

const numberTicked = (ticks: Ticks, childId: string): number => ticks.get(childId)?.size ?? 0;

/**
 * Ticks or unticks many days. What would cost more than the day's price is never done in bulk: it is reported, and the
 * person decides day by day. A closed day is reported only if `sayClosed`.
 */
export function setMany(ticks: Ticks, child: ChildMonth, days: readonly Day[], on: boolean, sayClosed = false): Outcome {
  let next = ticks;
  let changed = 0;
  const skipped: Skipped[] = [];
  for (const day of days) {
    if (isTicked(next, child.child_id, day.day) === on) continue;
    const access = accessTo(child, day);
    if (isBooked(day) === on || access.kind === "free") {
      const before = numberTicked(next, child.child_id);
      next = withUnit(next, child, day, on);
      changed += Math.abs(numberTicked(next, child.child_id) - before);
    } else if (sayClosed || isWorthSaying(access)) {
      skipped.push({ day: day.day, reason: access.reason });
    }
  }
  return { ticks: next, changed, skipped };
}

/** Whether everything that bulk actions may tick is ticked; null when they may tick nothing. */
export function allTicked(ticks: Ticks, child: ChildMonth, days: readonly Day[]): boolean | null {
  const reachable = days.filter((day) => isTicked(ticks, child.child_id, day.day) || accessTo(child, day).kind === "free");
  return reachable.length === 0 ? null : reachable.every(({ day }) => isTicked(ticks, child.child_id, day));
}

const isWorthSaying = (access: Access): boolean => access.kind === "costly" || access.kind === "full";

/**
 * Gives a child the same days as another one. What is already recorded for that child is never cancelled by a copy, and
 * each day that could not be copied is reported.
 */
export function copyChild(ticks: Ticks, from: ChildMonth, to: ChildMonth): Outcome {
  const coming = to.days.filter(({ past }) => !past);
  const wanted = coming.filter(({ day }) => isTicked(ticks, from.child_id, day));
  const unwanted = coming.filter((day) => !isTicked(ticks, from.child_id, day.day) && !isBooked(day));
  const ticked = setMany(ticks, to, wanted, true, true);
  const unticked = setMany(ticked.ticks, to, unwanted, false);
  const kept = coming.filter((day) => isBooked(day) && !isTicked(ticks, from.child_id, day.day));
  const keptWhy = kept.filter(({ day }) => isTicked(ticks, to.child_id, day)).map(({ day }) => ({ day, reason: "Déjà réservé : gardé." }));
  return { ticks: unticked.ticks, changed: ticked.changed + unticked.changed, skipped: [...ticked.skipped, ...keptWhy].sort(byDay) };
}

const byDay = (one: Skipped, other: Skipped): number => one.day.localeCompare(other.day);

/** Only the children with something to send, in the calendar's order. */
export function changesOf(calendar: Calendar, ticks: Ticks): ChangesOfChild[] {
  return calendar.children
    .map((child) => {
      const changed = daysOf(child).filter((day) => isChanged(ticks, child.child_id, day));
      const days = (booked: boolean): string[] => changed.filter((day) => isBooked(day) === booked).map(({ day }) => day);
      return { child_id: child.child_id, book: days(false), cancel: days(true) };
    })
    .filter(({ book, cancel }) => book.length + cancel.length > 0);
}

/** Puts a person's own changes back on a calendar that has moved meanwhile. */
export function reapply(calendar: Calendar, changes: readonly ChangesOfChild[]): Outcome {
  let outcome: Outcome = { ticks: recordedTicks(calendar), changed: 0, skipped: [] };
  for (const child of calendar.children) {
    const mine = changes.find(({ child_id }) => child_id === child.child_id);
    for (const day of daysOf(child)) {
      const on = mine?.book.includes(day.day) ? true : mine?.cancel.includes(day.day) ? false : null;
      if (on === null || isBooked(day) === on) continue;
      outcome = applyOne(outcome, child, day, on);
    }
  }
  return outcome;
}

function applyOne(outcome: Outcome, child: ChildMonth, day: Day, on: boolean): Outcome {
  const access = accessTo(child, day);
  if (!canChange(access)) return { ...outcome, skipped: [...outcome.skipped, { day: day.day, reason: `${child.given_name} : ${access.reason}` }] };
  return { ...outcome, ticks: withTick(outcome.ticks, child.child_id, day.day, on), changed: outcome.changed + 1 };
}
