/** What to book and for whom: activity, month, children; the legend. */
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { frenchMonth } from "../french.ts";
import type { Piece } from "../view.ts";
import type { CalendarActions, CalendarState } from "./state.ts";

export const choicesView = (state: CalendarState, act: CalendarActions): Piece => html`
  <div class="p-toolbar p-no-print">
    ${activityField(state, act)} ${monthField(state, act)}
  </div>
  <div class="p-toolbar p-no-print">${childrenField(state, act)} ${state.narrow ? nothing : layoutField(state, act)}</div>
`;

const activityField = (state: CalendarState, act: CalendarActions): Piece => html`
  <div class="p-field">
    <label for="calendar-activity">Activité</label>
    <select id="calendar-activity" .value=${live(state.activity)} @change=${(event: Event) => act.choose(state.month, valueOf(event))}>
      ${state.choices.activities.map(({ id, name }) => html`<option value=${id} ?selected=${id === state.activity}>${name}</option>`)}
    </select>
  </div>
`;

function monthField(state: CalendarState, act: CalendarActions): Piece {
  const index = state.months.indexOf(state.month);
  const step = (by: number, words: string, sign: string): Piece => {
    const month = state.months[index + by];
    return html`<button type="button" class="p-button p-secondary p-small" aria-label=${words} ?disabled=${!month} @click=${() => month && act.choose(month, state.activity)}>${sign}</button>`;
  };
  return html`
    <div class="p-field">
      <label for="calendar-month">Mois</label>
      <div class="p-month-choice">
        ${step(-1, "Mois précédent", "‹")}
        <select id="calendar-month" .value=${live(state.month)} @change=${(event: Event) => act.choose(valueOf(event), state.activity)}>
          ${state.months.map((month) => html`<option value=${month} ?selected=${month === state.month}>${frenchMonth(month)}</option>`)}
        </select>
        ${step(1, "Mois suivant", "›")}
      </div>
    </div>
  `;
}

const childrenField = (state: CalendarState, act: CalendarActions): Piece => html`
  <fieldset class="p-field p-children">
    <legend>Enfants</legend>
    <div class="p-cluster">
      ${state.choices.children.map(({ person_id, given_name }) => html`
        <label class="p-check">
          <input type="checkbox" .checked=${!state.hiddenChildren.has(person_id)} @change=${(event: Event) => act.showChild(person_id, (event.target as HTMLInputElement).checked)} />
          ${given_name}
        </label>
      `)}
    </div>
  </fieldset>
`;

const layoutField = (state: CalendarState, act: CalendarActions): Piece => html`
  <fieldset class="p-field p-radios p-layout">
    <legend>Affichage</legend>
    <div class="p-cluster">
      ${(["month", "week"] as const).map((layout) => html`
        <label class="p-radio">
          <input type="radio" name="calendar-layout" .checked=${state.layout === layout} @change=${() => act.setLayout(layout)} />
          ${layout === "month" ? "Mois" : "Semaine"}
        </label>
      `)}
    </div>
  </fieldset>
`;

const valueOf = (event: Event): string => (event.target as HTMLSelectElement).value;

const LEGEND: readonly [string, string][] = [
  ["free", "À réserver"],
  ["booked", "Déjà réservé"],
  ["late", "Délai passé"],
  ["full", "Complet"],
  ["closed", "Fermé (le motif est écrit)"],
];

export const legendView = (): Piece => html`
  <ul class="p-legend p-no-print" aria-label="Légende">
    ${LEGEND.map(([state, words]) => html`<li><span class="p-key" data-state=${state}></span>${words}</li>`)}
    <li><span class="p-key" data-changed></span>Modifié ici, à confirmer</li>
  </ul>
`;
