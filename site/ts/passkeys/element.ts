/** <parvis-passkeys>: the passkeys of the account, each called otherwise or removed in its own row. */
import { html, nothing } from "lit";
import { ActionKey, ApiProblem, call, get } from "../api.ts";
import { frenchInstant } from "../french.ts";
import { failure, loading, reasonOf, View, type Piece } from "../view.ts";
import type { Passkey } from "../wire.ts";

const OUTDATED: ReadonlySet<number> = new Set([404, 412]);

type Doing = { passkey: Passkey; what: "rename" | "remove" };

export class PasskeysElement extends View {
  readonly #key = new ActionKey();
  #known: Passkey[] | null = null;
  #failure: string | null = null;
  #doing: Doing | null = null;
  #busy = false;
  #said = "";
  #trouble = "";

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  readonly load = async (said = ""): Promise<void> => {
    this.#failure = null;
    this.#trouble = "";
    this.requestUpdate();
    try {
      this.#known = (await get<{ passkeys: Passkey[] }>("/api/passkeys")).data.passkeys;
      this.#said = said;
    } catch (error) {
      this.#failure = reasonOf(error);
    }
    this.requestUpdate();
    if (said) await this.focusHeading();
  };

  #begin(passkey: Passkey, what: Doing["what"]): void {
    this.#doing = { passkey, what };
    this.#said = this.#trouble = "";
    this.requestUpdate();
    void this.#focus(what === "rename" ? "[name=name]" : "[data-confirm]");
  }

  readonly #giveUp = (): void => {
    const button = this.#doing && `[data-${this.#doing.what}="${this.#doing.passkey.passkey_id}"]`;
    this.#doing = null;
    this.#trouble = "";
    this.requestUpdate();
    if (button) void this.#focus(button);
  };

  async #focus(selector: string): Promise<void> {
    await this.updateComplete;
    this.querySelector<HTMLElement>(selector)?.focus();
  }

  async #do(action: () => Promise<string>): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.#trouble = "";
    this.requestUpdate();
    try {
      const said = await action();
      this.#doing = null;
      await this.load(said);
    } catch (error) {
      await this.#explain(error);
    }
    this.#busy = false;
    this.requestUpdate();
  }

  /** Called otherwise or removed in another window: the list is asked again, or trying once more would always fail. */
  async #explain(error: unknown): Promise<void> {
    if (error instanceof ApiProblem && OUTDATED.has(error.status)) await this.load();
    this.#trouble = error instanceof ApiProblem && error.errors[0] ? error.errors[0].detail : reasonOf(error);
  }

  readonly #rename = (event: SubmitEvent, { passkey_id, version }: Passkey): void => {
    event.preventDefault();
    const name = String(new FormData(event.target as HTMLFormElement).get("name") ?? "").trim();
    void this.#do(async () => {
      await call("POST", `/api/passkeys/${passkey_id}/name`, { body: { name }, key: this.#key, ifMatch: String(version) });
      return `Cette clé d’accès s’appelle maintenant « ${name} ».`;
    });
  };

  readonly #remove = ({ passkey_id, name }: Passkey): void =>
    void this.#do(async () => {
      await call("DELETE", `/api/passkeys/${passkey_id}`, { key: this.#key });
      return `La clé d’accès « ${name} » est retirée. Supprimez-la aussi de l’appareil qui la garde.`;
    });

  protected override render(): Piece {
    if (this.#failure) return failure(this.#failure, () => void this.load());
    if (!this.#known) return loading("Chargement de vos clés d’accès…");
    return html`
      <section>
        <h2>Mes clés d’accès</h2>
        ${this.#known.length > 0
          ? html`<ul class="p-list">${this.#known.map((passkey) => html`<li>${this.#row(passkey)}</li>`)}</ul>`
          : html`<p>Vous n’en avez pas encore.</p>`}
        <p role="status">${this.#said}</p>
        <div role="alert">${this.#trouble ? html`<p class="p-banner p-warn">${this.#trouble}</p>` : nothing}</div>
      </section>
    `;
  }

  #row(passkey: Passkey): Piece {
    if (this.#doing?.passkey.passkey_id !== passkey.passkey_id) return this.#shown(passkey);
    return this.#doing.what === "rename" ? this.#renaming(passkey) : this.#removing(passkey);
  }

  #shown(passkey: Passkey): Piece {
    const { passkey_id, name, created_at, last_used_at, synced } = passkey;
    const used = last_used_at ? `utilisée le ${frenchInstant(last_used_at)}` : "jamais utilisée";
    return html`
      <span><strong>${name}</strong><br />Ajoutée le ${frenchInstant(created_at)}, ${used}${synced ? html`<br />Présente aussi sur vos autres appareils` : nothing}</span>
      <span class="p-cluster">
        <button type="button" class="p-button p-secondary p-small" data-rename=${passkey_id} @click=${() => this.#begin(passkey, "rename")}>
          Renommer<span class="p-visually-hidden"> ${name}</span>
        </button>
        <button type="button" class="p-button p-secondary p-small" data-remove=${passkey_id} @click=${() => this.#begin(passkey, "remove")}>
          Retirer<span class="p-visually-hidden"> ${name}</span>
        </button>
      </span>
    `;
  }

  #renaming(passkey: Passkey): Piece {
    return html`
      <form class="p-row-form" @submit=${(event: SubmitEvent) => this.#rename(event, passkey)}>
        <div class="p-field">
          <label for="passkey-name">Nom de la clé</label>
          <input id="passkey-name" name="name" type="text" maxlength="60" required autocomplete="off" value=${passkey.name} />
        </div>
        <span class="p-cluster">
          <button type="submit" class="p-button p-small" ?disabled=${this.#busy}>Enregistrer</button>
          ${this.#cancel()}
        </span>
      </form>
    `;
  }

  #removing(passkey: Passkey): Piece {
    return html`
      <span>Retirer « ${passkey.name} » ? Elle n’ouvrira plus votre espace. Votre mot de passe ne change pas.</span>
      <span class="p-cluster">
        <button type="button" class="p-button p-small" data-confirm ?disabled=${this.#busy} @click=${() => this.#remove(passkey)}>
          Retirer cette clé
        </button>
        ${this.#cancel()}
      </span>
    `;
  }

  #cancel(): Piece {
    return html`<button type="button" class="p-button p-secondary p-small" @click=${this.#giveUp}>Annuler</button>`;
  }
}
