/** « Mon adresse postale »: the one in force, the one asked for, another one. */
import { html, nothing } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { frenchInstant, together } from "../french.ts";
import type { Piece } from "../view.ts";
import type { Address } from "../wire.ts";
import { lineField, outcomeOf, summary } from "./fields.ts";
import { callable } from "./own.ts";
import type { Acts, AddressRequest, Details } from "./wire.ts";

export const addressLines = (address: Address): Piece =>
  html`${address.line1}${address.line2 ? html`<br />${address.line2}` : nothing}<br />${address.postcode} ${address.town}`;

export const addressView = (known: Details, act: Acts): Piece => {
  const { address, companions, request } = known.address;
  const waiting = request?.status === "open";
  return html`
    <section>
      <h2 id="address">Mon adresse postale</h2>
      ${address ? html`<address class="p-address">${addressLines(address)}</address>` : html`<p>Elle n’est pas connue de la mairie.</p>`}
      ${companions.length > 0 ? html`<p class="p-muted">C’est aussi l’adresse de ${together(companions)}.</p>` : nothing}
      ${request ? requestView(request, act) : nothing}
      ${outcomeOf("withdraw", act)}
      ${outcomeOf(waiting || act.open !== "address" ? "address" : "", act)}
      ${waiting ? nothing : act.open === "address" ? form(known, act) : html`
        <div class="p-actions"><button type="button" class="p-button p-secondary" @click=${() => act.show("address")}>Changer d’adresse</button></div>`}
    </section>
  `;
};

const requestView = (request: AddressRequest, act: Acts): Piece => {
  if (request.status === "open") {
    return html`
      <div class="p-banner p-warn">
        <p><strong>En attente d’instruction depuis le ${frenchInstant(request.at)}.</strong> D’ici la réponse, l’adresse ci-dessus reste celle du dossier.</p>
        <p>Adresse demandée${request.together ? " pour toute la famille" : ""} :<br />${addressLines(request.address)}</p>
        <form @submit=${(event: SubmitEvent) => { event.preventDefault(); act.save("withdraw", event.currentTarget as HTMLFormElement); }}>
          <div class="p-actions"><button type="submit" class="p-button p-secondary p-small" ?disabled=${act.sending}>Annuler ma demande</button></div>
        </form>
      </div>
    `;
  }
  if (request.status !== "refused") return nothing;
  return html`
    <div class="p-banner p-warn">
      <p><strong>Votre demande du ${frenchInstant(request.at)} a été refusée.</strong> Motif : ${request.reason}</p>
    </div>
  `;
};

const form = (known: Details, act: Acts): Piece => keyedForm(act, html`
  <form class="p-form" data-opened novalidate @submit=${(event: SubmitEvent) => { event.preventDefault(); act.save("address", event.currentTarget as HTMLFormElement); }}>
    ${summary()}
    <h3>Ma nouvelle adresse</h3>
    ${known.address.approval ? html`
      <p>${known.service.name} vérifie chaque changement d’adresse avant qu’il compte.
        ${known.address.documents.length > 0 ? html`À lui montrer ou à lui envoyer : ${together(known.address.documents)}.` : nothing}</p>` : html`
      <p>Elle est enregistrée aussitôt. Si votre foyer entre dans la commune ou en sort, un agent la vérifie d’abord : les prix en dépendent.</p>`}
    ${known.address.companions.length > 0 ? whoMoves(known.address.companions) : nothing}
    ${lineField({ id: "address-line1", name: "line1", label: "Numéro et voie", value: "", autocomplete: "address-line1" })}
    ${lineField({ id: "address-line2", name: "line2", label: "Complément d’adresse", value: "", autocomplete: "address-line2", optional: true, hint: "Bâtiment, étage, résidence." })}
    ${lineField({ id: "address-postcode", name: "postcode", label: "Code postal", value: "", autocomplete: "postal-code", inputmode: "numeric" })}
    ${lineField({ id: "address-town", name: "town", label: "Commune", value: "", autocomplete: "address-level2" })}
    <p class="p-hint">Vous partez à l’étranger ? Appelez le service : ${callable(known.service)}.</p>
    ${outcomeOf("address", act)}
    <div class="p-actions">
      <button type="button" class="p-button p-secondary" @click=${() => act.show("")}>Ne rien changer</button>
      <button type="submit" class="p-button" ?disabled=${act.sending}>${known.address.approval ? "Envoyer ma demande" : "Enregistrer mon adresse"}</button>
    </div>
  </form>
`);

const keyedForm = (act: Acts, piece: Piece): Piece => html`${keyed(act.generation, piece)}`;

const whoMoves = (companions: readonly string[]): Piece => html`
  <fieldset class="p-field p-radios" data-pointer="/together">
    <legend>Qui déménage ?</legend>
    <p class="p-hint" id="together-hint">Si vous déménagez sans ${together(companions)}, l’adresse du foyer ne change pas, et la vôtre n’est montrée à personne d’autre.</p>
    <p class="p-error" id="together-error" hidden></p>
    <div class="p-radios-list">
      <label class="p-radio"><input type="radio" name="together" value="oui" /> <span>Toute la famille</span></label>
      <label class="p-radio"><input type="radio" name="together" value="non" /> <span>Moi seulement</span></label>
    </div>
  </fieldset>
`;
