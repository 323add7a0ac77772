/** YAML front matter, as far as metadata needs it: top-level keys and what stands under them. */

const LINE = /^(?:[A-Za-z_][\w .-]*:(?:\s.*)?|\s+.*|-\s.*|#.*|\s*)$/;
const KEY = /^([A-Za-z_][\w .-]*):\s*(.*)$/;

/** The entries and the length of the front matter including its end mark; nothing and 0 if the text does not begin with one. */
export const readFrontMatter = (text: string): { metadata: Record<string, string>; length: number } => {
  const match = /^---[ \t]*\r?\n((?:(?!---[ \t]*\r?$|\.\.\.[ \t]*\r?$).*\r?\n)*?)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/m.exec(
    text,
  );
  const none = { metadata: {}, length: 0 };
  if (match?.index !== 0) return none;
  const lines = (match[1] ?? '').split(/\r?\n/);
  if (!lines.every((line) => LINE.test(line)) || !lines.some((line) => KEY.test(line))) return none;
  return { metadata: readEntries(lines), length: match[0].length };
};

const readEntries = (lines: readonly string[]): Record<string, string> => {
  const entries = new Map<string, string[]>();
  let values: string[] | undefined;
  for (const line of lines) {
    const [, key, value] = KEY.exec(line) ?? [];
    if (key !== undefined) {
      values = [unquote(value ?? '')];
      entries.set(key, values);
    } else if (values && line.trim() !== '' && !line.startsWith('#')) {
      values.push(unquote(line.trim().replace(/^-\s+/, '')));
    }
  }
  const joined = [...entries].map(([key, parts]) => [
    key,
    parts.filter((part) => !/^(?:|[|>][+-]?)$/.test(part)).join(', '),
  ]);
  return Object.fromEntries(joined);
};

const unquote = (value: string): string => /^(["'])(.*)\1$/.exec(value.trim())?.[2] ?? value.trim();
