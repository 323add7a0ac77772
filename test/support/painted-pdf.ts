/** A page by the operators that paint it, for tests of what is seen of a text. ISO 32000-1, annex A. */
import { rawPdf } from './hostile-files.ts';

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** What both drawings on the page say. */
export const DRAWN = 'Said in a drawing.';

const formOf = (colour: string) => ({
  dictionary: '/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /F 5 0 R >> >>',
  stream: latin1(written(DRAWN, 400, colour)),
});

/** Resources: font /F (Helvetica), grey picture /Im, drawings /White and /Black that write at 400, see-through state /Clear, multiplying state /Multiply, blue shading /Sh as pattern /Fade, layers /Off and /On. */
export const paintedPdf = (...operators: readonly string[]): Uint8Array =>
  rawPdf([
    {
      dictionary:
        '/Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [9 0 R 10 0 R] /D << /Order [9 0 R 10 0 R] /OFF [9 0 R] >> >>',
    },
    { dictionary: '/Type /Pages /Kids [3 0 R] /Count 1' },
    {
      dictionary: `/Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> /XObject << /Im 6 0 R /White 12 0 R /Black 13 0 R >>
 /ExtGState << /Clear 7 0 R /Multiply 8 0 R >> /Properties << /Off 9 0 R /On 10 0 R >> /Pattern << /Fade 11 0 R >> >>`,
    },
    { dictionary: '', stream: latin1(operators.join('\n')) },
    { dictionary: '/Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding' },
    {
      dictionary: '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8',
      stream: latin1('\x40'),
    },
    { dictionary: '/Type /ExtGState /ca 0' },
    { dictionary: '/Type /ExtGState /BM /Multiply' },
    { dictionary: '/Type /OCG /Name (draft)' },
    { dictionary: '/Type /OCG /Name (final)' },
    {
      dictionary: `/Type /Pattern /PatternType 2 /Shading << /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 612 0] /Extend [true true]
 /Function << /FunctionType 2 /Domain [0 1] /C0 [0 0 0.4] /C1 [0 0 0.8] /N 1 >> >>`,
    },
    formOf('1 g'),
    formOf('0 g'),
  ]);

/** Operators that write a line; `y` from the foot of the page. */
export const written = (text: string, y: number, colour = '0 g', size = 11, x = 72): string =>
  `BT /F ${size} Tf ${colour} 1 0 0 1 ${x} ${y} Tm (${text}) Tj ET`;

/** Operators that fill a box. */
export const filled = (x: number, y: number, width: number, height: number, colour: string): string =>
  `${colour} ${x} ${y} ${width} ${height} re f`;
