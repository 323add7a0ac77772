/** The OpenAPI document of the REST interface, made from the table of operations. https://spec.openapis.org/oas/v3.1.1.html */
import * as z from 'zod';
import { AccountViewSchema } from './account.ts';
import { AnalysisKindSchema } from './analysis.ts';
import { ConversionViewSchema } from './conversion.ts';
import { ErrorEnvelopeSchema, successEnvelopeOf } from './envelope.ts';
import { EXAMPLE_TIME, OPERATION_EXAMPLES } from './operation-examples.ts';
import { OPERATION_NAMES, OPERATIONS, type OperationName, type OperationSpec, RATE_LIMITS } from './operations.ts';
import { ComplianceRowSchema } from './rfp.ts';
import { RunViewSchema, WindowFindingsSchema } from './run.ts';

/** Grows in its first place when a client would break. */
const API_VERSION = '1.0.0';

const ABOUT = `Documents to clean Markdown; RFPs to a compliance matrix that proves nothing was left out.

Every answer is JSON in an envelope: \`success\` with \`data\`, or with \`error\`, whose \`reason\` is stable and whose \`message\` may be
shown. A field that an operation does not know is refused (REQUEST_INVALID, with its name). HEAD is answered wherever GET is.`;

const SIGN_IN = `An ID token of Firebase Auth; it is good for an hour. With the Firebase SDK: \`signInAnonymously\` or
\`signInWithEmailAndPassword\`, then \`user.getIdToken()\`. Without it: POST \`{"returnSecureToken":true}\` to
https://identitytoolkit.googleapis.com/v1/accounts:signUp?key={web API key} for an anonymous visitor, or \`email\`, \`password\` and
\`returnSecureToken\` to accounts:signInWithPassword for an account. The answer's \`idToken\` is the token; its \`refreshToken\` gives the next
one (https://securetoken.googleapis.com/v1/token). On one machine the same paths stand below the address of the Auth emulator, with any
key: http://{host}/identitytoolkit.googleapis.com/v1/accounts:signUp?key=any. A visitor has an organisation of its own, and
what it uploads is seen by nobody else.`;

type Json = { [key: string]: unknown };

const named = z.registry<{ id: string }>();
named.add(AccountViewSchema, { id: 'Account' });
named.add(AnalysisKindSchema, { id: 'AnalysisKind' });
named.add(ConversionViewSchema, { id: 'Conversion' });
named.add(RunViewSchema, { id: 'Run' });
named.add(WindowFindingsSchema, { id: 'WindowFindings' });
named.add(ComplianceRowSchema, { id: 'ComplianceRow' });
named.add(OPERATIONS.createUpload.response.shape.upload, { id: 'UploadGrant' });
named.add(OPERATIONS.exportRun.response.shape.download, { id: 'SignedUrl' });

const ERRORS: Readonly<Record<string, string>> = {
  400: 'The request, or the state of what it names, does not allow it.',
  401: 'Without a valid token.',
  403: 'The role does not allow it.',
  404: 'Not there, or not of this organisation.',
  405: 'The address does not take this method: see Allow.',
  409: 'Changed meanwhile, or there already.',
  413: 'The request is too large: more than 1 MiB.',
  415: 'The request is not JSON.',
  429: 'Too many requests: see Retry-After.',
  500: 'A fault of the service.',
  503: 'A part of the service does not answer. Try again.',
};

/** Refusals that only some operations know. */
const refuses = (spec: OperationSpec, status: string): boolean => {
  if (status === '401' || status === '403') return spec.auth === 'user';
  if (status === '413' || status === '415') return spec.rest.method === 'post';
  return !['404', '409'].includes(status) || spec.auth === 'user';
};

const requestId: Json = { 'X-Request-ID': { $ref: '#/components/headers/RequestId' } };

interface Written {
  zodSchema: z.core.$ZodType;
  jsonSchema: z.core.JSONSchema.BaseSchema;
}

/** A reader of a time goes by its format. */
const describe = ({ zodSchema, jsonSchema }: Written): void => {
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
  const description = z.globalRegistry.get(zodSchema)?.description;
  if (description !== undefined) jsonSchema.description = description;
};

/** A client must bear fields that are added to an answer. */
const loosen = (written: Written): void => {
  describe(written);
  if (written.jsonSchema.additionalProperties === false) delete written.jsonSchema.additionalProperties;
};

/** Collects what has a name into `components`, so that it stands there once. */
const createSchemaWriter = (components: Json) => {
  const write = (schema: z.ZodType, io: 'input' | 'output'): Json => {
    const { $schema, $defs, ...json } = JSON.parse(
      JSON.stringify(
        z.toJSONSchema(schema, { io, metadata: named, override: io === 'output' ? loosen : describe }),
      ).replaceAll('#/$defs/', '#/components/schemas/'),
    ) as Json;
    Object.assign(components, $defs);
    return json;
  };
  return write;
};

