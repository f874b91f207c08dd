/** What the town answers about its rules: see docs/regles.md. Instants are UTC; `_paris` on the clock of Paris. */

export type SlotChoice = { id: string; name: string; start: string; end: string };
export type SessionChoice = { id: string; name: string; first: string; last: string };
export type TrialActivity = {
  id: string;
  name: string;
  first: string;
  last: string;
  unit: string;
  slots: SlotChoice[];
  sessions: SessionChoice[];
  free_hours: { step: number; least: number; most: number } | null;
  documents: string[];
};
export type TrialSchool = { id: string; name: string; levels: string[] };
export type Named = { id: string; name: string };
export type TrialChoices = {
  now: string;
  activities: TrialActivity[];
  schools: TrialSchool[];
  levels: string[];
  documents: Named[];
  rules_hash: string;
};

export type TrialWindow = {
  allowed: boolean;
  until: string | null;
  until_paris: string | null;
  late: boolean;
  after: string;
  final: string | null;
  final_paris: string | null;
  opens?: string | null;
  opens_paris?: string | null;
};
export type TrialPrice = { centimes: number; trace: { step: string; value: string }[] };
export type TrialWords = { about: string; title: string; sentences: string[] };
export type TrialAnswer = {
  activity: string;
  day: string;
  now: string;
  open: boolean;
  start: string;
  end: string;
  booking: TrialWindow;
  cancelling: TrialWindow;
  eligible: boolean;
  price: TrialPrice | null;
  rules_hash: string;
  words: TrialWords[];
};
