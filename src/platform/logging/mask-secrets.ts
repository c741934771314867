/** An API key, the token of a feed, and a JSON Web Token, anywhere in a text. */
const SECRETS = /\b(?:cal|feed)_[\w\-.~+]+|\beyJ[\w-]+\.[\w-]+\.[\w-]*/g;

/**
 * The text with `[secret]` in place of every API key, every token of a feed and every JSON Web Token.
 *
 * @example
 * maskSecrets('/users/cal_k3v9x0q2ma_2ZQh'); // '/users/[secret]'
 */
export function maskSecrets(text: string): string {
  return text.replaceAll(SECRETS, '[secret]');
}
