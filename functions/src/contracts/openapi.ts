/** The OpenAPI document of the REST interface, made from the table of operations. https://spec.openapis.org/oas/v3.1.1.html */
import * as z from 'zod';
import { AnalysisKindSchema } from './analysis.ts';
import { ConversionViewSchema } from './conversion.ts';
import { ErrorEnvelopeSchema, successEnvelopeOf } from './envelope.ts';
import { OPERATION_NAMES, OPERATIONS, type OperationName, type OperationSpec, RATE_LIMITS } from './operations.ts';
import { ComplianceRowSchema } from './rfp.ts';
import { RunViewSchema } from './run.ts';

/** Grows in its first place when a client would break. */
const API_VERSION = '1.0.0';

type Json = { [key: string]: unknown };

const named = z.registry<{ id: string }>();
named.add(AnalysisKindSchema, { id: 'AnalysisKind' });
named.add(ConversionViewSchema, { id: 'Conversion' });
named.add(RunViewSchema, { id: 'Run' });
named.add(ComplianceRowSchema, { id: 'ComplianceRow' });
named.add(OPERATIONS.createUpload.response.shape.upload, { id: 'UploadGrant' });
named.add(OPERATIONS.exportRun.response.shape.download, { id: 'SignedUrl' });

const ERRORS: Readonly<Record<string, string>> = {
  400: 'The request, or the state of what it names, does not allow it.',
  401: 'Without a valid token.',
  403: 'The role does not allow it.',
  404: 'Not there, or not of this organisation.',
  409: 'Changed meanwhile, or there already.',
  413: 'The request is too large.',
  415: 'The request is not JSON.',
  429: 'Too many requests: see Retry-After.',
  500: 'A fault of the service.',
  503: 'A part of the service does not answer. Try again.',
};

const requestId: Json = { 'X-Request-ID': { $ref: '#/components/headers/RequestId' } };

/** A client must bear fields that are added, and reads a time by its format. */
const loosen = ({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void => {
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
};

/** Collects what has a name into `components`, so that it stands there once. */
const createSchemaWriter = (components: Json) => {
  const write = (schema: z.ZodType, io: 'input' | 'output'): Json => {
    const { $schema, $defs, ...json } = JSON.parse(
      JSON.stringify(z.toJSONSchema(schema, { io, metadata: named, override: loosen })).replaceAll(
        '#/$defs/',
        '#/components/schemas/',
      ),
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

const requestOf = (spec: OperationSpec, request: Json): Json => {
  const properties = Object.entries((request.properties ?? {}) as Json);
  const required = new Set((request.required ?? []) as string[]);
  const parameters = properties.flatMap(([name, schema]) => {
    const place = placeOf(spec, name);
    return place === 'body' ? [] : [{ name, in: place, required: place === 'path' || required.has(name), schema }];
  });
  const body = properties.filter(([name]) => placeOf(spec, name) === 'body');
  const requiredInBody = body.map(([name]) => name).filter((name) => required.has(name));
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
            },
          },
        },
      },
    }),
  };
};

const operationOf = (name: OperationName, write: ReturnType<typeof createSchemaWriter>): Json => {
  const spec: OperationSpec = OPERATIONS[name];
  const { perMinute }: { perMinute: number } = RATE_LIMITS[spec.rateLimit];
  const errors = Object.keys(ERRORS).filter((status) => spec.auth === 'user' || !['401', '403'].includes(status));
  return {
    operationId: name,
    summary: spec.summary,
    ...(spec.scope !== null && { tags: [spec.scope.split(':')[0]], 'x-scope': spec.scope }),
    'x-requests-per-minute': perMinute,
    security: spec.auth === 'public' ? [] : [{ idToken: [] }],
    ...requestOf(spec, write(spec.request, 'input')),
    responses: {
      200: {
        description: 'Done.',
        headers: requestId,
        content: { 'application/json': { schema: write(successEnvelopeOf(spec.response), 'output') } },
      },
      ...Object.fromEntries(errors.map((status) => [status, { $ref: `#/components/responses/${status}` }])),
    },
  };
};

const errorResponseOf = (status: string, description: string): Json => ({
  description,
  headers: { ...requestId, ...(status === '429' && { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } }) },
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
    paths[path] = { ...paths[path], [method]: operationOf(name, write) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'mdraft',
      version: API_VERSION,
      description: 'Documents to clean Markdown; RFPs to a compliance matrix that proves nothing was left out.',
    },
    servers: [{ url: '/api/v1' }],
    paths,
    components: {
      securitySchemes: {
        idToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'An ID token of Firebase Auth.' },
      },
      headers: {
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
