/** Has the browser save a file of the storage. URLs of our own making (blob:, data:) are not allowed on this page. */

interface SignedFile {
  url: string;
  fileName: string;
}

/** `code` as problemOf reads it. */
class StorageSilent extends Error {
  readonly code = 'unavailable';
}

/**
 * The storage answers an attachment with a name, so the page stays where it is. A refusal would be shown in its place; therefore
 * the first byte is asked for before.
 * @throws StorageSilent when the storage does not answer, or refuses.
 */
export const saveFile = async ({ url, fileName }: SignedFile): Promise<void> => {
  const probe = await fetch(url, { cache: 'no-store', headers: { Range: 'bytes=0-0' } }).catch(() => null);
  await probe?.body?.cancel();
  if (!probe?.ok) throw new StorageSilent('The storage gave no file.');
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.rel = 'noreferrer';
  document.body.append(link);
  link.click();
  link.remove();
};
