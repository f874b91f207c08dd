/** Before confirming: every change, its price, the last moment to cancel. After: the receipt. */
import { html, nothing } from "lit";
import { frenchDay, frenchDeadline, frenchInstant, frenchMonth, frenchPrice, shortDeadline } from "../french.ts";
import type { Piece } from "../view.ts";
import type { ChangesOfChild, Receipt, ReceiptChild } from "../wire.ts";
import type { CalendarActions, CalendarState } from "./state.ts";
import { linesOf, type Line } from "./totals.ts";
import { amountOf } from "./words.ts";

export function checkView(state: CalendarState, act: CalendarActions, trouble: Piece): Piece {
  const { calendar, summary } = state;
  if (!calendar) return nothing;
  const blocked = state.sending || (summary.costly > 0 && !state.agreed) || state.trouble?.kind === "stale";
  return html`
    <section class="p-confirm">
      <h2>Vérifiez avant de confirmer</h2>
      <p>${calendar.activity.name}, ${frenchMonth(calendar.month)} : ${amountOf(summary)}.</p>
      ${trouble} ${state.changes.map((changes) => childLines(state, changes))}
      ${summary.costly > 0 ? agreement(state, act) : nothing}
      <p class="p-muted">Rien n’est réservé avant que la mairie ait donné un numéro de reçu.</p>
      <div class="p-total-bar">
        <p class="p-total-line"><strong class="p-total">${frenchPrice(state.total)}</strong> à confirmer</p>
        <p class="p-deadline">${summary.firstLimit ? html`Première limite : ${frenchDeadline(summary.firstLimit)}` : nothing}</p>
        <button type="button" class="p-button" ?disabled=${blocked} aria-busy=${String(state.sending)} @click=${act.send}>
          ${state.sending ? "Envoi en cours…" : state.trouble?.kind === "network" ? "Réessayer" : "Confirmer"}
        </button>
        <button type="button" class="p-button p-secondary" ?disabled=${state.sending} @click=${act.edit}>Modifier</button>
      </div>
    </section>
  `;
}

const agreement = (state: CalendarState, act: CalendarActions): Piece => html`
  <label class="p-check">
    <input type="checkbox" .checked=${state.agreed} @change=${(event: Event) => act.agree((event.target as HTMLInputElement).checked)} />
    J’ai compris que les jours marqués « hors délai » seront majorés, facturés ou soumis à l’accord de la mairie.
  </label>
`;

function childLines(state: CalendarState, changes: ChangesOfChild): Piece {
  const child = state.calendar?.children.find(({ child_id }) => child_id === changes.child_id);
  if (!child) return nothing;
  return html`
    <div class="p-table-box">
      <table class="p-lines">
        <caption>${child.given_name}</caption>
        <thead>
          <tr><th scope="col">Jour</th><th scope="col">Changement</th><th scope="col" class="p-money">Prix</th></tr>
        </thead>
        <tbody>${linesOf(child, changes, state.calendar?.activity.approval).map(lineRow)}</tbody>
      </table>
    </div>
  `;
}

const lineRow = ({ day, action, costly, centimes, awaiting }: Line): Piece => html`
  <tr>
    <th scope="row">${frenchDay(day.day)}</th>
    <td>
      ${action === "book" ? "Réserver" : "Annuler"} ${costly ? html`<span class="p-tag p-late">Hors délai</span>` : nothing}
      ${costly ? html`<span class="p-line-note">${costly}</span>` : nothing}
      ${awaiting ? html`<span class="p-line-note">${AWAITS}</span>` : nothing}
      ${action === "book" ? cancelNote(day.cancelling.until) : nothing}
    </td>
    <td class="p-money">${frenchPrice(centimes)}</td>
  </tr>
`;

const AWAITS = "En attente d’instruction : dû une fois la demande acceptée.";

const cancelNote = (until: string | null): Piece =>
  until === null ? nothing : html`<span class="p-line-note">Annulable jusqu’au ${shortDeadline(until)}</span>`;

export const receiptView = (receipt: Receipt, title: string, restart: () => void): Piece => html`
  <section class="p-receipt">
    <h2>C’est enregistré</h2>
    <p>Reçu n° <strong class="p-receipt-number">${receipt.receipt_number}</strong></p>
    <p>La mairie a reçu votre démarche le ${frenchInstant(receipt.recorded_at)}.</p>
    <p>${title}</p>
    ${receipt.children.map(receiptLines)}
    <p class="p-total-line">Total : <strong class="p-total">${frenchPrice(receipt.total_centimes)}</strong></p>
    <div class="p-actions p-no-print">
      <a class="p-button" href="/agenda/">Voir l’agenda</a>
      <button type="button" class="p-button p-secondary" @click=${() => window.print()}>Imprimer</button>
      <button type="button" class="p-button p-quiet" @click=${restart}>Revenir au calendrier</button>
    </div>
  </section>
`;

const receiptLines = (child: ReceiptChild): Piece => html`
  <div class="p-table-box">
    <table class="p-lines">
      <caption>${child.given_name}</caption>
      <thead>
        <tr><th scope="col">Jour</th><th scope="col">Enregistré</th><th scope="col" class="p-money">Prix</th></tr>
      </thead>
      <tbody>
        ${child.booked.map(({ day, price_centimes, cancel_until, state }) => receiptRow(day, state === "awaiting" ? AWAITS : "Réservé", price_centimes, cancel_until))}
        ${child.cancelled.map(({ day, price_centimes }) => receiptRow(day, "Annulé", -price_centimes, null))}
      </tbody>
    </table>
  </div>
`;

const receiptRow = (day: string, words: string, centimes: number, until: string | null): Piece => html`
  <tr>
    <th scope="row">${frenchDay(day)}</th>
    <td>${words} ${cancelNote(until)}</td>
    <td class="p-money">${frenchPrice(centimes)}</td>
  </tr>
`;
