/** <parvis-mail-notice>: the town's letters no longer reach the account's address. Asked for once the page is there. */
import { html, nothing } from "lit";
import { ActionKey, call, get } from "../api.ts";
import { frenchDate, inParis } from "../french.ts";
import { reasonOf, View, type Piece } from "../view.ts";
import type { MailState } from "../wire.ts";

export class MailNoticeElement extends View {
  readonly #key = new ActionKey();
  #state: MailState | null = null;
  #sending = false;
  #sent = false;
  #why = "";

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  /** Without an answer, no notice: it is about letters, and the page holds without it. */
  async #load(): Promise<void> {
    try {
      this.#state = (await get<MailState>("/api/accounts/mail")).data;
    } catch {
      return;
    }
    this.requestUpdate();
  }

  readonly #tryAgain = async (): Promise<void> => {
    this.#sending = true;
    this.#why = "";
    this.requestUpdate();
    try {
      await call("POST", "/api/accounts/mail/retry", { key: this.#key });
      this.#sent = true;
    } catch (error) {
      this.#why = reasonOf(error);
    }
    this.#sending = false;
    this.requestUpdate();
    if (this.#sent) await this.focusHeading();
  };

  protected override render(): Piece {
    const { email, failing_since: since } = this.#state ?? { email: "", failing_since: null };
    if (since === null) return nothing;
    if (this.#sent) {
      return html`<section class="p-banner">
        <h2>Un message vient de partir</h2>
        <p>Regardez dans la boîte <strong>${email}</strong>, courriers indésirables compris. S’il n’y arrive pas, cet avis reviendra ici.</p>
      </section>`;
    }
    return html`<section class="p-banner p-warn">
      <h2>Vérifiez votre adresse e-mail</h2>
      <p>Nos messages n’arrivent plus à l’adresse <strong>${email}</strong> depuis le ${frenchDate(inParis(since).day)}. Sans adresse qui les reçoit, vous manquez nos réponses.</p>
      <p>Vous n’ouvrez plus cette boîte ? Appelez le service ci-dessous : changer d’adresse en ligne demande un lien reçu à l’ancienne.</p>
      <div role="alert">${this.#why ? html`<p class="p-error">${this.#why}</p>` : nothing}</div>
      <div class="p-banner-actions">
        <a class="p-button p-small" href="/identifiants/">Changer d’adresse</a>
        <button type="button" class="p-button p-secondary p-small" ?disabled=${this.#sending} aria-busy=${String(this.#sending)} @click=${() => void this.#tryAgain()}>
          ${this.#sending ? "Envoi en cours…" : "Réessayer cette adresse"}
        </button>
      </div>
    </section>`;
  }
}
