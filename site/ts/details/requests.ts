/** What each form of « Mes coordonnées » sends, and what is said once the town has it. */
import type { FieldError } from "../api.ts";
import { phonesIn, textIn } from "./fields.ts";
import type { Details } from "./wire.ts";

export type Sending = { path: string; body: Record<string, unknown>; version: string; said: string; place: string };

const PATH = "/api/family/details";

/** Of a form's answers, those that can be seen to be missing before anything is sent. */
export const missing = (name: string, form: HTMLFormElement): FieldError[] =>
  name === "address" && form.elements.namedItem("together") && !textIn(form, "together")
    ? [{ pointer: "/together", detail: "Dites qui déménage." }]
    : [];

export function sendingOf(name: string, form: HTMLFormElement, known: Details): Sending {
  const foyer = known.foyer_id;
  if (name === "own") {
    const body = { foyer, title: textIn(form, "title"), phones: phonesIn(form) };
    return { path: PATH, body, version: String(known.me.version), said: "Vos téléphones et votre civilité sont enregistrés.", place: "own" };
  }
  if (name === "withdraw") {
    const path = `${PATH}/address/requests/${known.address.request?.request_id ?? ""}/withdraw`;
    return { path, body: { foyer }, version: "", said: "Votre demande est annulée : votre adresse ne change pas.", place: "address" };
  }
  return name === "address" ? addressSending(form, known) : contactSending(name, form, known);
}

function addressSending(form: HTMLFormElement, known: Details): Sending {
  const [line1, line2, postcode, town] = ["line1", "line2", "postcode", "town"].map((name) => textIn(form, name));
  const together = textIn(form, "together") !== "non";
  return {
    path: `${PATH}/address`,
    body: { foyer: known.foyer_id, line1, line2, postcode, town, together },
    version: known.address.version,
    said: "",
    place: "address",
  };
}

function contactSending(name: string, form: HTMLFormElement, known: Details): Sending {
  const [verb, id = ""] = name.split(":");
  const version = String(known.contacts.find(({ person_id }) => person_id === id)?.version ?? "");
  const path = id ? `${PATH}/contacts/${id}` : `${PATH}/contacts`;
  if (verb === "remove") {
    const body = { foyer: known.foyer_id };
    return { path: `${path}/remove`, body, version, said: "Cette personne est retirée de l’entourage.", place: "contacts" };
  }
  const body = {
    foyer: known.foyer_id,
    usual_name: textIn(form, "usual_name"),
    given_name: textIn(form, "given_name"),
    relationship: textIn(form, "relationship"),
    phones: phonesIn(form),
    may_collect: textIn(form, "may_collect") === "oui",
  };
  return { path, body, version, said: "L’entourage est enregistré.", place: "contacts" };
}

/** Applied at once, or asked of an agent: what the answer shows. */
export const saidOfAddress = (known: Details): string =>
  known.address.request?.status === "open" ? "Votre demande est envoyée au service." : "Votre nouvelle adresse est enregistrée.";
