/** Where the browser goes before and after signing in, and what is left on the device after signing out: nothing. */
import { ApiProblem, call, NotSignedIn } from "./api.ts";
import type { SignedIn } from "./wire.ts";

const SIGNED_IN = "parvis.connecte";
const KEEPS = "parvis.garder";
const FROM_FRANCECONNECT = "parvis.franceconnect";
/** Of the tab: which of two families is shown. */
export const CHOSEN_FOYER = "parvis.famille";
export const DATABASE = "parvis";

/** The path to return to, if it stays on this origin; null for anything that would lead elsewhere. */
export function safePath(wanted: string | null, origin: string): string | null {
  if (!wanted?.startsWith("/")) return null;
  let url: URL;
  try {
    url = new URL(wanted, origin);
  } catch {
    return null;
  }
  if (url.origin !== origin || url.pathname.startsWith("//") || url.pathname.startsWith("/connexion")) return null;
  return url.pathname + url.search + url.hash;
}

export const signInAddress = (): string =>
  `/connexion/?suite=${encodeURIComponent(location.pathname + location.search)}`;

export function goToSignIn(): void {
  location.replace(signInAddress());
}

/** Only a hint for the header: the session itself is in cookies that scripts cannot read. */
export const seemsSignedIn = (): boolean => localStorage.getItem(SIGNED_IN) !== null;

/** Remembers who is here as a short digest, and wipes what somebody else had kept on this device. */
export async function rememberSignedIn(account: SignedIn): Promise<void> {
  const name = new TextEncoder().encode([account.title, account.given_name, account.usual_name].join("\n"));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", name));
  const owner = Array.from(digest.slice(0, 6), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const keeper = localStorage.getItem(KEEPS);
  const from = cameFromFranceConnect();
  if (keeper !== null && keeper !== owner) await wipeDevice();
  if (from) rememberFranceConnect();
  sessionStorage.removeItem(CHOSEN_FOYER);
  localStorage.setItem(SIGNED_IN, owner);
}

export const keepsData = (): boolean => localStorage.getItem(KEEPS) !== null;
export function setKeepsData(keep: boolean): void {
  if (keep) localStorage.setItem(KEEPS, localStorage.getItem(SIGNED_IN) ?? "");
  else localStorage.removeItem(KEEPS);
}

/** FranceConnect is open in this browser too: signing out must leave it. */
export const rememberFranceConnect = (): void => localStorage.setItem(FROM_FRANCECONNECT, "1");
const cameFromFranceConnect = (): boolean => localStorage.getItem(FROM_FRANCECONNECT) !== null;

/**
 * Signs out, and says where to go next. The device is wiped first, whatever the network does. Raises NetworkFailure if
 * the town was not told.
 */
export async function signOut(): Promise<string> {
  const from = cameFromFranceConnect();
  await wipeDevice();
  try {
    const address = from ? await leaveFranceConnect() : null;
    if (address === null) await call("DELETE", "/api/accounts/sessions/current", {});
    return address || "/connexion/";
  } catch (error) {
    if (!(error instanceof NotSignedIn)) throw error;
    return "/connexion/";
  } finally {
    await wipeDevice();
  }
}

/** Signs out there and here; null when the town no longer has FranceConnect: there is nothing to leave. */
async function leaveFranceConnect(): Promise<string | null> {
  try {
    return (await call<{ address: string }>("POST", "/api/franceconnect/sign-out", {})).data.address;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null;
    throw error;
  }
}

export async function wipeDevice(): Promise<void> {
  localStorage.clear();
  sessionStorage.clear();
  await new Promise<void>((resolve) => {
    const request = indexedDB.deleteDatabase(DATABASE);
    request.onsuccess = request.onerror = request.onblocked = () => resolve();
  });
}
