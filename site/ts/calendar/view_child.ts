/** One child's part of the calendar: tools for many days at once, then the table; or why there is none. */
import { html, nothing } from "lit";
import { weekdayName, weekdayOf } from "../french.ts";
import type { Piece } from "../view.ts";
import type { Calendar, ChildMonth, Contact } from "../wire.ts";
import type { CalendarActions, CalendarState } from "./state.ts";
import { allTicked } from "./ticks.ts";
import { messageView } from "./view_bar.ts";
import { hasBox } from "./view_day.ts";
import { monthTable } from "./view_month.ts";
import { weekTable } from "./view_week.ts";
import { besideOf, noticesOf } from "./words.ts";

export function childView(state: CalendarState, act: CalendarActions, calendar: Calendar, child: ChildMonth): Piece {
  const id = `child-${child.child_id}`;
  return html`
    <section class="p-calendar-child" aria-labelledby=${id}>
      <h2 id=${id}>${child.given_name}</h2>
      ${child.eligible || child.days.some(({ state: known }) => known !== "free") ? bookable(state, act, calendar, child) : nothing}
      ${child.eligible ? nothing : ineligible(child)}
    </section>
  `;
}

const bookable = (state: CalendarState, act: CalendarActions, calendar: Calendar, child: ChildMonth): Piece => html`
  ${noticesOf(calendar).map((words) => html`<p class="p-muted">${words}</p>`)}
  ${toolsView(state, act, calendar, child)} ${messageView(state.message, child.child_id)}
  ${state.layout === "week" ? weekTable(state, act, calendar, child) : monthTable(state, act, calendar, child)}
  ${besideView(besideOf(child, state.ticks))}
`;

const besideView = (words: string): Piece => (words ? html`<p class="p-beside">${words}</p>` : nothing);

const ineligible = (child: ChildMonth): Piece => html`
  <div class="p-banner p-info">
    <p>${child.ineligible_reason ?? `${child.given_name} ne peut pas être inscrit à cette activité.`}</p>
    ${child.contact ? contactView(child.contact) : nothing}
  </div>
`;

const contactView = ({ name, phone, email }: Contact): Piece => html`
  <p>
    ${name}
    ${phone ? html`<br /><a href=${`tel:${phone.replace(/[^+\d]/gu, "")}`}>${phone}</a>` : nothing}
    ${email ? html`<br /><a href=${`mailto:${email}`}>${email}</a>` : nothing}
  </p>
`;

function toolsView(state: CalendarState, act: CalendarActions, calendar: Calendar, child: ChildMonth): Piece {
  const siblings = calendar.children.filter((other) => other !== child && other.eligible);
  const all = (on: boolean): void => act.tickMany(child, child.days, on, "tout le mois");
  return html`
    <details class="p-bulk p-no-print" ?open=${!state.narrow}>
      <summary>Plusieurs jours à la fois<span class="p-visually-hidden"> pour ${child.given_name}</span></summary>
      <div class="p-tools" role="group" aria-label=${`Plusieurs jours à la fois pour ${child.given_name}`}>
        <button type="button" class="p-button p-secondary p-small" @click=${() => all(true)}>Tout cocher</button>
        <button type="button" class="p-button p-secondary p-small" @click=${() => all(false)}>Tout décocher</button>
        ${weekdayButtons(state, act, child)}
        ${siblings.map((sibling) => html`
          <button type="button" class="p-button p-secondary p-small" @click=${() => act.copy(child, sibling)}>Pareil pour ${sibling.given_name}</button>
        `)}
      </div>
    </details>
  `;
}

/** « Tous les lundis »: pressed when every Monday that can be ticked is. */
function weekdayButtons(state: CalendarState, act: CalendarActions, child: ChildMonth): Piece[] {
  const boxes = child.days.filter(hasBox);
  const used = [...new Set(boxes.map(({ day }) => weekdayOf(day)))].sort();
  return used.map((weekday) => {
    const days = boxes.filter(({ day }) => weekdayOf(day) === weekday);
    const all = allTicked(state.ticks, child, days);
    if (all === null) return nothing;
    const words = `tous les ${weekdayName(weekday)}s`;
    return html`
      <button type="button" class="p-button p-secondary p-small" aria-pressed=${String(all)} @click=${() => act.tickMany(child, days, !all, words)}>${words.replace("t", "T")}</button>
    `;
  });
}
