/** The patterns of firebase.json: `*` within a part of the path, `**` across parts. https://firebase.google.com/docs/hosting/full-config#glob_pattern_matching */

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');

/** Of a path that begins with "/". A pattern without "/" at its beginning matches from anywhere, as Hosting reads it. */
export const matchesGlob = (pattern: string, path: string): boolean => {
  const rooted = pattern.startsWith('/') ? pattern : `/${pattern}`;
  const source = rooted
    .split(/(\/\*\*\/|\/\*\*$|\*\*|\*)/)
    .map((part) => {
      if (part === '/**/') return '/(?:.*/)?';
      if (part === '/**') return '(?:/.*)?';
      if (part === '**') return '.*';
      return part === '*' ? '[^/]*' : escaped(part);
    })
    .join('');
  return new RegExp(`^${source}$`).test(path);
};