const placeOf = (spec: OperationSpec, field: string): 'path' | 'query' | 'body' => {
  if (spec.rest.path.includes(`{${field}}`)) return 'path';
  return spec.rest.method === 'post' ? 'body' : 'query';
};

const requestOf = (name: OperationName, request: Json): Json => {
  const spec: OperationSpec = OPERATIONS[name];
  const example: Json = { ...OPERATION_EXAMPLES[name].request };
  const properties = Object.entries((request.properties ?? {}) as Json);
  const required = new Set((request.required ?? []) as string[]);
  const parameters = properties.flatMap(([field, schema]) => {
    const place = placeOf(spec, field);
    if (place === 'body') return [];
    const shown = field in example && { example: example[field] };
    return [{ name: field, in: place, required: place === 'path' || required.has(field), schema, ...shown }];
  });
  const body = properties.filter(([field]) => placeOf(spec, field) === 'body');
  const requiredInBody = body.map(([field]) => field).filter((field) => required.has(field));
  return {
    ...(parameters.length > 0 && { parameters }),
    ...(body.length > 0 && {
      requestBody: {
        required: requiredInBody.length > 0,
        content: {
          'application/json': {
            schema: {
              type: 'object',
              properties: Object.fromEntries(body),
              ...(requiredInBody.length > 0 && { required: requiredInBody }),
              additionalProperties: false,
            },
            example: Object.fromEntries(body.flatMap(([field]) => (field in example ? [[field, example[field]]] : []))),
          },
        },
      },
    }),
  };
};

const operationOf = (name: OperationName, write: ReturnType<typeof createSchemaWriter>): Json => {
  const spec: OperationSpec = OPERATIONS[name];
  const { perMinute }: { perMinute: number } = RATE_LIMITS[spec.rateLimit];
  const errors = Object.keys(ERRORS).filter((status) => refuses(spec, status));
  return {
    operationId: name,
    summary: spec.summary,
    ...(spec.scope !== null && { tags: [spec.scope.split(':')[0]], 'x-scope': spec.scope }),
    'x-requests-per-minute': perMinute,
    security: spec.auth === 'public' ? [] : [{ idToken: [] }],
    ...requestOf(name, write(spec.request, 'input')),
    responses: {
      200: {
        description: 'Done.',
        headers: requestId,
        content: {
          'application/json': {
            schema: write(successEnvelopeOf(spec.response), 'output'),
            example: { success: true, data: OPERATION_EXAMPLES[name].response, timestamp: EXAMPLE_TIME },
          },
        },
      },
      ...Object.fromEntries(errors.map((status) => [status, { $ref: `#/components/responses/${status}` }])),
    },
  };
};

const HEADERS_OF_STATUS: Readonly<Record<string, Json>> = {
  405: { Allow: { $ref: '#/components/headers/Allow' } },
  429: { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } },
};

const errorResponseOf = (status: string, description: string): Json => ({
  description,
  headers: { ...requestId, ...HEADERS_OF_STATUS[status] },
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
});

/** Keys in the order of the table, so that the same table gives the same text. */
export const buildOpenApi = (): Json => {
  const schemas: Json = {};
  const write = createSchemaWriter(schemas);
  schemas.Error = write(ErrorEnvelopeSchema, 'output');
  const paths: Record<string, Json> = {};
  for (const name of OPERATION_NAMES) {
    const { method, path } = OPERATIONS[name].rest;
    paths[path] ??= { parameters: [{ $ref: '#/components/parameters/RequestId' }] };
    paths[path] = { ...paths[path], [method]: operationOf(name, write) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'mdraft',
      version: API_VERSION,
      description: ABOUT,
    },
    servers: [{ url: '/api/v1' }],
    paths,
    components: {
      securitySchemes: {
        idToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: SIGN_IN },
      },
      parameters: {
        RequestId: {
          name: 'X-Request-ID',
          in: 'header',
          required: false,
          description:
            'Names the request in logs, in the work that it begins and in the answer. One of another form is replaced.',
          schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' },
        },
      },
      headers: {
        Allow: { description: 'The methods that the address takes.', schema: { type: 'string' } },
        RequestId: {
          description: 'As sent, or new; to be named in a question to support.',
          schema: { type: 'string' },
        },
        RetryAfter: { description: 'Seconds.', schema: { type: 'integer', minimum: 1 } },
      },
      responses: Object.fromEntries(
        Object.entries(ERRORS).map(([status, description]) => [status, errorResponseOf(status, description)]),
      ),
      schemas,
    },
  };
};
