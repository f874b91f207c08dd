/** <parvis-franceconnect>: coming back from FranceConnect, and linking who came back to an account. */
import { html, nothing } from "lit";
import { ApiProblem, call, get } from "../api.ts";
import { frenchDate } from "../french.ts";
import { rememberFranceConnect, rememberSignedIn, seemsSignedIn } from "../session.ts";
import { loading, reasonOf, View, type Piece } from "../view.ts";
import type { Identity, SignedIn } from "../wire.ts";
import { isOffered, leaveToSignIn, nextPath, PATH } from "./service.ts";

type Returned = { outcome: "signed_in" | "unknown"; account: (SignedIn & { second_factor: "none" | "needed" }) | null };

export class FranceConnectElement extends View {
  #identity: Identity | null = null;
  #failure = "";
  #trouble = "";
  #unsure = false;
  #sending = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#attempt(() => this.#begin());
  }

  async #begin(): Promise<void> {
    const brought = new URLSearchParams(location.search);
    history.replaceState(null, "", location.pathname); // a code serves once: it must not stay in the address
    if (!(await isOffered())) {
      this.#failure = "Ce portail n’utilise pas FranceConnect.";
      return;
    }
    if (!brought.has("state") || !(await this.#signIn(brought))) this.#identity = (await get<Identity>(`${PATH}/pending`)).data;
  }

  /** False when no account is linked to who came back. */
  async #signIn(brought: URLSearchParams): Promise<boolean> {
    const body = { state: brought.get("state"), code: brought.get("code") ?? "", error: brought.get("error") ?? "" };
    const { account } = (await call<Returned>("POST", `${PATH}/callback`, { body })).data;
    if (!account) return false;
    const next = nextPath();
    if (account.second_factor === "needed") {
      rememberFranceConnect();
      location.replace(`/code-de-connexion/?suite=${encodeURIComponent(next)}`);
      return true;
    }
    await rememberSignedIn(account);
    rememberFranceConnect();
    location.replace(next);
    return true;
  }

  readonly #link = async (sure: boolean): Promise<void> => {
    if (this.#sending) return;
    this.#sending = true;
    this.#trouble = "";
    try {
      await call("POST", `${PATH}/link`, { body: { sure } });
      rememberFranceConnect();
      location.replace("/identifiants/#franceconnect");
    } catch (error) {
      if (error instanceof ApiProblem && error.code === "franceconnect_unsure") this.#unsure = true;
      else this.#trouble = reasonOf(error);
      this.#sending = false;
    }
    this.requestUpdate();
  };

  async #attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.#failure = reasonOf(error);
    }
    this.requestUpdate();
    await this.focusHeading();
  }

  protected override render(): Piece {
    if (this.#failure) return this.#failed();
    if (!this.#identity) return loading("Retour de FranceConnect…");
    return this.#identity.to_link || seemsSignedIn() ? this.#confirm(this.#identity) : this.#choose(this.#identity);
  }

  #failed(): Piece {
    return html`
      <h2>La connexion avec FranceConnect n’a pas abouti</h2>
      <p class="p-banner p-warn" role="alert">${this.#failure}</p>
      <div class="p-actions">
        <a class="p-button" href="/connexion/">Me connecter autrement</a>
        <button type="button" class="p-button p-secondary" @click=${() => void this.#attempt(() => leaveToSignIn(null))}>Recommencer avec FranceConnect</button>
      </div>
    `;
  }

  #confirm(identity: Identity): Piece {
    return html`
      <h2>Relier votre espace à FranceConnect</h2>
      <p>FranceConnect dit que vous êtes :</p>
      ${person(identity)}
      ${this.#unsure ? html`<p role="alert">Ce nom ou cette date ne sont pas écrits dans votre espace : vérifiez que c’est bien vous.</p>` : nothing}
      <div role="alert">${this.#trouble ? html`<p class="p-banner p-warn">${this.#trouble}</p>` : nothing}</div>
      <div class="p-actions">
        <button type="button" class="p-button" @click=${() => void this.#link(this.#unsure)}>${this.#unsure ? "C’est bien moi : relier mon espace" : "Relier mon espace"}</button>
        <a class="p-button p-secondary" href="/identifiants/">Ne rien relier</a>
      </div>
    `;
  }

  #choose(identity: Identity): Piece {
    return html`
      <h2>Avez-vous déjà un espace ici ?</h2>
      <p>Aucun espace n’est encore relié à cette identité :</p>
      ${person(identity)}
      <p>Si vous avez un espace, connectez-vous une fois avec votre mot de passe : FranceConnect suffira ensuite.</p>
      <div class="p-actions">
        <a class="p-button" href="/connexion/?suite=%2Ffranceconnect%2F">J’ai déjà un compte</a>
        <a class="p-button p-secondary" href="/creer-mon-espace/?franceconnect">Créer mon espace</a>
      </div>
    `;
  }
}

const person = (identity: Identity): Piece => html`
  <dl class="p-facts">
    <dt>Nom de naissance</dt><dd>${identity.family_name}</dd>
    <dt>Prénoms</dt><dd>${identity.given_names.join(", ")}</dd>
    ${identity.birth_date ? html`<dt>Naissance</dt><dd>${frenchDate(identity.birth_date)}</dd>` : nothing}
  </dl>
`;
