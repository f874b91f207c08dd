/** <parvis-agent-desk>: what waits for an agent's service; one request, accepted or refused with a reason. */
import { html, nothing } from "lit";
import { ActionKey, ApiProblem, call, get } from "../api.ts";
import { frenchInstant } from "../french.ts";
import { failure, loading, reasonOf, View, type Piece } from "../view.ts";

type Line = { request_id: string; kind: string; summary: string; at: string };
type List = { agent: string; services: readonly { id: string; name: string }[]; service: string; requests: readonly Line[]; more: boolean };
type Option = { value: string; label: string };
type Choice = { name: string; label: string; hint: string; box: boolean; options: readonly Option[] };
type BeforeAfter = { before: string; after: string };
type Shown = Line & {
  data: Readonly<Record<string, unknown>>;
  status: "open" | keyof typeof VERDICTS;
  decided_at: string;
  decided_by: string;
  reason: string;
  choices: readonly Choice[];
};

const PATH = "/api/agents/requests";
const VERDICTS = { accepted: "acceptée", refused: "refusée", withdrawn: "annulée" } as const;

const isChange = (value: unknown): value is BeforeAfter => typeof value === "object" && value !== null && "before" in value && "after" in value;

/** What the family sent: facts, and what would change side by side. */
function dataView(data: Shown["data"]): Piece {
  const entries = Object.entries(data);
  const changes = entries.flatMap(([label, value]) => (isChange(value) ? [{ label, ...value }] : []));
  return html`
    <dl class="p-facts">${entries.map(([label, value]) => (isChange(value) ? nothing : html`<dt>${label}</dt><dd>${String(value)}</dd>`))}</dl>
    ${changes.length === 0 ? nothing : html`
      <div class="p-table-box">
        <table class="p-table">
          <caption>Ce qui change</caption>
          <thead><tr><td></td><th scope="col">Avant</th><th scope="col">Après</th></tr></thead>
          <tbody>${changes.map(({ label, before, after }) => html`<tr><th scope="row">${label}</th><td>${before}</td><td>${after}</td></tr>`)}</tbody>
        </table>
      </div>`}
  `;
}

/** Of a refusal, what is said of each choice; empty when it is about something else. */
function choicesToMend(error: unknown, request: Shown): ReadonlyMap<string, string> {
  const errors = error instanceof ApiProblem ? error.errors : [];
  const names = new Set(request.choices.map(({ name }) => name));
  return new Map(errors.map(({ pointer, detail }) => [pointer.replace("/choice/", ""), detail] as const).filter(([name]) => names.has(name)));
}

