/** The pages of an image file of any format that is read. */
import { AppError } from '../../errors.ts';
import { DamagedImage, type ImagePage } from './image-page.ts';
import { readJpeg } from './read-jpeg.ts';
import { readPng } from './read-png.ts';
import { readTiff } from './read-tiff.ts';

export type ImageFormat = 'png' | 'jpeg' | 'tiff';

const READERS: Readonly<Record<ImageFormat, (bytes: Uint8Array) => ImagePage[]>> = {
  png: readPng,
  jpeg: readJpeg,
  tiff: readTiff,
};

/** At least one page; only a TIFF may have more. The picture itself is not looked at. @throws AppError FILE_DAMAGED */
export const readImage = (
  { bytes, fileName }: { bytes: Uint8Array; fileName: string },
  format: ImageFormat,
): ImagePage[] => {
  try {
    return READERS[format](bytes);
  } catch (thrown) {
    if (thrown instanceof DamagedImage) throw new AppError('FILE_DAMAGED', { fileName, problem: thrown.message });
    if (!(thrown instanceof RangeError)) throw thrown;
    throw new AppError('FILE_DAMAGED', { fileName, problem: 'its header is cut short' }, { cause: thrown });
  }
};
