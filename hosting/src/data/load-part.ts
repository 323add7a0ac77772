/** A part of the page that could not be loaded: no connection, or a new release has taken its place. `code` as problemOf reads it. */
class PartMissing extends Error {
  readonly code = 'unavailable';
}

/** @throws PartMissing */
export const loadPart = async <T>(load: () => Promise<T>): Promise<T> => {
  try {
    return await load();
  } catch (cause) {
    throw new PartMissing('A part of the page could not be loaded.', { cause });
  }
};
