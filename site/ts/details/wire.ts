/** What « Mes coordonnées » receives. Telephones are in E.164. */
import type { Address, FoyerChoice } from "../wire.ts";

export type AddressRequest = {
  request_id: string;
  status: "open" | "accepted" | "refused" | "withdrawn";
  at: string;
  address: Address;
  together: boolean;
  decided_at: string | null;
  reason: string;
};
export type Contact = {
  person_id: string;
  usual_name: string;
  given_name: string;
  relationship: string;
  phones: string[];
  may_collect: boolean;
  version: number;
};
export type Details = {
  foyer_id: string;
  reference: string;
  email: string;
  me: {
    title: string;
    usual_name: string;
    given_names: string[];
    birth_name: string;
    birth_date: string | null;
    birth_town: string;
    relationship: string;
    phones: string[];
    version: number;
  };
  address: {
    address: Address | null;
    at_home: boolean;
    companions: string[];
    approval: boolean;
    documents: string[];
    request: AddressRequest | null;
    version: string;
  };
  contacts: Contact[];
  most_contacts: number;
  removal: boolean;
  service: { name: string; phone: string; email: string };
  foyers: FoyerChoice[];
};

/** One answer that differs from what was kept meanwhile. */
export type Difference = { label: string; yours: string; current: string };
/** What happened to the last form sent; `name` is the form's. */
export type Outcome = { name: string; said: string; trouble: string; differences: readonly Difference[]; version: string };

export const NOTHING: Outcome = { name: "", said: "", trouble: "", differences: [], version: "" };

/** What the views may ask of the page. */
export type Acts = {
  outcome: Outcome;
  sending: boolean;
  open: string;
  /** Grows when what was typed has been kept: the forms are then made anew. */
  generation: number;
  show: (name: string) => void;
  save: (name: string, form: HTMLFormElement) => void;
  reload: () => void;
};
