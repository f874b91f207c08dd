/** French dates, hours and prices, with the spaces that French typography asks for. Instants are shown in Paris time. */

const WEEKDAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"] as const;
const MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"] as const;
const SHORT_MONTHS = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."] as const;
const DAY_MS = 86_400_000;

/** 0 for Monday … 6 for Sunday. */
export const weekdayOf = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
export const weekdayName = (weekday: number): string => WEEKDAYS[weekday] ?? "";
export const monthOf = (day: string): string => day.slice(0, 7);
export const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);

export function dayExists(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

const ordinal = (day: string): string => (day.endsWith("-01") ? "1er" : String(Number(day.slice(8))));
const monthName = (day: string): string => MONTHS[Number(day.slice(5, 7)) - 1] ?? "";

/** « décembre 2026 » */
export const frenchMonth = (month: string): string => `${monthName(month)} ${month.slice(0, 4)}`;
/** « 1er décembre 2026 » */
export const frenchDate = (day: string): string => `${ordinal(day)} ${monthName(day)} ${day.slice(0, 4)}`;
/** « mardi 1er décembre 2026 » */
export const frenchDay = (day: string): string => `${weekdayName(weekdayOf(day))} ${frenchDate(day)}`;
/** « mardi 1er décembre » */
export const frenchDayShort = (day: string): string => `${weekdayName(weekdayOf(day))} ${ordinal(day)} ${monthName(day)}`;

const PARIS = new Intl.DateTimeFormat("en-CA", {
  timeZone: "Europe/Paris",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** The civil day and the hour in Paris of a UTC instant. */
export function inParis(instant: string | Date): { day: string; time: string } {
  const parts = new Map(PARIS.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  return {
    day: `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`,
    time: `${parts.get("hour")}:${parts.get("minute")}`,
  };
}

/** « 21 novembre 2026 à 09:41 » */
export function frenchInstant(instant: string): string {
  const { day, time } = inParis(instant);
  return `${frenchDate(day)} à ${time}`;
}

/** « 9 h », « 13 h 30 »: the hour of a rule; a moment that was recorded is written 09:41. */
function clock(time: string): string {
  const [hours, minutes] = time.split(":");
  return `${Number(hours)} h${minutes === "00" ? "" : ` ${minutes}`}`;
}

/** « lundi 30 novembre à 9 h » */
export function frenchDeadline(instant: string): string {
  const { day, time } = inParis(instant);
  return `${frenchDayShort(day)} à ${clock(time)}`;
}

/** « 30 nov. à 9 h », for a narrow cell. */
export function shortDeadline(instant: string): string {
  const { day, time } = inParis(instant);
  return `${ordinal(day)} ${SHORT_MONTHS[Number(day.slice(5, 7)) - 1] ?? ""} à ${clock(time)}`;
}

/** « 3,40 € », « −1 234,00 € » */
export function frenchPrice(centimes: number): string {
  const euros = Math.floor(Math.abs(centimes) / 100);
  const rest = String(Math.abs(centimes) % 100).padStart(2, "0");
  const grouped = String(euros).replace(/\B(?=(\d{3})+$)/gu, " ");
  return `${centimes < 0 ? "−" : ""}${grouped},${rest} €`;
}

/** « 06 12 34 56 78 » for a French number kept as +33612345678; others stay as they are kept. */
export const frenchPhone = (kept: string): string =>
  /^\+33\d{9}$/u.test(kept) ? `0${kept.slice(3)}`.replace(/\B(?=(\d{2})+$)/gu, " ") : kept;

/** « 1 jour », « 12 jours » */
export const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number < 2 ? one : many}`;

/** « Léo, Emma et Jade » */
export function together(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} et ${words.at(-1)}`;
}

/** « Madame Dupont »; the town writes Mme or M. */
export const politeName = (title: string, usualName: string): string =>
  [title === "Mme" ? "Madame" : title === "M." ? "Monsieur" : title, usualName].filter(Boolean).join(" ");
