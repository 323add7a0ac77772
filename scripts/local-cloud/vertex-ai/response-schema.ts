/** What Gemini does with a responseSchema before the model sees it. Limits: FEATURES.md section 5. */

export type Schema = Readonly<Record<string, unknown>>;

/** Fields of https://cloud.google.com/vertex-ai/docs/reference/rest/v1/Schema that a request may have. */
const KNOWN_FIELDS = new Set(
  `type format title description nullable default items minItems maxItems enum properties propertyOrdering required
   minProperties maxProperties minimum maximum minLength maxLength pattern example anyOf additionalProperties`.split(
    /\s+/,
  ),
);
const TYPES = new Set(['STRING', 'NUMBER', 'INTEGER', 'BOOLEAN', 'ARRAY', 'OBJECT', 'NULL']);
/** 42 names of 34 characters pass; 43 of 34 and 42 of 35 do not. */
const LARGEST_SUM_OF_NAME_LENGTHS = 1428;
const LARGEST_SUM_OF_MAX_ITEMS = 960;

/** `unknown_field`: 400 that names it. `invalid`: 400 that says nothing. `mute`: 200 with an empty text. */
export type SchemaVerdict =
  | { outcome: 'accepted' | 'invalid' | 'mute' }
  | { outcome: 'unknown_field'; field: string; path: string };

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface Place {
  schema: Schema;
  path: string;
}

const childrenOf = ({ schema, path }: Place): Place[] => {
  const found: Place[] = [];
  const take = (value: unknown, at: string): void => {
    if (isSchema(value)) found.push({ schema: value, path: at });
  };
  take(schema.items, `${path}.items`);
  if (Array.isArray(schema.anyOf)) schema.anyOf.forEach((value, index) => void take(value, `${path}.any_of[${index}]`));
  if (isSchema(schema.properties)) {
    Object.values(schema.properties).forEach((value, index) => void take(value, `${path}.properties[${index}].value`));
  }
  return found;
};

const allPlaces = (root: Place): Place[] => [root, ...childrenOf(root).flatMap(allPlaces)];

const isWellFormed = ({ schema }: Place): boolean => {
  const type = schema.type === undefined && Array.isArray(schema.anyOf) ? 'OBJECT' : String(schema.type).toUpperCase();
  if (!TYPES.has(type)) return false;
  if (type === 'ARRAY' && !isSchema(schema.items)) return false;
  const names = new Set(Object.keys(isSchema(schema.properties) ? schema.properties : {}));
  if (Array.isArray(schema.required) && schema.required.some((name) => !names.has(String(name)))) return false;
  return !(Array.isArray(schema.enum) && (type !== 'STRING' || schema.enum.some((value) => typeof value !== 'string')));
};

export const judgeResponseSchema = (schema: Schema): SchemaVerdict => {
  const places = allPlaces({ schema, path: 'generation_config.response_schema' });
  for (const place of places) {
    const field = Object.keys(place.schema).find((name) => !KNOWN_FIELDS.has(name));
    if (field !== undefined) return { outcome: 'unknown_field', field, path: place.path };
  }
  const sum = (measure: (schema: Schema) => number): number =>
    places.reduce((total, place) => total + measure(place.schema), 0);
  const nameLengths = sum((part) => Object.keys(isSchema(part.properties) ? part.properties : {}).join('').length);
  const maxItems = sum((part) => Number(part.maxItems ?? 0));
  if (nameLengths > LARGEST_SUM_OF_NAME_LENGTHS || maxItems > LARGEST_SUM_OF_MAX_ITEMS) return { outcome: 'invalid' };
  if (!places.every(isWellFormed)) return { outcome: 'invalid' };
  const maps = places.filter((place) => place.schema.additionalProperties !== undefined);
  if (maps.some((place) => place.schema.additionalProperties !== true)) return { outcome: 'invalid' };
  return { outcome: maps.length > 0 ? 'mute' : 'accepted' };
};

/** The emptiest value that fits: no list has more than its minItems, so nothing is found. */
export const smallestValue = (schema: Schema): unknown => {
  if (schema.nullable === true) return null;
  if (Array.isArray(schema.anyOf) && isSchema(schema.anyOf[0])) return smallestValue(schema.anyOf[0]);
  switch (String(schema.type).toUpperCase()) {
    case 'OBJECT': {
      const properties = Object.entries(isSchema(schema.properties) ? schema.properties : {});
      const required = new Set(Array.isArray(schema.required) ? schema.required : []);
      return Object.fromEntries(
        properties.filter(([name]) => required.has(name)).map(([name, part]) => [name, smallestValue(part as Schema)]),
      );
    }
    case 'ARRAY':
      return Array.from({ length: Number(schema.minItems ?? 0) }, () => smallestValue(schema.items as Schema));
    case 'STRING':
      return Array.isArray(schema.enum) ? schema.enum[0] : 'x'.repeat(Number(schema.minLength ?? 0));
    case 'BOOLEAN':
      return false;
    case 'NULL':
      return null;
    default:
      return Number(schema.minimum ?? 0);
  }
};
