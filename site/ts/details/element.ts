/** <parvis-details>: one guardian's own file. What is typed stays in its form until the town has it. */
import { html } from "lit";
import { ActionKey, ApiProblem, call, NetworkFailure } from "../api.ts";
import { clearErrors, showErrors } from "../forms/errors.ts";
import { foyerChoice, getOfFoyer } from "../foyer.ts";
import { failure, isWithoutFoyer, loading, noFoyer, reasonOf, View, type Piece } from "../view.ts";
import { addressView } from "./address.ts";
import { contactsView } from "./contacts.ts";
import { ownView } from "./own.ts";
import { missing, saidOfAddress, sendingOf, type Sending } from "./requests.ts";
import { NOTHING, type Acts, type Details, type Difference, type Outcome } from "./wire.ts";

// The town was asked for something that is no longer so: what stands now is shown under the words that say it.
const OUTDATED = new Set(["already_decided", "address_request_open", "request_unknown"]);
const OFFLINE = "La mairie n’a pas encore reçu ce changement : le réseau ne répond pas. Votre saisie reste sur cette page ; réessayez.";

export class DetailsElement extends View {
  readonly #key = new ActionKey();
  #known: Details | null = null;
  #failure: string | null = null;
  #unlinked = false;
  #sending = false;
  #open = "";
  #generation = 0;
  #outcome: Outcome = NOTHING;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  readonly #load = async (): Promise<void> => {
    this.#failure = null;
    this.requestUpdate();
    try {
      this.#known = (await getOfFoyer<Details>("/api/family/details")).data;
      this.#outcome = NOTHING;
      this.#generation += 1;
    } catch (error) {
      this.#unlinked = isWithoutFoyer(error);
      this.#failure = reasonOf(error);
    }
    this.requestUpdate();
  };

  readonly #show = (name: string): void => {
    const left = this.#open;
    this.#open = name;
    this.#outcome = NOTHING;
    this.requestUpdate();
    void this.#follow(name, left);
  };

  /** The focus goes into the form that opens, and back to the section of the one that closes. */
  async #follow(name: string, left: string): Promise<void> {
    await this.updateComplete;
    if (!name) return void (await this.focusHeading(left === "address" ? "#address" : "#contacts"));
    this.querySelector<HTMLElement>("form[data-opened] :is(input, button)")?.focus();
  }

  readonly #save = async (name: string, form: HTMLFormElement): Promise<void> => {
    if (!this.#known || this.#sending) return;
    clearErrors(form);
    const wrong = missing(name, form);
    if (wrong.length > 0) return showErrors(form, wrong, () => undefined);
    const sending = sendingOf(name, form, this.#known);
    const version = this.#outcome.name === name && this.#outcome.version ? this.#outcome.version : sending.version;
    this.#sending = true;
    this.#outcome = { ...NOTHING, name, version: this.#outcome.name === name ? this.#outcome.version : "" };
    this.requestUpdate();
    try {
      const { path, body } = sending;
      this.#known = (await call<Details>("POST", path, { body, key: this.#key, ...(version ? { ifMatch: version } : {}) })).data;
      await this.#kept(name, sending);
    } catch (error) {
      this.#refused(name, form, error);
      if (error instanceof ApiProblem && OUTDATED.has(error.code)) await this.#reread();
    }
    this.#sending = false;
    this.requestUpdate();
  };

  /** Without touching what is typed. */
  async #reread(): Promise<void> {
    try {
      this.#known = (await getOfFoyer<Details>("/api/family/details")).data;
    } catch {
      // what was refused is said already
    }
  }

  async #kept(name: string, { said, place }: Sending): Promise<void> {
    this.#open = "";
    this.#generation += 1;
    const words = name === "address" && this.#known ? saidOfAddress(this.#known) : said;
    this.#outcome = { ...NOTHING, name: place, said: words };
    this.requestUpdate();
    await this.focusHeading(`#${place}`);
  }

  #refused(name: string, form: HTMLFormElement, error: unknown): void {
    const problem = error instanceof ApiProblem ? error : null;
    if (problem && problem.errors.length > 0) {
      this.#outcome = { ...this.#outcome, name };
      return showErrors(form, problem.errors, () => undefined);
    }
    const trouble = error instanceof NetworkFailure ? OFFLINE : reasonOf(error);
    const stale = problem?.code === "stale";
    const differences = stale ? (problem.body["differences"] as readonly Difference[]) : [];
    const version = stale ? String(problem.body["version"]) : this.#outcome.version;
    this.#outcome = { name, said: "", trouble, differences, version };
  }

  protected override render(): Piece {
    if (this.#unlinked) return html`${noFoyer()}<p>Vos coordonnées sont celles du dossier de votre famille : vous pourrez les voir et les changer ici dès qu’il sera relié.</p>`;
    if (this.#failure) return failure(this.#failure, () => void this.#load());
    if (!this.#known) return loading("Chargement de vos coordonnées…");
    const act: Acts = {
      outcome: this.#outcome,
      sending: this.#sending,
      open: this.#open,
      generation: this.#generation,
      show: this.#show,
      save: (name, form) => void this.#save(name, form),
      reload: () => void this.#load(),
    };
    return html`${foyerChoice(this.#known.foyers)} ${ownView(this.#known, act)} ${addressView(this.#known, act)} ${contactsView(this.#known, act)}`;
  }
}
