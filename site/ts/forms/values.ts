/** Pure: what was typed, as the JSON body that the town expects. */
import { dayExists } from "../french.ts";

export type Values = { [key: string]: string | boolean | null | Values };

/** Places a value by its dotted name: "identity.usual_name" -> { identity: { usual_name } }. */
export function place(values: Values, name: string, value: string | boolean | null): void {
  const parts = name.split(".");
  const last = parts.pop() ?? name;
  let inner = values;
  for (const part of parts) {
    const next = inner[part];
    inner = typeof next === "object" && next !== null ? next : ((inner[part] = {}) as Values);
  }
  inner[last] = value;
}

export type TypedDate = { day: string; month: string; year: string };

/** "YYYY-MM-DD", null when nothing was typed, and what was typed as it is when it is no date (the town says why). */
export function dateValue({ day, month, year }: TypedDate): string | null {
  const [d, m, y] = [day.trim(), month.trim(), year.trim()];
  if (!d && !m && !y) return null;
  const numeric = [d, m, y].every((part) => /^\d+$/u.test(part));
  return numeric ? `${y.padStart(4, "0")}-${m.padStart(2, "0")}-${d.padStart(2, "0")}` : [y, m, d].join("-");
}

export function isRealDate(typed: TypedDate): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(dateValue(typed) ?? "");
  return match !== null && Number(match[1]) >= 1000 && dayExists(Number(match[1]), Number(match[2]), Number(match[3]));
}

export type Rules = { required: boolean; maxLength: number | null; minLength: number | null; pattern: string | null; message: string };

/** The French sentence to show, or null when the text is acceptable. The town checks again in any case. */
export function textProblem(text: string, rules: Rules): string | null {
  if (!text.trim()) return rules.required ? rules.message : null;
  const length = [...text].length;
  if (rules.maxLength !== null && length > rules.maxLength) {
    return `Ce texte est trop long : ${rules.maxLength} caractères au plus.`;
  }
  if (rules.minLength !== null && length < rules.minLength) return rules.message;
  return rules.pattern === null || matches(text, rules.pattern) ? null : rules.message;
}

/** The pattern comes from the town's schema; one that this browser cannot read is left to the town. */
function matches(text: string, pattern: string): boolean {
  for (const flags of ["u", ""]) {
    try {
      return new RegExp(pattern, flags).test(text);
    } catch {
      continue;
    }
  }
  return true;
}
