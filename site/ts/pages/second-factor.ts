/** « Vérification en deux étapes »: links an application of codes, shows the recovery codes once, takes it off. */
import { get } from "../api.ts";
import { focusOn } from "../forms/dom.ts";
import { drive, findForm } from "../forms/driver.ts";
import { reasonOf } from "../view.ts";

type State = { enrolled: boolean; compulsory: boolean; recovery_codes_left: number };
type Enrolment = { secret: string; address: string; qr_size: number; qr_path: string };

const SVG = "http://www.w3.org/2000/svg";
const find = (name: string): HTMLElement | null => document.querySelector<HTMLElement>(`[data-part="${name}"]`);

function show(...names: readonly string[]): void {
  for (const part of document.querySelectorAll<HTMLElement>("[data-part]")) {
    part.hidden = !names.includes(part.dataset["part"] ?? "");
  }
}

function enter(name: string, ...more: readonly string[]): void {
  show(name, ...more);
  const part = find(name);
  if (part) focusOn(part);
}

function picture({ qr_size, qr_path }: Enrolment): SVGElement {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", `0 0 ${qr_size} ${qr_size}`);
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", "Code à scanner avec l’application");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", qr_path);
  drawing.append(path);
  return drawing;
}

async function load(): Promise<void> {
  try {
    const { data } = await get<State>("/api/accounts/second-factor");
    const left = find("on")?.querySelector("[data-left]");
    if (left) left.textContent = String(data.recovery_codes_left);
    if (!data.enrolled) show("off", "begin");
    else if (data.compulsory) show("on", "agents", "begin");
    else show("on", "begin", "remove");
  } catch (error) {
    show("trouble");
    const words = find("trouble")?.querySelector("p");
    if (words) words.textContent = reasonOf(error);
  }
}

const begin = findForm("enrol-totp");
if (begin) {
  drive<Enrolment>(begin, {
    done: (enrolment) => {
      begin.reset();
      find("pending")?.querySelector("[data-qr]")?.replaceChildren(picture(enrolment));
      const secret = find("pending")?.querySelector("[data-secret]");
      if (secret) secret.textContent = enrolment.secret.replace(/(.{4})(?=.)/g, "$1 ");
      enter("pending");
    },
  });
}

const confirmation = findForm("confirm-totp");
if (confirmation) {
  drive<{ recovery_codes: string[] }>(confirmation, {
    done: ({ recovery_codes }) => {
      const items = recovery_codes.map((code) => {
        const item = document.createElement("li");
        item.textContent = code;
        return item;
      });
      find("codes")?.querySelector("ul")?.replaceChildren(...items);
      find("pending")?.querySelector("[data-qr]")?.replaceChildren();
      enter("codes");
    },
  });
}

const removal = findForm("remove-totp");
if (removal) {
  drive(removal, {
    done: async () => {
      removal.reset();
      await load();
      const off = find("off");
      if (off) focusOn(off);
    },
  });
}

void load();
