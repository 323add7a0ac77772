/** The address in an HLINK record ([MS-XLS] 2.4.140; [MS-OSHARED] 2.3.7.1). */
import type { ByteView } from '../ole2/byte-view.ts';

const HAS_MONIKER = 0x01;
const HAS_PLACE = 0x08;
const HAS_DISPLAY_NAME = 0x10;
const HAS_FRAME_NAME = 0x80;
const IS_STRING = 0x100;
/** The first four bytes of the class of addresses on the net. */
const URL_MONIKER = 0x79eac9e0;
const LINK_AT = 32;

/** Undefined for a place in the workbook or a file beside it. */
export const readLink = (body: ByteView): string | undefined => {
  const flags = body.u32(LINK_AT - 4);
  let at = LINK_AT;
  const passString = () => {
    at += 4 + body.u32(at) * 2;
  };
  if ((flags & HAS_DISPLAY_NAME) !== 0) passString();
  if ((flags & HAS_FRAME_NAME) !== 0) passString();
  if ((flags & HAS_MONIKER) === 0) return undefined;
  if ((flags & IS_STRING) !== 0) return addressOf(body.utf16(at + 4, body.u32(at)));
  if (body.u32(at) !== URL_MONIKER) return undefined;
  const bytes = body.u32(at + 16);
  const url = addressOf(body.utf16(at + 20, bytes / 2));
  at += 20 + bytes;
  if (url === undefined || (flags & HAS_PLACE) === 0) return url;
  const place = body.utf16(at + 4, body.u32(at)).replace(/\0[\s\S]*$/, '');
  return place === '' || url.includes('#') ? url : `${url}#${place}`;
};

const addressOf = (text: string): string | undefined => {
  const url = text.replace(/\0[\s\S]*$/, '');
  return /^[a-z][a-z\d+.-]*:/i.test(url) ? url : undefined;
};