export class AgentDeskElement extends View {
  #list: List | null = null;
  #shown: Shown | null = null;
  #failure: string | null = null;
  #enrol = false;
  #trouble = "";
  #wrong = "";
  #wrongChoices: ReadonlyMap<string, string> = new Map();
  #boxValues: Readonly<Record<string, string>> = {}; // what a box sends: it names what the agent was shown
  #sending = false;
  readonly #key = new ActionKey();

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load("");
  }

  async #load(service: string): Promise<void> {
    this.#failure = null;
    this.#shown = null;
    this.requestUpdate();
    try {
      const query = service ? `?service=${encodeURIComponent(service)}` : "";
      this.#list = (await get<List>(`${PATH}${query}`)).data;
    } catch (error) {
      this.#enrol = error instanceof ApiProblem && typeof error.body["enrol"] === "string";
      this.#failure = reasonOf(error);
    }
    this.requestUpdate();
  }

  async #open(requestId: string): Promise<void> {
    this.#trouble = this.#wrong = "";
    this.#wrongChoices = new Map();
    try {
      this.#shown = (await get<Shown>(`${PATH}/${requestId}`)).data;
    } catch (error) {
      this.#trouble = reasonOf(error);
    }
    this.requestUpdate();
    await this.focusHeading();
  }

  async #back(): Promise<void> {
    await this.#load(this.#list?.service ?? "");
    await this.focusHeading();
  }

  async #decide(request: Shown, verb: "accept" | "refuse", body: unknown): Promise<void> {
    this.#trouble = this.#wrong = "";
    this.#wrongChoices = new Map();
    this.#sending = true;
    this.requestUpdate();
    try {
      this.#shown = (await call<Shown>("POST", `${PATH}/${request.request_id}/${verb}`, { body, key: this.#key })).data;
    } catch (error) {
      this.#wrongChoices = choicesToMend(error, request);
      this.#boxValues = error instanceof ApiProblem ? ((error.body["values"] ?? {}) as Record<string, string>) : {};
      if (this.#wrongChoices.size === 0) this.#trouble = reasonOf(error);
      if (error instanceof ApiProblem && error.code === "already_decided") await this.#reread(request.request_id);
    }
    this.#sending = false;
    this.requestUpdate();
    const [mended] = this.#wrongChoices.keys();
    if (mended) await this.focusHeading(`#p-choice-${mended}`);
    else if (!this.#trouble) await this.focusHeading("[data-verdict]");
  }

  /** A colleague was faster: what stands now is shown under the words that say so. */
  async #reread(requestId: string): Promise<void> {
    try {
      this.#shown = (await get<Shown>(`${PATH}/${requestId}`)).data;
    } catch (error) {
      this.#trouble = reasonOf(error);
    }
  }

  readonly #refuse = (event: SubmitEvent, request: Shown): void => {
    event.preventDefault();
    const field = this.querySelector<HTMLTextAreaElement>("#p-reason");
    const reason = field?.value.trim() ?? "";
    if (reason) {
      void this.#decide(request, "refuse", { reason });
      return;
    }
    this.#wrong = "Écrivez le motif du refus : la famille le lira.";
    this.requestUpdate();
    field?.focus();
  };

  protected override render(): Piece {
    if (this.#failure) return this.#enrol ? this.#toEnrol() : failure(this.#failure, () => void this.#load(""));
    if (this.#shown) return this.#request(this.#shown);
    if (!this.#list) return loading("Chargement des demandes…");
    return this.#lines(this.#list);
  }

  #toEnrol(): Piece {
    return html`<p class="p-banner p-warn" role="alert">${this.#failure}</p>
      <p><a href="/verification-en-deux-etapes/">Relier une application de codes</a></p>
      <p><a href="/cles-d-acces/">Ajouter une clé d’accès</a></p>`;
  }

  #alert(): Piece {
    return html`<div role="alert">${this.#trouble ? html`<p class="p-banner p-warn">${this.#trouble}</p>` : nothing}</div>`;
  }

  #lines({ agent, services, service, requests, more }: List): Piece {
    const name = services.find(({ id }) => id === service)?.name ?? service;
    return html`
      <p>Vous êtes ${agent}.</p>
      ${services.length > 1 ? this.#choice(services, service) : nothing}
      <h2>${name}</h2>
      ${this.#alert()}
      ${requests.length === 0 ? html`<p role="status">Aucune demande n’attend ce service.</p>` : html`
        <ul class="p-list">${requests.map((line) => html`
          <li>
            <span><strong>${line.kind}</strong> : ${line.summary}<br />Reçue le ${frenchInstant(line.at)}</span>
            <button type="button" class="p-button p-secondary p-small" @click=${() => void this.#open(line.request_id)}>
              Ouvrir<span class="p-visually-hidden"> : ${line.kind}, ${line.summary}</span>
            </button>
          </li>`)}
        </ul>`}
      ${more ? html`<p>D’autres demandes suivent : elles viennent ici quand celles-ci sont traitées.</p>` : nothing}
    `;
  }

  #choice(services: List["services"], service: string): Piece {
    const change = (event: Event): void => void this.#load((event.target as HTMLSelectElement).value);
    return html`
      <div class="p-field">
        <label for="p-service">Service</label>
        <select id="p-service" @change=${change}>
          ${services.map(({ id, name }) => html`<option value=${id} ?selected=${id === service}>${name}</option>`)}
        </select>
      </div>
    `;
  }

  #request(request: Shown): Piece {
    return html`
      <p><button type="button" class="p-button p-quiet" @click=${() => void this.#back()}>Revenir à la liste</button></p>
      <h2>${request.kind} : ${request.summary}</h2>
      <p>Reçue le ${frenchInstant(request.at)}.</p>
      ${dataView(request.data)}
      ${this.#alert()}
      ${request.status === "open" ? this.#decision(request) : this.#decided(request, request.status)}
    `;
  }

  #decided(request: Shown, status: keyof typeof VERDICTS): Piece {
    return html`
      <div class="p-done" data-verdict>
        <h3>Demande ${VERDICTS[status]}</h3>
        <p>Par ${request.decided_by}, le ${frenchInstant(request.decided_at)}.</p>
        ${request.reason ? html`<p>Motif : ${request.reason}</p>` : nothing}
      </div>
    `;
  }

  #choiceField({ name, label, hint, box, options }: Choice): Piece {
    const wrong = this.#wrongChoices.get(name);
    const id = `p-choice-${name}`;
    const described = [hint ? `${id}-hint` : "", wrong ? `${id}-error` : ""].join(" ").trim();
    const error = wrong ? html`<p class="p-error" id="${id}-error">${wrong}</p>` : nothing;
    const note = hint ? html`<p class="p-hint" id="${id}-hint">${hint}</p>` : nothing;
    const invalid = String(Boolean(wrong));
    if (options.length > 0) {
      return html`<fieldset class="p-field p-radios ${wrong ? "p-invalid" : ""}" aria-describedby=${described || nothing}>
        <legend>${label}</legend>
        ${note}${error}
        <div class="p-radios-list">${options.map((option, rank) => html`
          <label class="p-radio"><input id=${rank === 0 ? id : nothing} name=${name} type="radio" value=${option.value}> <span>${option.label}</span></label>`)}
        </div>
      </fieldset>`;
    }
    return box
      ? html`<div class="p-field ${wrong ? "p-invalid" : ""}" ?hidden=${!wrong}>
          ${error}
          <label class="p-check"><input id=${id} name=${name} type="checkbox" value=${this.#boxValues[name] ?? "oui"} aria-invalid=${invalid}
            aria-describedby=${described || nothing}> <span>${label}</span></label>
        </div>`
      : html`<div class="p-field ${wrong ? "p-invalid" : ""}">
          <label for=${id}>${label}</label>
          ${note}${error}
          <input id=${id} name=${name} type="text" @input=${this.#untick} autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="200"
            aria-invalid=${invalid} aria-describedby=${described || nothing}>
        </div>`;
  }

  /** Another answer was typed: what a box confirmed was about the one before. */
  readonly #untick = (): void => {
    for (const box of this.querySelectorAll<HTMLInputElement>("input[type=checkbox]")) box.checked = false;
    this.#wrongChoices = new Map();
    this.requestUpdate();
  };

  #decision(request: Shown): Piece {
    const accept = (event: SubmitEvent): void => {
      event.preventDefault();
      const typed = new FormData(event.target as HTMLFormElement);
      const choice = Object.fromEntries([...typed].map(([name, value]) => [name, String(value).trim()]));
      void this.#decide(request, "accept", { choice });
    };
    return html`
      <form novalidate @submit=${accept}>
        ${request.choices.map((choice) => this.#choiceField(choice))}
        <div class="p-actions">
          <button type="submit" class="p-button" ?disabled=${this.#sending}>Accepter la demande</button>
        </div>
      </form>
      <form novalidate @submit=${(event: SubmitEvent) => this.#refuse(event, request)}>
        <div class="p-field ${this.#wrong ? "p-invalid" : ""}">
          <label for="p-reason">Motif du refus</label>
          <p class="p-hint" id="p-reason-hint">La famille lira ce texte.</p>
          ${this.#wrong ? html`<p class="p-error" id="p-reason-error">${this.#wrong}</p>` : nothing}
          <textarea id="p-reason" rows="4" maxlength="1000" aria-invalid=${String(Boolean(this.#wrong))}
            aria-describedby=${this.#wrong ? "p-reason-hint p-reason-error" : "p-reason-hint"}></textarea>
        </div>
        <div class="p-actions">
          <button type="submit" class="p-button p-danger" ?disabled=${this.#sending}>Refuser la demande</button>
        </div>
      </form>
    `;
  }
}
