/** What a password must have. Judged here before it is sent; the sign-in service judges again by the rules it is set to. */

export const SHORTEST_PASSWORD = 12;

export const PASSWORD_RULES = ['length', 'lower', 'upper', 'digit', 'symbol'] as const;
export type PasswordRule = (typeof PASSWORD_RULES)[number];

const HOLDS: Readonly<Record<PasswordRule, (password: string) => boolean>> = {
  // By code point: an emoji is one character to whoever types it.
  length: (password) => [...password].length >= SHORTEST_PASSWORD,
  lower: (password) => /\p{Ll}/u.test(password),
  upper: (password) => /\p{Lu}/u.test(password),
  digit: (password) => /\p{Nd}/u.test(password),
  symbol: (password) => /[^\p{L}\p{M}\p{N}\s]/u.test(password),
};

/** In the order in which they are told. */
export const openRules = (password: string): PasswordRule[] => PASSWORD_RULES.filter((rule) => !HOLDS[rule](password));
