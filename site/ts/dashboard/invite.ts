/** <parvis-invite>: the button that invites the other guardian, who has no account, and what became of it. */
import { html, nothing } from "lit";
import { ActionKey, call } from "../api.ts";
import { frenchDate, inParis } from "../french.ts";
import { reasonOf, View, type Piece } from "../view.ts";
import type { Guardian } from "../wire.ts";

export class InviteElement extends View {
  static override properties = { guardian: { attribute: false } };
  declare guardian: Guardian;
  readonly #key = new ActionKey();
  #sending = false;
  #sentAt: string | null = null;
  #why = "";

  readonly #invite = async (): Promise<void> => {
    this.#sending = true;
    this.#why = "";
    this.requestUpdate();
    try {
      const path = `/api/activation/guardians/${this.guardian.person_id}/invitation`;
      this.#sentAt = (await call<{ invited_at: string }>("POST", path, { key: this.#key })).data.invited_at;
    } catch (error) {
      this.#why = reasonOf(error);
    }
    this.#sending = false;
    this.requestUpdate();
  };

  protected override render(): Piece {
    const { given_name, invited_at } = this.guardian;
    const before = this.#sentAt ?? invited_at;
    return html`
      <span class="p-person-text" role="status">${before ? `Co-représentant, invité le ${frenchDate(inParis(before).day)}` : "Co-représentant, sans compte"}</span>
      <span role="alert">${this.#why ? html`<span class="p-error">${this.#why}</span>` : nothing}</span>
      ${this.#sentAt ? nothing : html`
        <span class="p-person-links">
          <button type="button" class="p-button p-secondary p-small" ?disabled=${this.#sending} aria-busy=${String(this.#sending)} @click=${() => void this.#invite()}>
            ${this.#sending ? "Envoi en cours…" : before ? "Inviter de nouveau" : "Inviter"}<span class="p-visually-hidden"> ${given_name}</span>
          </button>
        </span>`}
    `;
  }
}

export const guardianStatus = (guardian: Guardian): Piece => {
  if (guardian.can_invite) return html`<parvis-invite .guardian=${guardian}></parvis-invite>`;
  const words = guardian.is_me ? "Vous" : guardian.has_account ? "Co-représentant, avec un compte" : "Co-représentant, sans compte";
  return html`<span class="p-person-text">${words}</span>`;
};
