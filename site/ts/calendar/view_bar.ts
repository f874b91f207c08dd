/** The running total that follows every tick, and the dialog that guards unsaved ticks. */
import { html, nothing } from "lit";
import { count, frenchDay, frenchDeadline, frenchPrice } from "../french.ts";
import type { Piece } from "../view.ts";
import type { CalendarActions, CalendarState, Message } from "./state.ts";
import { amountOf } from "./words.ts";

export function barView(state: CalendarState, act: CalendarActions): Piece {
  const { summary } = state;
  const none = state.changes.length === 0;
  return html`
    <section class="p-total-bar p-no-print" aria-label="Total à confirmer">
      <p class="p-total-line"><span class="p-total">${frenchPrice(state.total)}</span> à confirmer</p>
      <p class="p-deadline">
        ${amountOf(summary)}${summary.firstLimit ? html`<br />Première limite : ${frenchDeadline(summary.firstLimit)}` : nothing}
      </p>
      <button type="button" class="p-button" ?disabled=${none} @click=${act.check}>Vérifier et confirmer</button>
      <button type="button" class="p-button p-quiet p-small" @click=${act.abandon}>Annuler la démarche</button>
    </section>
  `;
}

/** The place stays in the page, so that a screen reader follows what comes into it. */
export const messageView = (message: Message | null, childId: string | null): Piece => html`
  <div class="p-outcome" role="status">
    ${message?.childId === childId ? html`
      <div class="p-banner p-info">
        <p>${message.text}</p>
        ${message.failed.length === 0 ? nothing : html`
          <ul class="p-left-out">${message.failed.map(({ day, reason }) => html`<li><strong>${frenchDay(day)}</strong> : ${reason}</li>`)}</ul>
        `}
      </div>` : nothing}
  </div>
`;

export const leavingDialog = (state: CalendarState, act: CalendarActions): Piece => html`
  <dialog class="p-dialog" aria-labelledby="leaving-title" @cancel=${act.stay}>
    <div class="p-dialog-body">
      <h2 id="leaving-title">Abandonner vos changements ?</h2>
      <p>Vous avez ${count(state.leaving?.changes ?? 0, "changement")} que la mairie n’a pas encore reçu${(state.leaving?.changes ?? 0) > 1 ? "s" : ""}.</p>
    </div>
    <div class="p-actions">
      <button type="button" class="p-button" @click=${act.stay}>Rester sur cette page</button>
      <button type="button" class="p-button p-danger" @click=${act.leave}>Abandonner</button>
    </div>
  </dialog>
`;
