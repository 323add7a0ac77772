/** Which character of a text node comes from where in its source: escapes and entities are longer there. Pure. */

const ENTITY = /^&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/i;

/**
 * For each UTF-16 unit of `value` the offset in `source` at which it begins, and the end of the source as the last item.
 * Null when `source` is written in a way that is not understood.
 */
export const sourceOffsets = (value: string, source: string): number[] | null => {
  const offsets: number[] = [];
  let at = 0;
  for (let index = 0; index < value.length; index++) {
    const wanted = value.charAt(index);
    // The indentation of a continued line is no text.
    while (value.charAt(index - 1) === '\n' && /[ \t>]/.test(source.charAt(at)) && source.charAt(at) !== wanted) at++;
    offsets.push(at);
    const entity = source.charAt(at) === '&' ? ENTITY.exec(source.slice(at, at + 40))?.[0] : undefined;
    if (entity !== undefined && !value.startsWith(entity, index)) {
      const isPair = /[\uD800-\uDBFF]/.test(wanted);
      if (isPair) offsets.push(at);
      if (isPair) index++;
      at += entity.length;
    } else if (source.charAt(at) === wanted) at += 1;
    else if (source.charAt(at) === '\\' && source.charAt(at + 1) === wanted) at += 2;
    else return null;
  }
  return at === source.length ? [...offsets, at] : null;
};
