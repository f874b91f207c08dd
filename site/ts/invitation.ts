/**
 * <parvis-invitation>: whom the link invites, shown before anything is chosen. Opening the link changes nothing. The
 * form of the page stays hidden unless the invitation holds; an address that has an account already gets a button.
 */
import { html, nothing } from "lit";
import { ActionKey, ApiProblem, call } from "./api.ts";
import { takeToken } from "./link_token.ts";
import { failure, loading, reasonOf, View, type Piece } from "./view.ts";

export type Invitation = { given_name: string; usual_name: string; email: string; has_account: boolean };
type State = { kind: "no_token" | "reading" | "linked" } | { kind: "known" | "linking"; who: Invitation; trouble?: string } | { kind: "refused"; why: string; active: boolean } | { kind: "failed"; why: string };

export class InvitationElement extends View {
  /** Told once the link is known to be good, with what the form must carry. */
  ready: (token: string) => void = () => undefined;
  readonly #token = takeToken();
  readonly #key = new ActionKey();
  #state: State = { kind: this.#token ? "reading" : "no_token" };

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#token) void this.#read();
  }

  /** The account is made: nothing above the panel that says so. */
  leave(): void {
    this.hidden = true;
  }

  readonly #read = async (): Promise<void> => {
    this.#become({ kind: "reading" });
    try {
      const { data } = await call<Invitation>("POST", "/api/activation/invitation/shown", { body: { token: this.#token } });
      this.#become({ kind: "known", who: data });
      if (!data.has_account) this.ready(this.#token);
    } catch (error) {
      this.#become(refusalOf(error));
    }
  };

  readonly #link = async (): Promise<void> => {
    if (this.#state.kind !== "known") return;
    const { who } = this.#state;
    this.#become({ kind: "linking", who });
    try {
      await call("POST", "/api/activation/invitation/link", { body: { token: this.#token }, key: this.#key });
      this.#become({ kind: "linked" });
    } catch (error) {
      const refusal = refusalOf(error);
      this.#become(refusal.kind === "failed" ? { kind: "known", who, trouble: refusal.why } : refusal);
    }
    await this.focusHeading();
  };

  #become(state: State): void {
    this.#state = state;
    this.requestUpdate();
  }

  protected override render(): Piece {
    const state = this.#state;
    switch (state.kind) {
      case "no_token":
        return html`<div class="p-banner"><p>Ouvrez le lien reçu par e-mail : il mène à cette page. Vous avez plutôt un courrier avec une clé enfance ? <a href="/creer-mon-espace/">Créer mon espace</a></p></div>`;
      case "reading":
        return loading("Lecture de votre invitation…");
      case "linked":
        return html`<div class="p-done" role="status"><h2>Le dossier est relié à votre espace</h2><p><a class="p-button" href="/connexion/">Me connecter</a></p></div>`;
      case "refused":
        return refusedView(state.why, state.active);
      case "failed":
        return failure(state.why, () => void this.#read());
      default:
        return html`${whoView(state.who)}${state.who.has_account ? this.#linkView(state.kind === "linking", state.trouble ?? "") : nothing}`;
    }
  }

  #linkView(sending: boolean, trouble: string): Piece {
    return html`
      <p>Un espace existe déjà à cette adresse. Appuyez sur le bouton pour y relier le dossier de votre famille ; vos identifiants ne changent pas.</p>
      <div role="alert">${trouble ? html`<div class="p-banner p-warn"><h2>Rien n’est encore relié</h2><p>${trouble}</p></div>` : nothing}</div>
      <div class="p-actions">
        <button type="button" class="p-button" ?disabled=${sending} aria-busy=${String(sending)} @click=${this.#link}>${sending ? "Envoi en cours…" : "Relier ce dossier à mon espace"}</button>
      </div>
    `;
  }
}

function refusalOf(error: unknown): Extract<State, { why: string }> {
  const final = error instanceof ApiProblem && error.status < 500 && error.status !== 429;
  if (!final) return { kind: "failed", why: reasonOf(error) };
  return { kind: "refused", why: error.detail, active: error.code === "already_linked" };
}

const whoView = (who: Invitation): Piece => html`
  <dl class="p-facts">
    <dt>Prénom et nom</dt><dd>${who.given_name} ${who.usual_name}</dd>
    <dt>Adresse e-mail</dt><dd>${who.email}</dd>
  </dl>
`;

const refusedView = (why: string, active: boolean): Piece => html`
  <div class="p-banner p-warn">
    <h2>Cette invitation ne peut pas servir</h2>
    <p>${why}</p>
    ${active ? html`<div class="p-banner-actions"><a class="p-button p-small" href="/connexion/">Me connecter</a></div>` : nothing}
  </div>
`;
