/** The choices of « Mes préférences ». */
import { html } from "lit";
import { live } from "lit/directives/live.js";
import type { Piece } from "../view.ts";
import type { NewsService, Preferences } from "../wire.ts";

type Choose = (change: Partial<Preferences>) => void;

export const choicesView = (known: Preferences, choose: Choose): Piece => html`
  <p>Les rappels et les actualités partent à <strong>${known.email}</strong>. Vos choix s’appliquent à chaque envoi que la mairie met en service.</p>
  <fieldset class="p-field p-radios" aria-describedby="invoice-hint">
    <legend>Ma facture</legend>
    <p class="p-hint" id="invoice-hint">En choisissant la facture dématérialisée, vous ne recevrez plus de facture papier.</p>
    <div class="p-radios-list">
      ${invoiceChoice(known, "paper", "Facture papier", choose)}
      ${invoiceChoice(known, "electronic", "Facture dématérialisée", choose)}
    </div>
  </fieldset>
  <fieldset class="p-field">
    <legend>Mes rappels</legend>
    ${box("Me rappeler par e-mail la fin d’un délai pour réserver ou annuler", known.deadline_reminders, (on) => choose({ deadline_reminders: on }))}
    ${box("M’alerter par e-mail d’un jour d’école sans réservation", known.gap_alerts, (on) => choose({ gap_alerts: on }))}
  </fieldset>
  <fieldset class="p-field">
    <legend>Les actualités que je veux recevoir</legend>
    ${known.news.map((service) => box(service.name, service.chosen, (on) => choose({ news: marked(known.news, service.id, on) })))}
  </fieldset>
`;

const marked = (news: readonly NewsService[], id: string, chosen: boolean): NewsService[] =>
  news.map((service) => (service.id === id ? { ...service, chosen } : service));

const invoiceChoice = (known: Preferences, value: Preferences["invoice"], label: string, choose: Choose): Piece => html`
  <label class="p-radio">
    <input type="radio" name="invoice" .checked=${live(known.invoice === value)} @change=${() => choose({ invoice: value })} />
    <span>${label}</span>
  </label>
`;

const box = (label: string, checked: boolean, choose: (on: boolean) => void): Piece => html`
  <label class="p-check">
    <input type="checkbox" .checked=${live(checked)} @change=${(event: Event) => choose((event.target as HTMLInputElement).checked)} />
    <span>${label}</span>
  </label>
`;
