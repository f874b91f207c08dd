/** Takes the token of a mail's link out of the address at once: it stays neither in the history nor on a shared screen. */
export function takeToken(): string {
  const token = location.hash.slice(1);
  if (token) history.replaceState(null, "", location.pathname + location.search);
  return token;
}
