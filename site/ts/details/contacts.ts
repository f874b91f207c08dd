/** « Entourage »: whom to call, who may collect the children. */
import { html, nothing } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { frenchPhone } from "../french.ts";
import type { Piece } from "../view.ts";
import { lineField, outcomeOf, phoneFields, summary } from "./fields.ts";
import { callable } from "./own.ts";
import type { Acts, Contact, Details } from "./wire.ts";

const NEW = "contact:";
export const nameOf = (contact: Contact): string => [contact.given_name, contact.usual_name].filter(Boolean).join(" ");

export const contactsView = (known: Details, act: Acts): Piece => html`
  <section>
    <h2 id="contacts">Entourage</h2>
    <p>Les personnes à appeler, et celles qui peuvent venir chercher les enfants. Tous les responsables du dossier les voient et peuvent les changer ; chacun en est averti par e-mail.</p>
    ${known.contacts.length === 0 ? html`<p class="p-empty">Personne pour le moment.</p>` : html`
      <ul class="p-list p-contacts">${known.contacts.map((contact) => item(contact, known, act))}</ul>`}
    ${outcomeOf("contacts", act)}
    ${act.open === NEW ? contactForm(null, act) : known.contacts.length >= known.most_contacts
      ? html`<p class="p-muted">${known.most_contacts} personnes au plus.</p>`
      : html`<div class="p-actions"><button type="button" class="p-button p-secondary" @click=${() => act.show(NEW)}>Ajouter une personne</button></div>`}
    ${known.removal ? nothing : html`<p class="p-muted">Pour retirer une personne, demandez au service : ${callable(known.service)}.</p>`}
  </section>
`;

const item = (contact: Contact, known: Details, act: Acts): Piece => {
  const edits = `${NEW}${contact.person_id}`;
  const removes = `remove:${contact.person_id}`;
  if (act.open === edits) return html`<li>${contactForm(contact, act)}</li>`;
  return html`
    <li>
      <span>
        <strong>${nameOf(contact)}</strong>${contact.relationship ? `, ${contact.relationship}` : ""}<br />
        ${contact.phones.map((phone) => html`<a href=${`tel:${phone}`}>${frenchPhone(phone)}</a> `)}<br />
        <span class=${contact.may_collect ? "p-tag p-ok" : "p-tag"}>${contact.may_collect ? "Peut venir chercher les enfants" : "À appeler seulement"}</span>
      </span>
      ${act.open === removes ? removal(contact, act) : html`
        <span class="p-actions">
          <button type="button" class="p-button p-secondary p-small" @click=${() => act.show(edits)}>Modifier<span class="p-visually-hidden"> ${nameOf(contact)}</span></button>
          ${known.removal ? html`
            <button type="button" class="p-button p-quiet p-small" @click=${() => act.show(removes)}>Retirer<span class="p-visually-hidden"> ${nameOf(contact)}</span></button>` : nothing}
        </span>`}
    </li>
  `;
};

const removal = (contact: Contact, act: Acts): Piece => {
  const name = `remove:${contact.person_id}`;
  return html`
    <form data-opened @submit=${(event: SubmitEvent) => { event.preventDefault(); act.save(name, event.currentTarget as HTMLFormElement); }}>
      <p>Retirer ${nameOf(contact)} de l’entourage ?</p>
      ${outcomeOf(name, act)}
      <div class="p-actions">
        <button type="button" class="p-button p-secondary p-small" @click=${() => act.show("")}>Garder</button>
        <button type="submit" class="p-button p-danger p-small" ?disabled=${act.sending}>Retirer</button>
      </div>
    </form>
  `;
};

const contactForm = (contact: Contact | null, act: Acts): Piece => {
  const name = `${NEW}${contact?.person_id ?? ""}`;
  return html`${keyed(`${name}${act.generation}`, html`
    <form class="p-form" data-opened novalidate @submit=${(event: SubmitEvent) => { event.preventDefault(); act.save(name, event.currentTarget as HTMLFormElement); }}>
      ${summary()}
      <h3>${contact ? `Modifier ${nameOf(contact)}` : "Ajouter une personne"}</h3>
      ${lineField({ id: "contact-given-name", name: "given_name", label: "Prénom", value: contact?.given_name ?? "" })}
      ${lineField({ id: "contact-usual-name", name: "usual_name", label: "Nom", value: contact?.usual_name ?? "" })}
      ${lineField({ id: "contact-relationship", name: "relationship", label: "Lien avec les enfants", value: contact?.relationship ?? "", optional: true, hint: "Grand-mère, voisin…" })}
      ${phoneFields("contact", contact?.phones ?? [], false)}
      <div class="p-field" data-pointer="/may_collect">
        <label class="p-check"><input type="checkbox" name="may_collect" value="oui" ?checked=${contact?.may_collect ?? false} /> <span>Peut venir chercher les enfants</span></label>
        <p class="p-error" id="may-collect-error" hidden></p>
      </div>
      ${outcomeOf(name, act)}
      <div class="p-actions">
        <button type="button" class="p-button p-secondary" @click=${() => act.show("")}>Ne rien changer</button>
        <button type="submit" class="p-button" ?disabled=${act.sending}>${contact ? "Enregistrer" : "Ajouter à l’entourage"}</button>
      </div>
    </form>`)}`;
};
