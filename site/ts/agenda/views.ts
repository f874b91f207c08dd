/** The agenda on screen and on paper. */
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { frenchDay, frenchDayShort, frenchDeadline, frenchInstant, frenchPrice, monthOf } from "../french.ts";
import { keepChoice } from "../keep_choice.ts";
import type { Piece } from "../view.ts";
import type { Agenda, AgendaEntry } from "../wire.ts";
import { byWeek, hoursOf, statusOf, type AgendaDay } from "./weeks.ts";

export type AgendaActions = {
  child: string | null;
  keptAt: string | null;
  keeps: boolean;
  said: string;
  show: (child: string | null) => void;
  keep: (on: boolean) => void;
};

export function agendaView(agenda: Agenda, act: AgendaActions): Piece {
  const child = agenda.children.find(({ child_id }) => child_id === act.child) ?? null;
  const weeks = byWeek(agenda.entries, child?.child_id ?? null);
  return html`
    ${act.keptAt ? html`<div class="p-banner p-offline" role="status"><p>Sans réseau. Données du ${frenchInstant(act.keptAt)}.</p></div>` : nothing}
    <div class="p-toolbar p-no-print">
      ${childField(agenda, child?.child_id ?? null, act)}
      <button type="button" class="p-button p-secondary" @click=${() => window.print()}>Imprimer</button>
    </div>
    <p class="p-print-only">Agenda de ${child?.given_name ?? "la famille"}, tel qu’il était le ${frenchInstant(agenda.generated_at)}</p>
    ${weeks.length === 0 ? empty(child?.given_name ?? null) : weeks.map(({ title, days }) => html`
      <section class="p-agenda"><h2>${title}</h2>${days.map((day) => dayView(day, { now: agenda.generated_at, online: act.keptAt === null }))}</section>
    `)}
    <section class="p-card p-no-print"><h2>Sans réseau</h2>${keepChoice(act.keeps, act.said, act.keep)}</section>
  `;
}

const childField = (agenda: Agenda, child: string | null, act: AgendaActions): Piece => html`
  <div class="p-field">
    <label for="agenda-child">Agenda de</label>
    <select id="agenda-child" .value=${live(child ?? "")} @change=${(event: Event) => act.show((event.target as HTMLSelectElement).value || null)}>
      <option value="" ?selected=${child === null}>Toute la famille</option>
      ${agenda.children.map(({ child_id, given_name }) => html`<option value=${child_id} ?selected=${child_id === child}>${given_name}</option>`)}
    </select>
  </div>
`;

const empty = (name: string | null): Piece => html`
  <div class="p-empty">
    <p>Rien n’est prévu${name ? ` pour ${name}` : ""}.</p>
    <p class="p-no-print"><a class="p-button" href="/reservations/">Réserver</a></p>
  </div>
`;

type When = { now: string; online: boolean };

const dayView = ({ day, entries }: AgendaDay, when: When): Piece => html`
  <div class="p-agenda-day">
    <h3><span class="p-visually-hidden">${frenchDay(day)}</span><span aria-hidden="true">${frenchDayShort(day)}</span></h3>
    <ul>${entries.map((entry) => entryView(entry, when))}</ul>
  </div>
`;

const entryView = (entry: AgendaEntry, when: When): Piece => html`
  <li class="p-agenda-entry" data-status=${entry.status}>
    <strong>${entry.given_name}</strong> <span>${entry.activity_name}</span>
    ${hoursOf(entry) ? html`<span class="p-agenda-time">${hoursOf(entry)}</span>` : nothing}
    ${statusOf(entry) ? html`<span class="p-tag p-pending">${statusOf(entry)}</span>` : nothing}
    ${entry.price_centimes === null ? nothing : html`<span class="p-money">${frenchPrice(entry.price_centimes)}</span>`}
    ${entry.cancel_until === null ? nothing : limitView(entry, entry.cancel_until, when)}
  </li>
`;

function limitView(entry: AgendaEntry, until: string, { now, online }: When): Piece {
  if (Date.parse(until) < Date.parse(now)) return html`<span class="p-agenda-break"></span><span class="p-muted p-agenda-limit">Délai d’annulation passé</span>`;
  const query = new URLSearchParams({ mois: monthOf(entry.day), activite: entry.activity, enfant: entry.child_id });
  return html`
    <span class="p-agenda-break"></span>
    <span class="p-muted p-agenda-limit">Annulable jusqu’au ${frenchDeadline(until)}</span>
    ${online ? html`<a class="p-no-print" href=${`/reservations/?${query}`}>Modifier<span class="p-visually-hidden"> : ${entry.given_name}, ${frenchDayShort(entry.day)}</span></a>` : nothing}
  `;
}
