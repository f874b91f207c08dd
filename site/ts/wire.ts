/** What the town's functions answer. Money is in centimes, instants are UTC ISO, days are YYYY-MM-DD. */

export type SignedIn = { given_name: string; usual_name: string; title: string; previous_sign_in: string | null; has_foyer: boolean };

export type Address = { line1: string; line2: string | null; postcode: string; town: string };
export type Guardian = { person_id: string; given_name: string; usual_name: string; is_me: boolean; has_account: boolean; can_invite: boolean; invited_at: string | null };
export type DashboardChild = {
  person_id: string;
  given_name: string;
  usual_name: string;
  birth_date: string | null;
  school: { id: string; name: string } | null;
  level: string | null;
  next: { day: string; activity: string; activity_name: string } | null;
};
export type NextBooking = {
  day: string;
  child_id: string;
  given_name: string;
  activity: string;
  activity_name: string;
  status: string;
  price_centimes: number | null;
};
export type LastRequest = { label: string; status: "open" | "accepted" | "refused" | "withdrawn"; at: string; decided_at: string | null; reason: string; path: string };
export type Dashboard = {
  account: { title: string; given_name: string; usual_name: string; email: string; previous_sign_in: string | null };
  foyer: {
    foyer_id: string;
    reference: string;
    address: Address | null;
    version: number | string;
    phones?: string[];
    address_asked_at?: string | null;
  } | null;
  guardians: Guardian[];
  children: DashboardChild[];
  next_bookings: NextBooking[];
  last_requests: LastRequest[];
  foyers?: FoyerChoice[];
  welcome: { dated: string; title: string; text: string } | null;
};

export type OpenDevice = { session_id: string; name: string; opened_at: string; current: boolean };
/** `failing_since`: since when the town’s letters come back from this address; null while they arrive. */
export type MailState = { email: string; failing_since: string | null };
export type Credentials = { username: string; email: string; devices: OpenDevice[] };

export type Passkey = { passkey_id: string; name: string; created_at: string; last_used_at: string | null; synced: boolean; version: number };
/** Who FranceConnect says came back. `birth_date` is "" when it is not whole. */
export type Identity = {
  title: string;
  family_name: string;
  usual_name: string;
  given_names: string[];
  birth_date: string;
  email: string;
  to_link: boolean;
};

export type NewsService = { id: string; name: string; chosen: boolean };
export type Preferences = {
  invoice: "paper" | "electronic";
  deadline_reminders: boolean;
  gap_alerts: boolean;
  news: NewsService[];
  email: string;
  version: number;
};

export type ActivityChoice = { id: string; name: string };
export type ChildChoice = { person_id: string; given_name: string };
/** One of several families of a person; none are listed to who has one. */
export type FoyerChoice = { foyer_id: string; reference: string; children: string[]; shown: boolean };
export type Choices = { activities: ActivityChoice[]; children: ChildChoice[]; foyers?: FoyerChoice[] };

/** `until` is the last instant in time; `after` says what happens to an action done later. */
export type Window = {
  allowed: boolean;
  until: string | null;
  late: boolean;
  after: string;
  opens: string | null;
  lenient: string;
  /** Until when it stays possible once late, null when it does not. */
  final: string | null;
};
/** A day « awaiting » has its place; an agent must accept it, and it is owed from then on. */
export type DayState = "free" | "booked" | "awaiting";
export type Day = {
  day: string;
  open: boolean;
  closed_reason: string | null;
  state: DayState;
  price_centimes: number | null;
  surcharge: boolean;
  booking: Window;
  cancelling: Window;
  places_left: number | null;
  /** What else there is to know of this day, in words. */
  note?: string | null;
  /** Why an open day cannot be booked here, when it is neither its deadline nor the child. */
  refusal?: string | null;
  /** The other days that are booked and cancelled with this one. */
  together?: string[];
  /** Added on arrival, by the town's clock: the day is over. */
  past?: boolean;
};
export type Contact = { name: string; phone: string | null; email: string | null };
export type ChildMonth = {
  child_id: string;
  given_name: string;
  eligible: boolean;
  ineligible_reason: string | null;
  contact: Contact | null;
  days: Day[];
  /** Days of the months next to this one that are booked together with days of it. */
  beside?: Day[];
};
export type Calendar = {
  month: string;
  activity: { id: string; name: string; start: string | null; end: string | null; unit?: string; approval?: boolean; notice?: string | null };
  now: string;
  rules_hash: string;
  version: string | number;
  children: ChildMonth[];
};

export type ChangesOfChild = { child_id: string; book: string[]; cancel: string[] };
export type Changes = {
  month: string;
  activity: string;
  rules_hash: string;
  expected_total_centimes: number;
  children: ChangesOfChild[];
};
export type ReceiptChild = {
  child_id: string;
  given_name: string;
  booked: { day: string; price_centimes: number; cancel_until: string | null; state?: string }[];
  cancelled: { day: string; price_centimes: number }[];
};
export type Receipt = {
  receipt_number: string;
  recorded_at: string;
  total_centimes: number;
  version: string | number;
  children: ReceiptChild[];
};

export type AgendaEntry = {
  day: string;
  child_id: string;
  given_name: string;
  activity: string;
  activity_name: string;
  start: string | null;
  end: string | null;
  status: string;
  price_centimes: number | null;
  cancel_until: string | null;
};
export type Agenda = { generated_at: string; children: { child_id: string; given_name: string }[]; entries: AgendaEntry[]; foyers?: FoyerChoice[] };
