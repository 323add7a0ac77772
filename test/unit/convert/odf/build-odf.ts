/** Small OpenDocument files from pieces of their XML, for tests. */
import { strToU8, zipSync } from 'fflate';

const NAMESPACES = [
  ...['office', 'style', 'text', 'table', 'presentation', 'meta', 'manifest', 'chart'].map(
    (name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`,
  ),
  'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"',
  'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"',
  'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"',
  'xmlns:dc="http://purl.org/dc/elements/1.1/"',
  'xmlns:xlink="http://www.w3.org/1999/xlink"',
].join(' ');

interface OdfParts {
  kind: 'text' | 'spreadsheet' | 'presentation';
  body: string;
  /** Automatic styles. */
  automatic?: string;
  /** Common styles. */
  common?: string;
  /** In styles.xml: automatic styles and master pages. */
  masters?: string;
  meta?: string;
  manifest?: string;
  /** Further entries of the ZIP by name. */
  more?: Record<string, string>;
}

/** A part of its own. */
export const part = (name: string, inner: string): string => `<${name} ${NAMESPACES}>${inner}</${name}>`;

export const buildOdf = (parts: OdfParts): Uint8Array => {
  const { kind, body, automatic = '', common = '', masters = '', meta = '', manifest = '', more } = parts;
  const entries: Record<string, string> = {
    mimetype: `application/vnd.oasis.opendocument.${kind}`,
    'META-INF/manifest.xml': part('manifest:manifest', manifest),
    'content.xml': part(
      'office:document-content',
      `<office:automatic-styles>${automatic}</office:automatic-styles><office:body><office:${kind}>${body}</office:${kind}></office:body>`,
    ),
    'styles.xml': part('office:document-styles', `<office:styles>${common}</office:styles>${masters}`),
    'meta.xml': part('office:document-meta', `<office:meta>${meta}</office:meta>`),
    ...more,
  };
  return zipSync(Object.fromEntries(Object.entries(entries).map(([name, text]) => [name, strToU8(text)])));
};

/** `properties`: elements inside; `attributes`: of the style. */
export const style = (name: string, family: string, properties: string, attributes = ''): string =>
  `<style:style style:name="${name}" style:family="${family}" ${attributes}>${properties}</style:style>`;

export const paragraph = (text: string, styleName = ''): string =>
  `<text:p${styleName === '' ? '' : ` text:style-name="${styleName}"`}>${text}</text:p>`;

export const heading = (text: string, level: number, attributes = ''): string =>
  `<text:h text:outline-level="${level}" ${attributes}>${text}</text:h>`;

export const list = (items: readonly string[], attributes = ''): string =>
  `<text:list ${attributes}>${items.map((item) => `<text:list-item>${item}</text:list-item>`).join('')}</text:list>`;

export const cell = (content: string, attributes = ''): string =>
  `<table:table-cell ${attributes}>${content.startsWith('<') || content === '' ? content : paragraph(content)}</table:table-cell>`;

export const row = (cells: readonly string[], attributes = ''): string =>
  `<table:table-row ${attributes}>${cells.join('')}</table:table-row>`;

export const table = (rows: string, attributes = ''): string => `<table:table ${attributes}>${rows}</table:table>`;
