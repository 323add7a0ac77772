import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { buildOpenApi } from '../../../functions/src/contracts/openapi.ts';
import { OPERATION_EXAMPLES } from '../../../functions/src/contracts/operation-examples.ts';
import { OPERATION_NAMES, OPERATIONS, type OperationSpec } from '../../../functions/src/contracts/operations.ts';

interface Parameter {
  name: string;
  in: string;
  required: boolean;
  schema: object;
  example?: unknown;
}
interface Operation {
  operationId: string;
  summary: string;
  security: object[];
  parameters?: Parameter[];
  requestBody?: {
    content: {
      'application/json': {
        schema: { properties: object; required?: string[]; additionalProperties?: boolean };
        example: object;
      };
    };
  };
  responses: Record<string, { $ref?: string; content?: object }>;
}
interface Document {
  openapi: string;
  /** Beside the operations the parameters that all of them take. */
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, object>>;
}

const TOLD = { description: expect.stringMatching(/\w+ \w+/) };

const document = buildOpenApi() as unknown as Document;
const operationOf = (name: string): Operation | undefined =>
  Object.values(document.paths)
    .flatMap((path) => Object.values(path))
    .find(({ operationId }) => operationId === name);

const referencesIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === '$ref' && typeof inner === 'string' ? [inner] : referencesIn(inner),
  );
};

test('docs/openapi.json is what the operations say today; if not, run node scripts/write-openapi.ts.', () => {
  const written = JSON.parse(readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8'));
  expect(written).toEqual(JSON.parse(JSON.stringify(document)));
});

test('No operation shares its method and path with another.', () => {
  const routes = OPERATION_NAMES.map((name) => Object.values(OPERATIONS[name].rest).join(' '));
  expect(new Set(routes).size).toBe(OPERATION_NAMES.length);
});

test('Every reference leads to a part of the document, and every part is used.', () => {
  const references = new Set(referencesIn(document));
  const parts = Object.entries(document.components)
    .filter(([kind]) => kind !== 'securitySchemes')
    .flatMap(([kind, named]) => Object.keys(named).map((name) => `#/components/${kind}/${name}`));
  expect([...references].sort()).toEqual(parts.sort());
});

describe.each(OPERATION_NAMES)('%s', (name) => {
  const spec: OperationSpec = OPERATIONS[name];
  const described = operationOf(name);

  test('stands at its path, with its summary and who may call it', () => {
    expect(document.paths[spec.rest.path]?.[spec.rest.method]?.operationId).toBe(name);
    expect(described?.summary).toBe(spec.summary);
    expect(described?.security).toEqual(spec.auth === 'public' ? [] : [{ idToken: [] }]);
  });

  test('takes every field of its request in exactly one place, and what the path names from the path', () => {
    const inPath = [...spec.rest.path.matchAll(/\{(\w+)\}/g)].map((found) => found[1]);
    const parameters = described?.parameters ?? [];
    const inBody = Object.keys(described?.requestBody?.content['application/json'].schema.properties ?? {});
    expect([...parameters.map((each) => each.name), ...inBody].sort()).toEqual(Object.keys(spec.request.shape).sort());
    expect(parameters.filter((each) => each.in === 'path').map((each) => each.name)).toEqual(inPath);
    expect(parameters.filter((each) => each.in === 'path').every(({ required }) => required)).toBe(true);
    if (spec.rest.method === 'post') expect(parameters.every((each) => each.in === 'path')).toBe(true);
    else expect(inBody).toEqual([]);
  });

  test('says how it answers and how it refuses', () => {
    const refusals = spec.auth === 'public' ? [] : ['401', '403', '404', '409'];
    const ofBodies = spec.rest.method === 'post' ? ['413', '415'] : [];
    expect(Object.keys(described?.responses ?? {}).sort()).toEqual(
      ['200', '400', '405', '429', '500', '503', ...refusals, ...ofBodies].sort(),
    );
  });

  test('shows a call and an answer that fit, each value in the place where it is sent', () => {
    const { request, response } = OPERATION_EXAMPLES[name];
    expect(spec.request.parse(request)).toMatchObject(request);
    expect(spec.response.parse(response)).toEqual(response);
    const inBody: object = described?.requestBody?.content['application/json'].example ?? {};
    const beside = (described?.parameters ?? []).flatMap((each) =>
      each.example === undefined ? [] : [[each.name, each.example]],
    );
    expect({ ...inBody, ...Object.fromEntries(beside) }).toEqual(request);
  });

  test('refuses fields that it does not know', () => {
    const schema = described?.requestBody?.content['application/json'].schema;
    expect(schema?.additionalProperties).toBe(schema && false);
  });
});

test('A field with a default is not asked for, one without is.', () => {
  const { parameters } = operationOf('exportRun') ?? {};
  expect(parameters?.find(({ name }) => name === 'format')).toMatchObject({ in: 'query', required: true });
  const list = operationOf('listConversions')?.parameters;
  expect(list?.find(({ name }) => name === 'pageSize')).toMatchObject({
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
  });
  const body = operationOf('createUpload')?.requestBody?.content['application/json'].schema;
  expect(body?.required).toEqual(['fileName', 'contentType', 'sizeBytes']);
});

test('What a client has to know beyond the types is said where it is met.', () => {
  const body = operationOf('createUpload')?.requestBody?.content['application/json'].schema.properties;
  for (const field of ['fileName', 'contentType', 'sizeBytes', 'kinds', 'idempotencyKey']) {
    expect([field, body]).toEqual([field, expect.objectContaining({ [field]: expect.objectContaining(TOLD) })]);
  }
  expect(document.components.schemas?.UploadGrant).toMatchObject(TOLD);
  expect(document.components.securitySchemes?.idToken).toMatchObject({
    description: expect.stringContaining('accounts:signUp'),
  });
  expect(document.components.parameters?.RequestId).toMatchObject({ name: 'X-Request-ID', in: 'header', ...TOLD });
  for (const name of ['listConversions', 'listRows']) {
    const cursor = operationOf(name)?.parameters?.find((parameter) => parameter.name === 'cursor');
    expect(cursor?.schema).toMatchObject(TOLD);
  }
});

test('Who asks too often is told when to come back, who errs in the method which ones there are.', () => {
  expect(document.components.responses?.['429']).toHaveProperty(['headers', 'Retry-After']);
  expect(document.components.responses?.['405']).toHaveProperty(['headers', 'Allow']);
});

test('An answer may get fields that a client does not know yet.', () => {
  expect(JSON.stringify(document.components.schemas)).not.toContain('"additionalProperties":false');
});
