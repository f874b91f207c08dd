/** « Mon identité et mes téléphones ». */
import { html, nothing } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { frenchDate } from "../french.ts";
import type { Piece } from "../view.ts";
import { outcomeOf, phoneFields, summary } from "./fields.ts";
import type { Acts, Details } from "./wire.ts";

const fact = (label: string, value: string): Piece => (value ? html`<dt>${label}</dt><dd>${value}</dd>` : nothing);

export const ownView = ({ me, email, reference, service }: Details, act: Acts): Piece => html`
  <section>
    <h2 id="own">Mon identité et mes téléphones</h2>
    <dl class="p-facts">
      ${fact("Nom d’usage", me.usual_name)} ${fact("Nom de naissance", me.birth_name)} ${fact("Prénoms", me.given_names.join(", "))}
      ${fact("Naissance", [me.birth_date ? `le ${frenchDate(me.birth_date)}` : "", me.birth_town ? `à ${me.birth_town}` : ""].filter(Boolean).join(" "))}
      ${fact("Lien avec les enfants", me.relationship)} ${fact("Dossier famille", reference)}
      <dt>E-mail</dt><dd>${email} – <a href="/identifiants/">changer d’e-mail ou de mot de passe</a></dd>
    </dl>
    <p class="p-muted">Le nom, les prénoms et la naissance ne changent qu’auprès du service : ${callable(service)}.</p>
    ${keyed(act.generation, html`
      <form class="p-form" novalidate @submit=${(event: SubmitEvent) => { event.preventDefault(); act.save("own", event.currentTarget as HTMLFormElement); }}>
        ${summary()}
        <fieldset class="p-field p-radios" data-pointer="/title">
          <legend>Civilité</legend>
          <p class="p-error" id="title-error" hidden></p>
          <div class="p-radios-list">
            ${title("Mme", "Madame", me.title)} ${title("M.", "Monsieur", me.title)}
          </div>
        </fieldset>
        ${phoneFields("own", me.phones, true)}
        ${outcomeOf("own", act)}
        <div class="p-actions"><button type="submit" class="p-button" ?disabled=${act.sending}>Enregistrer mes téléphones</button></div>
      </form>`)}
  </section>
`;

const title = (value: string, label: string, known: string): Piece => html`
  <label class="p-radio"><input type="radio" name="title" value=${value} ?checked=${known === value} /> <span>${label}</span></label>
`;

export const callable = ({ name, phone, email }: Details["service"]): Piece => html`${name}${phone
  ? html`, <a href=${`tel:${phone.replaceAll(" ", "")}`}>${phone}</a>`
  : nothing}${!phone && email ? html`, <a href=${`mailto:${email}`}>${email}</a>` : nothing}`;
