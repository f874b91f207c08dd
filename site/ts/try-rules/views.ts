/** The answer of the town, under headings, with the line of time of the day and the reckoning of the price. */
import { html, nothing } from "lit";
import { frenchDay, frenchInstant, frenchPrice } from "../french.ts";
import type { Piece } from "../view.ts";
import { differencesOf, type Difference } from "./compare.ts";
import { firstSpan, momentsOf, type Moment, type Span } from "./moments.ts";
import type { TrialAnswer, TrialPrice, TrialWindow, TrialWords } from "./wire.ts";

export const waitingView = (): Piece => html`
  <div class="p-empty">
    <h2>La réponse s’affichera ici</h2>
    <p>Ce que vous ne précisez pas n’est pas examiné : sans école, aucune condition d’école ne refuse l’enfant.</p>
    <p>
      L’adresse de la page gardera la question, pour l’envoyer à un collègue. Elle ne contiendra ni la date de naissance, ni le quotient,
      ni les ressources, ni ce qui concerne les autres enfants, les documents ou la santé.
    </p>
  </div>
`;

export const answerView = (answer: TrialAnswer, name: string, said: readonly string[]): Piece => html`
  <section class="p-trial" aria-labelledby="trial-title">
    <h2 id="trial-title">${name}, ${frenchDay(answer.day)}</h2>
    <p class="p-muted">Pour une demande faite le ${frenchInstant(answer.now)}, à l’heure de Paris.${said.length === 0 ? nothing : html` ${said.join(" ; ")}.`}</p>
    ${verdicts(answer)} ${answer.words.map((words) => wordsView(answer, words))}
    <p class="p-muted p-trial-hash">Empreinte des règles : <code>${answer.rules_hash.slice(0, 12)}</code></p>
  </section>
`;

function verdicts(answer: TrialAnswer): Piece {
  if (!answer.open) return html`<ul class="p-verdicts"><li><span class="p-tag">Fermé ce jour-là</span></li></ul>`;
  return html`
    <ul class="p-verdicts">
      <li>${verdict("Réserver", answer.booking)}</li>
      <li>${verdict("Annuler", answer.cancelling)}</li>
      ${answer.price ? html`<li><span class="p-tag">Prix : <span class="p-money">${frenchPrice(answer.price.centimes)}</span></span></li>` : nothing}
    </ul>
  `;
}

function verdict(what: string, window: TrialWindow): Piece {
  const { look, words } = verdictOf(window);
  return html`<span class="p-tag ${look}">${what} : ${words}</span>`;
}

function verdictOf({ allowed, late, after }: TrialWindow): { look: string; words: string } {
  if (allowed) return late ? { look: "p-late", words: "possible, hors délai" } : { look: "p-ok", words: "possible" };
  return late && after === "late_request" ? { look: "p-late", words: "à demander au service" } : { look: "", words: "impossible" };
}

const wordsView = (answer: TrialAnswer, { about, title, sentences }: TrialWords): Piece => html`
  <h3>${title}</h3>
  ${about === "booking" ? timeline(answer, answer.booking, "Réserver") : about === "cancelling" ? timeline(answer, answer.cancelling, "Annuler") : nothing}
  ${sentences.map((sentence) => html`<p>${sentence}</p>`)} ${about === "price" && answer.price ? priceTable(answer.price) : nothing}
`;

const SPANS: Readonly<Record<Span, string>> = {
  before: "Pas encore ouvert",
  open: "Dans les temps",
  late: "Hors délai, encore possible",
  asked: "À demander au service",
  over: "Plus possible",
};

/** A list in the order of time: the drawing is its style, so that there is one thing to read. */
function timeline(answer: TrialAnswer, window: TrialWindow, what: string): Piece {
  const moments = momentsOf(answer, window);
  if (moments.length === 0) return nothing;
  return html`
    <ol class="p-moments" aria-label="${what}, dans l’ordre du temps">
      <li class="p-moment" data-then=${firstSpan(window)} data-kind="start"><span class="p-moment-then">${SPANS[firstSpan(window)]}</span></li>
      ${moments.map((moment, rank) => momentView(moment, moments[rank + 1]))}
    </ol>
  `;
}

/** What comes after a moment is said once, where it changes. */
const momentView = (moment: Moment, next: Moment | undefined): Piece => html`
  <li class="p-moment" data-kind=${moment.kind} data-then=${moment.then}>
    <strong>${moment.title}</strong> <span>${moment.when}</span>
    ${moment.kind === "now" || moment.kind === "day" || next?.kind === "day" && moment.then === "over" ? nothing : html`<span class="p-moment-then">${SPANS[moment.then]}</span>`}
  </li>
`;

const priceTable = ({ trace }: TrialPrice): Piece => html`
  <div class="p-table-box">
    <table class="p-lines p-reckoning">
      <caption>
        Pourquoi ce prix ?
      </caption>
      <thead>
        <tr><th scope="col">Étape</th><th scope="col">Valeur</th></tr>
      </thead>
      <tbody>
        ${trace.map(({ step, value }) => html`<tr><th scope="row">${step}</th><td>${value}</td></tr>`)}
      </tbody>
    </table>
  </div>
`;

export function comparisonView(answer: TrialAnswer, other: TrialAnswer): Piece {
  const found = differencesOf(answer, other);
  return html`
    <section class="p-comparison" aria-labelledby="comparison-title">
      <h2 id="comparison-title">Ce qui change à un autre instant</h2>
      ${found.length === 0
        ? html`<p>Rien ne change entre le ${frenchInstant(answer.now)} et le ${frenchInstant(other.now)}.</p>`
        : html`${found.map((each) => differenceView(each, answer, other))}<p class="p-muted">Le reste de la réponse ne change pas.</p>`}
    </section>
  `;
}

const differenceView = ({ title, one, other }: Difference, answer: TrialAnswer, compared: TrialAnswer): Piece => html`
  <h3>${title}</h3>
  <div class="p-sides">${side(answer, one)} ${side(compared, other)}</div>
`;

const side = ({ now }: TrialAnswer, sentences: readonly string[]): Piece => html`
  <div class="p-card">
    <h4>Le ${frenchInstant(now)}</h4>
    ${sentences.length === 0 ? html`<p>Rien à dire.</p>` : sentences.map((sentence) => html`<p>${sentence}</p>`)}
  </div>
`;
