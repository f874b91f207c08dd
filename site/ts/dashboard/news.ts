/** « Mes actualités »: of the news that the page holds, the newest of the services that the person chose to follow. */
import { get } from "../api.ts";
import type { Preferences } from "../wire.ts";

const MOST = 3;

/** The places in the list of what is shown; null when nothing was chosen: the newest then stay, whoever tells them. */
export function mine(services: readonly string[], chosen: ReadonlySet<string>): readonly number[] | null {
  if (chosen.size === 0) return null;
  return [...services.keys()].filter((place) => chosen.has(services[place] ?? "")).slice(0, MOST);
}

/** Without the network the newest stay: they are on the page. */
export async function showMyNews(section: HTMLElement | null): Promise<void> {
  if (!section) return;
  let chosen: ReadonlySet<string>;
  try {
    const { news } = (await get<Preferences>("/api/accounts/preferences")).data;
    chosen = new Set(news.filter((service) => service.chosen).map(({ id }) => id));
  } catch {
    return;
  }
  const items = [...section.querySelectorAll<HTMLElement>(".p-news > li")];
  const kept = mine(items.map((item) => item.dataset["service"] ?? ""), chosen);
  if (kept === null) return;
  items.forEach((item, place) => {
    item.hidden = !kept.includes(place);
    item.toggleAttribute("data-mine", kept.includes(place));
  });
  reveal(section, "[data-my-news-of]", kept.length > 0);
  reveal(section, "[data-my-news-none]", kept.length === 0);
}

function reveal(section: HTMLElement, selector: string, shown: boolean): void {
  const line = section.querySelector<HTMLElement>(selector);
  if (line) line.hidden = !shown;
}
