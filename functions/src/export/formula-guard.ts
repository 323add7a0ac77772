/**
 * Spreadsheet programs run a text cell as a formula when it begins with one of these
 * (https://owasp.org/www-community/attacks/CSV_Injection). The full-width forms count in East Asian versions of Excel.
 */
const FORMULA_START = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

export const startsLikeFormula = (text: string): boolean => FORMULA_START.test(text);
