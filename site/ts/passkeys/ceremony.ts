/**
 * Asks the browser for a passkey, or for a signature by one. The town's functions write bytes in base64url; the browser
 * takes and gives buffers. (Its own conversions from JSON are too recent to be counted on.)
 */

export type Options = { public_key: Record<string, unknown> };
type Descriptor = { id: string; type: "public-key"; transports?: AuthenticatorTransport[] };
type CreationJson = Omit<PublicKeyCredentialCreationOptions, "challenge" | "user" | "excludeCredentials"> & {
  challenge: string;
  user: { id: string; name: string; displayName: string };
  excludeCredentials?: Descriptor[];
};
type RequestJson = Omit<PublicKeyCredentialRequestOptions, "challenge" | "allowCredentials"> & { challenge: string };

export const supported = (): boolean => "PublicKeyCredential" in window && "credentials" in navigator;

export function toBytes(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

export function toText(bytes: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/u, "");
}

/** What POST /api/passkeys takes. Raises what `inWords` explains. */
export async function makePasskey({ public_key }: Options): Promise<Record<string, unknown>> {
  const asked = public_key as unknown as CreationJson;
  const publicKey: PublicKeyCredentialCreationOptions = {
    ...asked,
    challenge: toBytes(asked.challenge),
    user: { ...asked.user, id: toBytes(asked.user.id) },
    excludeCredentials: (asked.excludeCredentials ?? []).map((known) => ({ ...known, id: toBytes(known.id) })),
  };
  const made = await navigator.credentials.create({ publicKey });
  if (!(made instanceof PublicKeyCredential)) throw new DOMException("", "NotAllowedError");
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    credential_id: toText(made.rawId),
    client_data: toText(response.clientDataJSON),
    attestation: toText(response.attestationObject),
    transports: (response.getTransports?.() ?? []).filter((transport) => TRANSPORTS.has(transport)),
  };
}

/** What POST /api/passkeys/sign-in takes. Raises what `inWords` explains. */
export async function usePasskey({ public_key }: Options): Promise<Record<string, unknown>> {
  const asked = public_key as unknown as RequestJson;
  const used = await navigator.credentials.get({ publicKey: { ...asked, challenge: toBytes(asked.challenge), allowCredentials: [] } });
  if (!(used instanceof PublicKeyCredential)) throw new DOMException("", "NotAllowedError");
  const response = used.response as AuthenticatorAssertionResponse;
  return {
    credential_id: toText(used.rawId),
    client_data: toText(response.clientDataJSON),
    authenticator_data: toText(response.authenticatorData),
    signature: toText(response.signature),
    user_handle: toText(response.userHandle ?? new ArrayBuffer(0)),
  };
}

const TRANSPORTS = new Set(["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"]);

/** Why the browser gave nothing; null when it is not the browser who refused. It tells no cancelling from a delay. */
export function inWords(error: unknown): string | null {
  return error instanceof DOMException ? (WORDS[error.name] ?? OTHERWISE) : null;
}

const GIVEN_UP = "Rien n’a changé : la demande a été annulée, ou le temps est passé. Vous pouvez recommencer.";
const OTHERWISE = "Votre appareil n’a pas pu le faire. Recommencez, ou essayez avec un autre appareil.";
const WORDS: Readonly<Record<string, string>> = {
  NotAllowedError: GIVEN_UP,
  AbortError: GIVEN_UP,
  TimeoutError: GIVEN_UP,
  InvalidStateError: "Cet appareil a déjà une clé d’accès pour votre espace : vous pouvez vous en servir.",
  NotSupportedError: "Cet appareil ne sait pas garder de clé d’accès. Essayez avec un autre.",
  ConstraintError: "Cet appareil n’a pas de verrouillage (code, empreinte ou visage). Ajoutez-en un, puis recommencez.",
  SecurityError: "Les clés d’accès ne marchent pas à cette adresse. Ouvrez le portail par son adresse habituelle.",
};
