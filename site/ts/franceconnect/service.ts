/** What the pages ask of FranceConnect; a town that does not have it never shows it. */
import { call, get } from "../api.ts";
import { safePath } from "../session.ts";

export const PATH = "/api/franceconnect";
const NEXT = "parvis.apres-franceconnect";

/** False too when nothing answers: the other ways are on the page. */
export async function isOffered(): Promise<boolean> {
  try {
    return (await get<{ on: boolean }>(PATH)).data.on;
  } catch {
    return false;
  }
}

/** Leaves to sign in, and comes back to `next`. */
export async function leaveToSignIn(next: string | null): Promise<void> {
  const { data } = await call<{ address: string }>("POST", `${PATH}/start`, {});
  const path = safePath(next, location.origin);
  if (path) sessionStorage.setItem(NEXT, path);
  else sessionStorage.removeItem(NEXT);
  location.assign(data.address);
}

export function nextPath(): string {
  const path = safePath(sessionStorage.getItem(NEXT), location.origin);
  sessionStorage.removeItem(NEXT);
  return path ?? "/mon-espace/";
}
