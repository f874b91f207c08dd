/** <parvis-confirm-email>: one of the two addresses answers. Opening the link changes nothing before the button is pressed. */
import { html } from "lit";
import { ActionKey, ApiProblem, call } from "../api.ts";
import { takeToken } from "../link_token.ts";
import { reasonOf, View, type Piece } from "../view.ts";

type Status = "waiting" | "sending" | "half" | "changed" | "refused" | "failed";

export class ConfirmEmailElement extends View {
  readonly #key = new ActionKey();
  readonly #token = takeToken();
  #status: Status = "waiting";
  #why = "";

  readonly #confirm = async (): Promise<void> => {
    this.#become("sending");
    try {
      const { data } = await call<{ status: "half" | "changed" }>("POST", "/api/accounts/email/confirm", { body: { token: this.#token }, key: this.#key });
      this.#become(data.status);
    } catch (error) {
      const final = error instanceof ApiProblem && error.status < 500 && error.status !== 429;
      this.#become(final ? "refused" : "failed", reasonOf(error));
    }
    await this.focusHeading();
  };

  #become(status: Status, why = ""): void {
    this.#status = status;
    this.#why = why;
    this.requestUpdate();
  }

  protected override render(): Piece {
    if (!this.#token) return html`<p>Ouvrez le lien reçu par e-mail : il mène à cette page.</p>`;
    switch (this.#status) {
      case "half":
        return html`<div class="p-done" role="status"><h2>Cette adresse est confirmée</h2>
          <p>Il reste à suivre le lien envoyé à l’autre adresse. D’ici là, rien ne change.</p></div>`;
      case "changed":
        return html`<div class="p-done" role="status"><h2>Votre adresse e-mail est changée</h2>
          <p><a href="/mon-espace/">Mon espace</a></p></div>`;
      case "refused":
        return html`<div class="p-banner p-warn"><h2>Ce lien ne peut pas servir</h2><p>${this.#why}</p>
          <p><a href="/identifiants/">Mes identifiants</a></p></div>`;
      default:
        return this.#askView();
    }
  }

  #askView(): Piece {
    const sending = this.#status === "sending";
    return html`
      <p>Appuyez sur le bouton pour accepter le changement d’adresse de votre espace.</p>
      <div role="alert">${this.#why ? html`<div class="p-banner p-warn"><h2>Rien n’est encore confirmé</h2><p>${this.#why}</p></div>` : ""}</div>
      <div class="p-actions">
        <button type="button" class="p-button" ?disabled=${sending} aria-busy=${String(sending)} @click=${this.#confirm}>${sending ? "Envoi en cours…" : "Confirmer"}</button>
      </div>
    `;
  }
}
