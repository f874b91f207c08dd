/** <parvis-credentials>: what one signs in with, and the devices that are signed in. */
import { html, nothing } from "lit";
import { call, get } from "../api.ts";
import { frenchInstant } from "../french.ts";
import { wipeDevice } from "../session.ts";
import { failure, loading, reasonOf, View, type Piece } from "../view.ts";
import type { Credentials, OpenDevice } from "../wire.ts";

export class CredentialsElement extends View {
  #known: Credentials | null = null;
  #failure: string | null = null;
  #said = "";
  #trouble = "";

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  readonly load = async (): Promise<void> => {
    this.#failure = null;
    this.requestUpdate();
    try {
      this.#known = (await get<Credentials>("/api/accounts/me")).data;
    } catch (error) {
      this.#failure = reasonOf(error);
    }
    this.requestUpdate();
  };

  readonly #close = async (device: OpenDevice): Promise<void> => {
    await this.#try(async () => {
      await call("DELETE", `/api/accounts/sessions/${device.session_id}`, {});
      this.#said = `${device.name} est déconnecté.`;
      await this.load();
      await this.focusHeading(); // the button that was pressed is gone
    });
  };

  readonly #closeAll = async (): Promise<void> => {
    await this.#try(async () => {
      await call("DELETE", "/api/accounts/sessions", {});
      await wipeDevice();
      location.assign("/connexion/");
    });
  };

  async #try(action: () => Promise<void>): Promise<void> {
    this.#said = this.#trouble = "";
    try {
      await action();
    } catch (error) {
      this.#trouble = reasonOf(error);
    }
    this.requestUpdate();
  }

  protected override render(): Piece {
    if (this.#failure) return failure(this.#failure, () => void this.load());
    if (!this.#known) return loading("Chargement de vos identifiants…");
    const { username, email, devices } = this.#known;
    return html`
      <dl class="p-facts">
        <dt>Identifiant</dt><dd>${username}</dd>
        <dt>E-mail</dt><dd>${email}</dd>
      </dl>
      <section>
        <h2>Appareils connectés</h2>
        <ul class="p-list">${devices.map((device) => this.#device(device))}</ul>
        <p role="status">${this.#said}</p>
        <div role="alert">${this.#trouble ? html`<p class="p-banner p-warn">${this.#trouble}</p>` : nothing}</div>
        <p>Un appareil que vous ne reconnaissez pas ? Déconnectez-le, puis changez votre mot de passe.</p>
        <div class="p-actions">
          <button type="button" class="p-button p-secondary" @click=${() => void this.#closeAll()}>Me déconnecter de tous les appareils</button>
        </div>
      </section>
    `;
  }

  #device(device: OpenDevice): Piece {
    return html`
      <li>
        <span><strong>${device.name}</strong>${device.current ? " (celui-ci)" : nothing}<br />Connecté le ${frenchInstant(device.opened_at)}</span>
        ${device.current ? nothing : html`<button type="button" class="p-button p-secondary p-small" @click=${() => void this.#close(device)}>
          Déconnecter<span class="p-visually-hidden"> ${device.name}, connecté le ${frenchInstant(device.opened_at)}</span>
        </button>`}
      </li>
    `;
  }
}
