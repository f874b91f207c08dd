/** « Mes identifiants »: the account's link with FranceConnect, made or taken off after the password. */
import { get } from "../api.ts";
import { drive, findForm } from "../forms/driver.ts";
import { frenchInstant } from "../french.ts";
import { isOffered, PATH } from "./service.ts";

type Linked = { linked: boolean; linked_at: string | null };

export async function wireFranceConnect(): Promise<void> {
  const section = document.querySelector<HTMLElement>("[data-franceconnect]");
  const link = findForm("link-franceconnect");
  const unlink = findForm("unlink-franceconnect");
  if (!section || !link || !unlink || !(await isOffered())) return;
  drive<{ address: string }>(link, { done: ({ address }) => location.assign(address) });
  drive(unlink, {
    done: async () => {
      unlink.reset();
      await show(section);
      focusHeading(section);
    },
  });
  await show(section);
  if (location.hash === "#franceconnect") focusHeading(section); // back from linking
}

function focusHeading(section: HTMLElement): void {
  const heading = section.querySelector("h2");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus();
  heading.scrollIntoView({ block: "start" });
}

async function show(section: HTMLElement): Promise<void> {
  let known: Linked;
  try {
    known = (await get<Linked>(`${PATH}/link`)).data;
  } catch {
    return; // the rest of the page says what is wrong
  }
  const part = (name: string): HTMLElement | null => section.querySelector<HTMLElement>(`[data-franceconnect-${name}]`);
  const on = part("on");
  const off = part("off");
  const said = part("said");
  if (on) on.hidden = !known.linked;
  if (off) off.hidden = known.linked;
  if (said) said.textContent = known.linked_at ? `Votre espace est relié à FranceConnect depuis le ${frenchInstant(known.linked_at)}.` : "Votre espace n’est pas relié à FranceConnect.";
  section.hidden = false;
}
