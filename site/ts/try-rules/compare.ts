/** Pure: what differs between two answers to one question. */
import type { TrialAnswer, TrialWords } from "./wire.ts";

/** Only the sentences that the other answer does not say under the same heading. */
export type Difference = { about: string; title: string; one: readonly string[]; other: readonly string[] };

/** In the order of the headings of the first, then of those that it does not have. */
export function differencesOf(one: TrialAnswer, other: TrialAnswer): Difference[] {
  const headings = new Map<string, string>([...one.words, ...other.words].map(({ about, title }) => [about, title]));
  return [...headings]
    .map(([about, title]) => difference(about, title, said(one.words, about), said(other.words, about)))
    .filter((each) => each.one.length + each.other.length > 0);
}

const difference = (about: string, title: string, one: readonly string[], other: readonly string[]): Difference => ({
  about,
  title,
  one: one.filter((sentence) => !other.includes(sentence)),
  other: other.filter((sentence) => !one.includes(sentence)),
});

const said = (words: readonly TrialWords[], about: string): readonly string[] => words.find((each) => each.about === about)?.sentences ?? [];
