/** A scan that is one picture: drawn from memory, so that no address of its own is needed. */
import { canvasWidth, type Original } from './original.ts';

/** @throws DOMException when the browser cannot read it. */
export const openPicture = async (bytes: ArrayBuffer, mediaType: string): Promise<Original> => {
  const bitmap = await createImageBitmap(new Blob([bytes], { type: mediaType }));
  return {
    draw(_, canvas, width) {
      const ratio = bitmap.height / bitmap.width;
      canvas.width = canvasWidth(width, ratio);
      canvas.height = Math.max(1, Math.round(canvas.width * ratio));
      const context = canvas.getContext('2d');
      if (context) {
        context.imageSmoothingQuality = 'high';
        context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      }
      return { done: Promise.resolve(), cancel: () => undefined };
    },
    readText: () => Promise.resolve(null),
    close: () => bitmap.close(),
  };
};
