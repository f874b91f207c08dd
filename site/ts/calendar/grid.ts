/** Pure: the weeks of a month, numbered as calendars on French walls number them (ISO 8601). */
import { addDays, frenchDayShort, weekdayOf } from "../french.ts";

/** `days` has seven places, Monday first; null where the week leaves the month. */
export type Week = { number: number; days: readonly (string | null)[] };

/** The week of a day is the one of its Thursday; week 1 holds the year's first Thursday. */
export function isoWeek(day: string): number {
  const thursday = addDays(day, 3 - weekdayOf(day));
  const newYear = `${thursday.slice(0, 4)}-01-01`;
  return Math.floor((Date.parse(thursday) - Date.parse(newYear)) / 604_800_000) + 1;
}

export function weeksOf(month: string): Week[] {
  const weeks: Week[] = [];
  let monday = addDays(`${month}-01`, -weekdayOf(`${month}-01`));
  while (monday.slice(0, 7) <= month) {
    const days = Array.from({ length: 7 }, (_, index) => addDays(monday, index));
    weeks.push({ number: isoWeek(monday), days: days.map((day) => (day.startsWith(month) ? day : null)) });
    monday = addDays(monday, 7);
  }
  return weeks;
}

export function addMonths(month: string, count: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`;
}

/** « du mardi 1er décembre au dimanche 6 décembre » */
export function weekSpan(week: Week): string {
  const days = week.days.filter((day) => day !== null);
  const [first, last] = [days[0] ?? "", days.at(-1) ?? ""];
  return first === last ? `le ${frenchDayShort(first)}` : `du ${frenchDayShort(first)} au ${frenchDayShort(last)}`;
}
