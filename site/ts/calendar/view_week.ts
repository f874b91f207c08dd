/** One week per screen, a row per day: the view of a phone, or of anybody who prefers it. */
import { html, nothing } from "lit";
import { frenchDay, frenchDayShort } from "../french.ts";
import type { Piece } from "../view.ts";
import type { Calendar, ChildMonth, Day } from "../wire.ts";
import { weeksOf, weekSpan, type Week } from "./grid.ts";
import type { CalendarActions, CalendarState } from "./state.ts";
import { isChanged } from "./ticks.ts";
import { boxView, hasBox, noteView, priceView } from "./view_day.ts";
import { weekButton, weekdaysShown } from "./view_month.ts";
import { stateOf } from "./words.ts";

/** The weeks of the month that have a day to show. */
export function weeksShown(calendar: Calendar): Week[] {
  const weekdays = weekdaysShown(calendar);
  return weeksOf(calendar.month)
    .map((week) => ({ ...week, days: week.days.map((day, weekday) => (weekdays.includes(weekday) ? day : null)) }))
    .filter(({ days }) => days.some((day) => day !== null));
}

export function weekNav(state: CalendarState, act: CalendarActions, calendar: Calendar): Piece {
  const weeks = weeksShown(calendar);
  const week = weeks[state.week];
  if (!week) return nothing;
  const step = (by: number, words: string, sign: string): Piece => html`
    <button type="button" class="p-button p-secondary p-small" aria-label=${words} ?disabled=${!weeks[state.week + by]} @click=${() => act.showWeek(state.week + by)}>${sign}</button>
  `;
  return html`
    <div class="p-week-pager p-no-print" role="group" aria-label="Semaine affichée">
      ${step(-1, "Semaine précédente", "‹")}
      <strong aria-live="polite">Semaine ${week.number}<span class="p-week-span">${weekSpan(week)}</span></strong>
      ${step(1, "Semaine suivante", "›")}
    </div>
  `;
}

export function weekTable(state: CalendarState, act: CalendarActions, calendar: Calendar, child: ChildMonth): Piece {
  const week = weeksShown(calendar)[state.week];
  if (!week) return nothing;
  const days = child.days.filter(({ day }) => week.days.includes(day));
  return html`
    <div class="p-tools p-no-print">${weekButton(state, act, child, week, days, false)}</div>
    <table class="p-week-table">
      <caption class="p-visually-hidden">${child.given_name}, ${calendar.activity.name}, semaine ${week.number}</caption>
      <thead class="p-visually-hidden">
        <tr><th scope="col">Jour</th><th scope="col">Réservation et prix</th></tr>
      </thead>
      <tbody>
        ${days.map((day) => dayRow(state, act, child, day))}
      </tbody>
    </table>
  `;
}

function dayRow(state: CalendarState, act: CalendarActions, child: ChildMonth, day: Day): Piece {
  const box = hasBox(day) ? boxView(state, act, child, day, priceView(day)) : nothing;
  return html`
    <tr>
      <th scope="row"><span class="p-visually-hidden">${frenchDay(day.day)}</span><span aria-hidden="true">${frenchDayShort(day.day)}</span></th>
      <td class="p-day" data-state=${stateOf(child, day)} ?data-changed=${isChanged(state.ticks, child.child_id, day)}>
        ${box} ${noteView(state, child, day, "long")}
      </td>
    </tr>
  `;
}
