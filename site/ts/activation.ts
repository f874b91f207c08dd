/** <parvis-activation>: the token of the mail changes nothing before « Activer mon espace » is pressed. */
import { html, nothing } from "lit";
import { ActionKey, ApiProblem, call, NetworkFailure } from "./api.ts";
import { takeToken } from "./link_token.ts";
import { View, type Piece } from "./view.ts";

type Outcome = { kind: "waiting" | "sending" | "no_token" } | { kind: "done"; givenName: string } | { kind: "refused"; title: string; text: string; active: boolean } | { kind: "failed"; text: string };

export class ActivationElement extends View {
  readonly #key = new ActionKey();
  readonly #token = takeToken();
  #outcome: Outcome = { kind: this.#token ? "waiting" : "no_token" };

  readonly #activate = async (): Promise<void> => {
    this.#become({ kind: "sending" });
    try {
      const { data } = await call<{ given_name: string }>("POST", "/api/activation", { body: { token: this.#token }, key: this.#key });
      this.#become({ kind: "done", givenName: data.given_name });
    } catch (error) {
      this.#become(outcomeOf(error));
    }
    await this.focusHeading();
  };

  #become(outcome: Outcome): void {
    this.#outcome = outcome;
    this.requestUpdate();
  }

  protected override render(): Piece {
    const outcome = this.#outcome;
    switch (outcome.kind) {
      case "no_token":
        return html`<p>Ouvrez le lien reçu par e-mail : il mène à cette page et permet d’activer votre espace.</p>`;
      case "done":
        return doneView(outcome.givenName);
      case "refused":
        return refusedView(outcome.title, outcome.text, outcome.active);
      default:
        return this.#askView(outcome.kind === "sending", outcome.kind === "failed" ? outcome.text : "");
    }
  }

  #askView(sending: boolean, problem: string): Piece {
    return html`
      <p>Appuyez sur le bouton pour confirmer que cette adresse e-mail est la vôtre.</p>
      <div role="alert">${problem ? html`<div class="p-banner p-warn"><h2>L’espace n’est pas encore activé</h2><p>${problem}</p></div>` : ""}</div>
      <div class="p-actions">
        <button type="button" class="p-button" ?disabled=${sending} aria-busy=${String(sending)} @click=${this.#activate}>
          ${sending ? "Envoi en cours…" : "Activer mon espace"}
        </button>
      </div>
    `;
  }
}

function outcomeOf(error: unknown): Outcome {
  if (error instanceof NetworkFailure) return { kind: "failed", text: "Le réseau ne répond pas. Réessayez quand il sera revenu." };
  if (!(error instanceof ApiProblem)) return { kind: "failed", text: "Réessayez dans quelques minutes." };
  if (error.code === "already_active") return { kind: "refused", title: "Votre espace est déjà activé", text: error.detail, active: true };
  if (error.status === 410) return { kind: "refused", title: "Ce lien a expiré", text: error.detail, active: false };
  if (error.status === 404 || error.status === 422) return { kind: "refused", title: "Ce lien n’est pas reconnu", text: error.detail, active: false };
  return { kind: "failed", text: error.detail };
}

const doneView = (givenName: string): Piece => html`
  <div class="p-done" role="status">
    <h2>Bienvenue ${givenName}, votre espace est activé</h2>
    <p><a class="p-button" href="/connexion/">Me connecter</a></p>
  </div>
`;

/** Below stands the form that asks for another link. */
const refusedView = (title: string, text: string, active: boolean): Piece => html`
  <div class="p-banner p-warn">
    <h2>${title}</h2>
    <p>${text}</p>
    ${active ? html`<div class="p-banner-actions"><a class="p-button p-small" href="/connexion/">Me connecter</a></div>` : nothing}
  </div>
`;
