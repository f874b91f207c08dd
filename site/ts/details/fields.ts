/** Fields of « Mes coordonnées »: the browser keeps what is typed in them, whatever the page shows again. */
import { html, nothing } from "lit";
import { frenchPhone } from "../french.ts";
import type { Piece } from "../view.ts";
import type { Acts } from "./wire.ts";

export type Line = {
  id: string;
  name: string;
  label: string;
  value: string;
  hint?: string;
  type?: "text" | "tel";
  autocomplete?: string;
  inputmode?: "numeric";
  optional?: boolean;
  pointer?: string;
};

export const lineField = (line: Line): Piece => html`
  <div class="p-field" data-pointer=${line.pointer ?? `/${line.name}`}>
    <label for=${line.id}>${line.label}${line.optional ? html` <span class="p-optional">(facultatif)</span>` : nothing}</label>
    ${line.hint ? html`<p class="p-hint" id="${line.id}-hint">${line.hint}</p>` : nothing}
    <p class="p-error" id="${line.id}-error" hidden></p>
    <input id=${line.id} name=${line.name} type=${line.type ?? "text"} value=${line.value} maxlength="100"
      autocomplete=${line.autocomplete ?? "off"} inputmode=${line.inputmode ?? nothing}
      aria-describedby=${line.hint ? `${line.id}-hint` : nothing} />
  </div>
`;

/** As many lines as are used, and one more while there is room. */
export const phoneFields = (prefix: string, known: readonly string[], own: boolean, most = 3): Piece => html`
  ${Array.from({ length: Math.min(most, Math.max(2, known.length + 1)) }, (_, rank) => lineField({
    id: `${prefix}-phone-${rank}`,
    name: "phones",
    pointer: `/phones/${rank}`,
    label: rank === 0 ? "Téléphone" : rank === 1 ? "Deuxième téléphone" : "Troisième téléphone",
    value: frenchPhone(known[rank] ?? ""),
    type: "tel",
    optional: rank > 0,
    ...(rank === 0 ? { hint: "Par exemple 06 12 34 56 78 ou +33 6 12 34 56 78." } : {}),
    ...(own && rank === 0 ? { autocomplete: "tel" } : {}),
  }))}
`;

export const phonesIn = (form: HTMLFormElement): string[] => new FormData(form).getAll("phones").map(String);
export const textIn = (form: HTMLFormElement, name: string): string => String(new FormData(form).get(name) ?? "").trim();

export const summary = (): Piece => html`
  <div class="p-error-summary" role="alert" tabindex="-1" hidden>
    <h3>Il y a un problème</h3>
    <ul></ul>
  </div>
`;

/** What became of this form: kept, refused, or changed by somebody else meanwhile. */
export const outcomeOf = (name: string, act: Acts): Piece => html`
  <p role="status" class="p-said">${act.outcome.name === name ? act.outcome.said : ""}</p>
  <div role="alert">${act.outcome.name === name && act.outcome.trouble ? html`
    <p class="p-banner p-warn">${act.outcome.trouble}</p>
    ${act.outcome.version ? differences(act) : nothing}` : nothing}
  </div>
`;

const differences = ({ outcome, reload }: Acts): Piece => html`
  ${outcome.differences.length === 0 ? nothing : html`
    <div class="p-table-box">
      <table class="p-table">
        <caption>Ce qui diffère</caption>
        <thead><tr><td></td><th scope="col">Votre saisie</th><th scope="col">Enregistré maintenant</th></tr></thead>
        <tbody>${outcome.differences.map(({ label, yours, current }) => html`
          <tr><th scope="row">${label}</th><td>${inFrench(yours)}</td><td>${inFrench(current)}</td></tr>`)}
        </tbody>
      </table>
    </div>`}
  <p>Votre saisie est toujours dans le formulaire : envoyez-la de nouveau pour la garder, ou
    <button type="button" class="p-button p-quiet p-small" @click=${reload}>reprendre ce qui est enregistré</button></p>
`;

const inFrench = (text: string): string => text.replace(/\+33\d{9}/gu, frenchPhone) || "rien";
