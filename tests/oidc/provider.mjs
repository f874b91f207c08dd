/**
 * An OpenID provider that behaves as FranceConnect v2 does, for the tests: ES256, signed userinfo, pairwise subjects,
 * acr eidas1, its own sign-out. It listens on 127.0.0.1, another site than the portal's localhost. People are invented.
 *
 *   node tests/oidc/provider.mjs <port> <client id> <client secret> <portal's origin>
 */
import { createHash, generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import Provider from "oidc-provider";

const [port, clientId, clientSecret, portal] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const SCOPES = "openid identite_pivot email";

const PEOPLE = {
  marc: { family_name: "LEFEVRE", given_name: "Marc Olivier", given_name_array: ["Marc", "Olivier"], birthdate: "1982-06-03", gender: "male", birthplace: "49007", birthcountry: "99100", email: "marc@exemple.example" },
  lea: { family_name: "ROUX", given_name: "Léa", given_name_array: ["Léa"], birthdate: "1990-11-30", gender: "female", birthplace: "", birthcountry: "99139", email: "lea@exemple.example" },
};

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const digest = (text) => createHash("sha256").update(text).digest("hex");
const page = (body, more = "") => `<!doctype html><html lang="fr"><meta charset="utf-8"><title>Fournisseur d’essai</title><body ${more}><h1>Fournisseur d’essai</h1>${body}</body></html>`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uris: [`${portal}/franceconnect/`],
      post_logout_redirect_uris: [`${portal}/connexion/`],
      response_types: ["code"],
      grant_types: ["authorization_code"],
      token_endpoint_auth_method: "client_secret_post",
      id_token_signed_response_alg: "ES256",
      userinfo_signed_response_alg: "ES256",
      subject_type: "pairwise",
    },
  ],
  jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: "essai", use: "sig", alg: "ES256" }] },
  enabledJWA: { idTokenSigningAlgValues: ["ES256"], userinfoSigningAlgValues: ["ES256"] },
  subjectTypes: ["pairwise"],
  pairwiseIdentifier: (_ctx, accountId, client) => digest(`${client.clientId}|${accountId}`),
  acrValues: ["eidas1"],
  scopes: SCOPES.split(" "),
  claims: {
    openid: ["sub", "acr"],
    identite_pivot: ["given_name", "given_name_array", "family_name", "birthdate", "gender", "birthplace", "birthcountry"],
    email: ["email"],
  },
  conformIdTokenClaims: false,
  pkce: { required: () => false },
  cookies: { keys: [digest(String(Math.random()))] },
  ttl: { AuthorizationCode: 30, AccessToken: 60, IdToken: 60, Session: 1800, Interaction: 600, Grant: 1800 },
  routes: { authorization: "/authorize", token: "/token", userinfo: "/userinfo", jwks: "/jwks", end_session: "/session/end" },
  findAccount: (_ctx, id) => (PEOPLE[id] ? { accountId: id, claims: () => ({ sub: id, ...PEOPLE[id] }) } : undefined),
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope(SCOPES);
    await grant.save();
    return grant;
  },
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  features: {
    devInteractions: { enabled: false },
    jwtUserinfo: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        ctx.body = page(`${form}<input type="hidden" name="logout" value="yes" form="op.logoutForm">`, `onload="document.forms[0].submit()"`);
      },
    },
  },
});

async function interact(request, response) {
  if (request.method === "GET") {
    const buttons = Object.keys(PEOPLE).map((id) => `<button name="who" value="${id}">Je suis ${PEOPLE[id].given_name}</button>`);
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(page(`<form method="post">${buttons.join(" ")} <button name="who" value="">Annuler</button></form>`));
    return;
  }
  let body = "";
  for await (const chunk of request) body += chunk;
  const who = new URLSearchParams(body).get("who") ?? "";
  const result = PEOPLE[who] ? { login: { accountId: who, acr: "eidas1" } } : { error: "access_denied", error_description: "cancelled" };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

const answer = provider.callback();
const server = createServer((request, response) => {
  if (request.url.startsWith("/interaction/")) interact(request, response).catch((error) => response.writeHead(500).end(String(error)));
  else answer(request, response);
});
server.listen(Number(port), "127.0.0.1", () => console.log("ready"));
// it leaves with whoever started it
process.stdin.on("end", () => process.exit(0)).resume();
