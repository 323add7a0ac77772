/** The Terraform of a folder as data: literal values as they are, expressions as "${…}". */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { convertFiles } from '@cdktf/hcl2json';

// biome-ignore lint/suspicious/noExplicitAny: a parsed configuration has no type, and what it holds is what the tests find out.
export type Block = any;

export interface Terraform {
  /** All `locals` as one. */
  locals: Block;
  /** type → name → body */
  resources: Record<string, Record<string, Block>>;
  variables: Record<string, Block>;
  /** File name → text. */
  files: Record<string, string>;
}

const single = (blocks: Record<string, Block[]>): Record<string, Block> =>
  Object.fromEntries(Object.entries(blocks).map(([name, [body]]) => [name, body]));

export const readTerraform = async (folder: string): Promise<Terraform> => {
  const parsed = await convertFiles(folder);
  const names = readdirSync(folder).filter((name) => name.endsWith('.tf'));
  return {
    locals: Object.assign({}, ...parsed.locals),
    resources: Object.fromEntries(
      Object.entries(parsed.resource as Record<string, Record<string, Block[]>>).map(([type, named]) => [
        type,
        single(named),
      ]),
    ),
    variables: single(parsed.variable),
    files: Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')])),
  };
};

/** "type.name" and body of every resource. */
export const eachResource = ({ resources }: Terraform): [string, Block][] =>
  Object.entries(resources).flatMap(([type, named]) =>
    Object.entries(named).map(([name, body]): [string, Block] => [`${type}.${name}`, body]),
  );
