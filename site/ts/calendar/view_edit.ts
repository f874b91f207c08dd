/** The page where days are ticked. */
import { html, nothing } from "lit";
import { failure, loading, noFoyer, type Piece } from "../view.ts";
import type { Calendar } from "../wire.ts";
import type { CalendarActions, CalendarState } from "./state.ts";
import { barView, messageView } from "./view_bar.ts";
import { childView } from "./view_child.ts";
import { choicesView, legendView } from "./view_choices.ts";
import { troubleView } from "./view_trouble.ts";
import { weekNav } from "./view_week.ts";

export function editView(state: CalendarState, act: CalendarActions): Piece {
  if (state.choices.children.length === 0) return noFoyer();
  if (state.choices.activities.length === 0) return html`<p class="p-empty">Aucune activité ne se réserve en ligne pour l’instant.</p>`;
  return html`
    ${choicesView(state, act)} ${messageView(state.message, null)} ${troubleView(state.trouble, act)} ${monthView(state, act)}
  `;
}

function monthView(state: CalendarState, act: CalendarActions): Piece {
  if (state.calendar) return calendarView(state, act, state.calendar);
  return state.failure ? failure(state.failure, act.retryLoading) : loading("Chargement du mois…");
}

const calendarView = (state: CalendarState, act: CalendarActions, calendar: Calendar): Piece => html`
  ${legendView()} ${state.layout === "week" ? weekNav(state, act, calendar) : nothing}
  ${state.shown.length === 0 ? html`<p class="p-empty">Choisissez au moins un enfant.</p>` : nothing}
  ${state.shown.map((child) => childView(state, act, calendar, child))} ${barView(state, act)}
  <p class="p-visually-hidden" role="status">${state.spoken}</p>
`;
