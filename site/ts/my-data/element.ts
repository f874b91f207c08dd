/** <parvis-export>: the button that brings a copy of one's data, as a file. */
import { html, nothing } from "lit";
import { ActionKey, call } from "../api.ts";
import { reasonOf, View, type Piece } from "../view.ts";

const FILE = "mes-donnees.json";

export class ExportElement extends View {
  readonly #key = new ActionKey();
  #asking = false;
  #said = "";
  #trouble = "";

  readonly #download = async (): Promise<void> => {
    if (this.#asking) return;
    this.#asking = true;
    this.#said = this.#trouble = "";
    this.requestUpdate();
    try {
      save((await call<unknown>("POST", "/api/accounts/export", { key: this.#key })).data);
      this.#said = `Le fichier ${FILE} est dans vos téléchargements.`;
    } catch (error) {
      this.#trouble = reasonOf(error);
    }
    this.#asking = false;
    this.requestUpdate();
  };

  protected override render(): Piece {
    return html`
      <div class="p-actions">
        <button type="button" class="p-button" ?disabled=${this.#asking} aria-busy=${String(this.#asking)} @click=${() => void this.#download()}>
          ${this.#asking ? "Préparation en cours…" : "Télécharger mes données"}
        </button>
      </div>
      <p role="status">${this.#said}</p>
      <div role="alert">${this.#trouble ? html`<p class="p-banner p-warn">${this.#trouble}</p>` : nothing}</div>
    `;
  }
}

/** Indented: somebody will read it. */
function save(data: unknown): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = FILE;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
