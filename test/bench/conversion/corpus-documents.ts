/** The documents of a conversion corpus, with their truth. */
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';

const ManifestSchema = z.array(
  z.object({
    id: z.string().min(1),
    path: z.string(),
    /** Markdown; a document without truth is not measured. */
    truth: z.string().optional(),
    family: z.string(),
    producer: z.string().default('unknown'),
    source: z.string().optional(),
    pages: z.number().positive().default(1),
    /** Of PDFs: whether the file has a tag tree. */
    tagged: z.boolean().optional(),
    furniture: z.array(z.string()).default([]),
  }),
);

export interface CorpusDocument {
  id: string;
  /** Absolute. */
  path: string;
  /** Markdown. */
  truth: string;
  /** The truth is another converter's output, not known by construction. */
  isBorrowedTruth: boolean;
  family: string;
  producer: string;
  /** Documents of one source are the same text in several forms. */
  source: string;
  pages: number;
  tagged: boolean;
  furniture: string[];
}

const BORROWED = /^docling-/;

/** Throws an error that names the manifest if that is not one. */
export const readCorpus = (manifest: string): CorpusDocument[] => {
  const listed = ManifestSchema.safeParse(JSON.parse(readFileSync(manifest, 'utf8')));
  if (!listed.success) throw new Error(`${manifest} is no list of documents: ${z.prettifyError(listed.error)}`);
  const inFolder = (path: string): string => join(dirname(manifest), path);
  return listed.data.flatMap(({ path, truth, source, tagged = false, ...document }) =>
    truth === undefined
      ? []
      : {
          ...document,
          path: inFolder(path),
          truth: readFileSync(inFolder(truth), 'utf8'),
          isBorrowedTruth: BORROWED.test(basename(truth)),
          source: source ?? basename(truth, '.md'),
          tagged,
        },
  );
};

/** One document of each family: converted once before the clock starts. */
export const warmUpDocuments = <Document extends { family: string }>(documents: readonly Document[]): Document[] =>
  documents.filter(({ family }, index) => documents.findIndex((other) => other.family === family) === index);
