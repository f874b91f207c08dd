/** <parvis-try-rules>: the answer to the question of the form before it, and to the same one at another instant. */
import { html, nothing } from "lit";
import { ApiProblem, call, get, NetworkFailure } from "../api.ts";
import { fieldsIn } from "../forms/dom.ts";
import { clearErrors, showErrors } from "../forms/errors.ts";
import { findForm } from "../forms/driver.ts";
import { readForm, troublesIn, type Trouble } from "../forms/read.ts";
import { Sender } from "../forms/send.ts";
import { failure, loading, reasonOf, View, type Piece } from "../view.ts";
import { addressOf, questionOf, typedInstant, type Typed } from "./address.ts";
import { QuestionForm } from "./question.ts";
import { answerView, comparisonView, waitingView } from "./views.ts";
import type { TrialAnswer, TrialChoices } from "./wire.ts";

const PATH = "/api/reservations/essai";
const OFFLINE = "Le réseau ne répond pas. Cette page en a besoin : c’est la mairie qui lit les règles.";

export class TryRulesElement extends View {
  #question: QuestionForm | null = null;
  #choices: TrialChoices | null = null;
  #reason = "";
  #asked: Typed | null = null;
  #answer: TrialAnswer | null = null;
  #toldOf: readonly string[] = [];
  #other: TrialAnswer | null = null;
  #compared = "";
  #comparedTrouble = "";
  #said = "";

  override connectedCallback(): void {
    super.connectedCallback();
    const form = findForm("try-rules");
    if (!form) return;
    this.#question = new QuestionForm(form);
    const sender = new Sender<TrialAnswer>(form, this.#refuse);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#ask(form, sender);
    });
    void this.#load(form, sender);
  }

  async #load(form: HTMLFormElement, sender: Sender<TrialAnswer>): Promise<void> {
    this.#reason = "";
    this.requestUpdate();
    try {
      this.#choices = (await get<TrialChoices>("/api/reservations/regles")).data;
    } catch (error) {
      this.#reason = error instanceof NetworkFailure ? OFFLINE : reasonOf(error);
      this.requestUpdate();
      return;
    }
    const { typed, compared } = questionOf(location.search);
    this.#question?.open(this.#choices, typed);
    this.#compared = typedInstant(compared);
    this.requestUpdate();
    if (typed["activity"] && typed["day"]) await this.#ask(form, sender, { quietly: true });
  }

  readonly #refuse = (troubles: readonly Trouble[]): void => {
    const form = this.#question?.form;
    if (!form) return;
    for (const field of fieldsIn(form)) {
      const wrong = troubles.some(({ pointer }) => pointer === field.dataset["pointer"]);
      if (wrong) this.#question?.openPartOf(field);
    }
    showErrors(form, troubles, (field) => this.#question?.openPartOf(field));
  };

  /** `quietly`: the question came with the address, the focus stays where the person is. */
  async #ask(form: HTMLFormElement, sender: Sender<TrialAnswer>, { quietly = false } = {}): Promise<void> {
    clearErrors(form);
    const troubles = troublesIn(fieldsIn(form));
    if (troubles.length > 0) {
      this.#refuse(troubles);
      return;
    }
    const typed = readForm(form);
    const answer = await sender.send(form.querySelector("button[type=submit]"));
    if (!answer) return;
    this.#asked = typed;
    this.#answer = answer;
    this.#toldOf = this.#question?.said ?? [];
    this.#other = null;
    this.#comparedTrouble = "";
    this.#said = "";
    this.#keepAddress();
    this.requestUpdate();
    if (this.#compared && quietly) await this.#compare();
    if (!quietly) await this.focusHeading();
  }

  async #compare(): Promise<void> {
    if (!this.#asked || !this.#compared.trim()) {
      this.#comparedTrouble = "Donnez un jour et une heure, par exemple 30/11/2026 23:59.";
      this.requestUpdate();
      return;
    }
    try {
      this.#other = (await call<TrialAnswer>("POST", PATH, { body: { ...this.#asked, now: this.#compared } })).data;
      this.#comparedTrouble = "";
      this.#keepAddress();
    } catch (error) {
      this.#other = null;
      this.#comparedTrouble = error instanceof ApiProblem ? (error.errors[0]?.detail ?? error.detail) : OFFLINE;
    }
    this.requestUpdate();
  }

  readonly #compareNow = async (event: Event): Promise<void> => {
    event.preventDefault();
    await this.#compare();
    if (this.#other) await this.focusHeading("#comparison-title");
    else this.querySelector<HTMLInputElement>("#trial-compare")?.focus();
  };

  #keepAddress(): void {
    if (!this.#asked || !this.#answer) return;
    history.replaceState(null, "", location.pathname + addressOf(this.#asked, this.#answer.now, this.#other?.now ?? ""));
  }

  readonly #copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(location.href);
      this.#said = "Le lien est copié.";
    } catch {
      this.#said = "Le lien est dans la barre d’adresse du navigateur.";
    }
    this.requestUpdate();
  };

  protected override render(): Piece {
    if (this.#reason) return failure(this.#reason, () => this.#retry());
    if (!this.#choices) return loading("Lecture des règles de la commune…");
    const answer = this.#answer;
    if (!answer) return waitingView();
    const name = this.#choices.activities.find(({ id }) => id === answer.activity)?.name ?? answer.activity;
    return html`${answerView(answer, name, this.#toldOf)} ${this.#sharing()} ${this.#comparing()} ${this.#other ? comparisonView(answer, this.#other) : nothing}`;
  }

  #retry(): void {
    location.reload();
  }

  #sharing(): Piece {
    return html`
      <div class="p-actions">
        <button type="button" class="p-button p-secondary" @click=${this.#copy}>Copier le lien de cette question</button>
        <button type="button" class="p-button p-secondary" @click=${() => print()}>Imprimer</button>
      </div>
      <p role="status">${this.#said}</p>
    `;
  }

  #comparing(): Piece {
    const trouble = this.#comparedTrouble;
    return html`
      <form class="p-compare p-card p-no-print" novalidate @submit=${this.#compareNow}>
        <div class="p-field ${trouble ? "p-invalid" : ""}">
          <label for="trial-compare">Comparer avec un autre instant</label>
          <p class="p-hint" id="trial-compare-hint">Par exemple avant et après le délai.</p>
          <p class="p-error" id="trial-compare-error" ?hidden=${!trouble}>${trouble}</p>
          <input
            id="trial-compare"
            type="text"
            autocomplete="off"
            spellcheck="false"
            maxlength="64"
            aria-describedby="trial-compare-hint trial-compare-error"
            aria-invalid=${trouble ? "true" : nothing}
            .value=${this.#compared}
            @input=${(event: Event) => (this.#compared = (event.target as HTMLInputElement).value)}
          />
        </div>
        <button type="submit" class="p-button p-secondary">Comparer</button>
      </form>
    `;
  }
}
