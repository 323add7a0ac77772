/** Where a key takes the reader in the list of rows. */

/** `page`: rows that are seen at once. Null: the key means nothing here. */
export const nextIndex = (
  key: string,
  from: number,
  { count, page }: { count: number; page: number },
): number | null => {
  if (count === 0) return null;
  const last = count - 1;
  const within = (index: number): number => Math.min(last, Math.max(0, index));
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return within(from + 1);
    case 'ArrowUp':
    case 'k':
      return within(from - 1);
    case 'PageDown':
      return within(from + page);
    case 'PageUp':
      return within(from - page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
};
