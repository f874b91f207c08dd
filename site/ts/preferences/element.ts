/** <parvis-preferences>: what a person chooses to receive. Nothing is chosen before they do. */
import { html, nothing } from "lit";
import { ActionKey, ApiProblem, call, get, NetworkFailure } from "../api.ts";
import { failure, loading, reasonOf, View, type Piece } from "../view.ts";
import type { Preferences } from "../wire.ts";
import { choicesView } from "./views.ts";

const PATH = "/api/accounts/preferences";
const OFFLINE = "La mairie n’a pas encore reçu vos choix : le réseau ne répond pas. Ils restent sur cette page ; réessayez.";

export class PreferencesElement extends View {
  readonly #key = new ActionKey();
  #known: Preferences | null = null;
  #failure: string | null = null;
  #sending = false;
  #said = "";
  #trouble = "";

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  readonly #load = async (): Promise<void> => {
    this.#failure = null;
    this.requestUpdate();
    try {
      this.#known = (await get<Preferences>(PATH)).data;
    } catch (error) {
      this.#failure = reasonOf(error);
    }
    this.requestUpdate();
  };

  /** What is on the page is kept until the town has it. */
  readonly #choose = (change: Partial<Preferences>): void => {
    if (!this.#known) return;
    this.#known = { ...this.#known, ...change };
    this.#said = this.#trouble = "";
    this.requestUpdate();
  };

  readonly #send = async (event: Event): Promise<void> => {
    event.preventDefault();
    const known = this.#known;
    if (!known || this.#sending) return;
    this.#sending = true;
    this.#said = this.#trouble = "";
    this.requestUpdate();
    const { invoice, deadline_reminders, gap_alerts } = known;
    const news = known.news.filter(({ chosen }) => chosen).map(({ id }) => id);
    try {
      const body = { invoice, deadline_reminders, gap_alerts, news };
      this.#known = (await call<Preferences>("POST", PATH, { body, key: this.#key, ifMatch: String(known.version) })).data;
      this.#said = "Vos préférences sont enregistrées.";
    } catch (error) {
      this.#trouble = error instanceof NetworkFailure ? OFFLINE : reasonOf(error);
      if (error instanceof ApiProblem && error.code === "stale") await this.#load();
    }
    this.#sending = false;
    this.requestUpdate();
  };

  protected override render(): Piece {
    if (this.#failure) return failure(this.#failure, () => void this.#load());
    if (!this.#known) return loading("Chargement de vos préférences…");
    return html`
      <form @submit=${(event: Event) => void this.#send(event)}>
        ${choicesView(this.#known, this.#choose)}
        <div class="p-actions">
          <button type="submit" class="p-button" ?disabled=${this.#sending} aria-busy=${String(this.#sending)}>
            ${this.#sending ? "Envoi en cours…" : "Enregistrer mes préférences"}
          </button>
        </div>
        <p role="status">${this.#said}</p>
        <div role="alert">${this.#trouble ? html`<p class="p-banner p-warn">${this.#trouble}</p>` : nothing}</div>
      </form>
    `;
  }
}
