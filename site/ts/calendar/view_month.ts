/** The month of one child as a table: a row per week, a column per weekday. */
import { html, nothing } from "lit";
import { frenchDay, frenchMonth, inParis, weekdayName, weekdayOf } from "../french.ts";
import type { Piece } from "../view.ts";
import type { Calendar, ChildMonth, Day } from "../wire.ts";
import { weeksOf, type Week } from "./grid.ts";
import type { CalendarActions, CalendarState } from "./state.ts";
import { allTicked, isChanged } from "./ticks.ts";
import { boxView, hasBox, noteView, priceView } from "./view_day.ts";
import { stateOf } from "./words.ts";

/** Saturdays and Sundays have a column only when one of them is open, or booked. */
export function weekdaysShown(calendar: Calendar): number[] {
  const used = new Set(calendar.children.flatMap(({ days }) => days.filter(hasBox).map(({ day }) => weekdayOf(day))));
  return [0, 1, 2, 3, 4, 5, 6].filter((weekday) => weekday < 5 || used.has(weekday));
}

export function monthTable(state: CalendarState, act: CalendarActions, calendar: Calendar, child: ChildMonth): Piece {
  const weekdays = weekdaysShown(calendar);
  const byDay = new Map(child.days.map((day) => [day.day, day]));
  const weeks = weeksOf(calendar.month).filter((week) => weekdays.some((weekday) => week.days[weekday]));
  return html`
    <table class="p-calendar">
      <caption>${child.given_name}, ${calendar.activity.name}, ${frenchMonth(calendar.month)}</caption>
      <thead>
        <tr>
          <th scope="col"><abbr title="Semaine">Sem.</abbr></th>
          ${weekdays.map((weekday) => html`<th scope="col">${weekdayName(weekday)}</th>`)}
          <th scope="col" class="p-week-tools p-no-print">Toute la semaine</th>
        </tr>
      </thead>
      <tbody>
        ${weeks.map((week) => weekRow(state, act, child, week, weekdays, byDay))}
      </tbody>
    </table>
  `;
}

function weekRow(
  state: CalendarState,
  act: CalendarActions,
  child: ChildMonth,
  week: Week,
  weekdays: readonly number[],
  byDay: ReadonlyMap<string, Day>,
): Piece {
  const days = week.days.flatMap((day) => byDay.get(day ?? "") ?? []);
  return html`
    <tr class="p-week">
      <th scope="row"><span class="p-visually-hidden">Semaine </span>${week.number}</th>
      ${weekdays.map((weekday) => dayCell(state, act, child, byDay.get(week.days[weekday] ?? "")))}
      <td class="p-week-tools p-no-print">${weekButton(state, act, child, week, days)}</td>
    </tr>
  `;
}

function dayCell(state: CalendarState, act: CalendarActions, child: ChildMonth, day: Day | undefined): Piece {
  if (!day) return html`<td class="p-day" data-state="outside"></td>`;
  const number = day.day.endsWith("-01") ? "1er" : String(Number(day.day.slice(8)));
  const today = inParis(state.calendar?.now ?? day.day).day === day.day;
  const box = hasBox(day)
    ? boxView(state, act, child, day, html`<span class="p-day-number">${number}</span> ${priceView(day)}`)
    : html`<span class="p-day-number" aria-hidden="true">${number}</span><span class="p-visually-hidden">${frenchDay(day.day)} : </span>`;
  return html`
    <td class="p-day" data-state=${stateOf(child, day)} ?data-changed=${isChanged(state.ticks, child.child_id, day)} ?data-today=${today}>
      ${box} ${noteView(state, child, day, "short")}
    </td>
  `;
}

/** Ticks the week, or unticks it when every day that can be ticked already is. */
export function weekButton(state: CalendarState, act: CalendarActions, child: ChildMonth, week: Week, days: readonly Day[], short = true): Piece {
  const all = allTicked(state.ticks, child, days);
  if (all === null) return nothing;
  const words = all ? "Décocher" : "Cocher";
  return html`
    <button
      type="button"
      class="p-button p-secondary p-small"
      aria-label=${`${words} toute la semaine ${week.number} pour ${child.given_name}`}
      @click=${() => act.tickMany(child, days, !all, `semaine ${week.number}`)}
    >${short ? words : `${words} toute la semaine`}</button>
  `;
}

