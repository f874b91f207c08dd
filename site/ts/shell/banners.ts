/** The strip below the header: one banner a subject. The theme gives the place, which screen readers follow. */

export type Banner = { id: string; look: "p-offline" | "p-update" | "p-warn"; text: string; action?: { label: string; run: () => void } };

export function showBanner({ id, look, text, action }: Banner): void {
  hideBanner(id);
  const banner = document.createElement("div");
  banner.id = `p-banner-${id}`;
  banner.className = `p-banner ${look}`;
  const words = document.createElement("p");
  words.textContent = text;
  banner.append(words);
  if (action) banner.append(buttonOf(action));
  document.getElementById("p-banners")?.append(banner);
}

export const hideBanner = (id: string): void => document.getElementById(`p-banner-${id}`)?.remove();

function buttonOf({ label, run }: NonNullable<Banner["action"]>): HTMLElement {
  const actions = document.createElement("div");
  actions.className = "p-banner-actions";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "p-button p-small";
  button.textContent = label;
  button.addEventListener("click", run);
  actions.append(button);
  return actions;
}
