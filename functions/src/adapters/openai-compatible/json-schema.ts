/** Gemini's schema subset as the JSON Schema that OpenAI's structured outputs take. */

type Schema = Readonly<Record<string, unknown>>;

export interface OutputSchema {
  schema: Schema;
  /** Every object requires all its properties, which OpenAI's strict mode asks for. */
  strict: boolean;
}

const GEMINI_ONLY = new Set(['nullable', 'propertyOrdering', 'example', 'type', 'items', 'properties', 'anyOf']);

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const typeOf = (schema: Schema): unknown => {
  if (typeof schema.type !== 'string') return schema.type;
  const type = schema.type.toLowerCase();
  return schema.nullable === true ? [type, 'null'] : type;
};

/** `partial` collects whether some object leaves a property optional. */
const converted = (schema: Schema, partial: { found: boolean }): Schema => {
  const result: Record<string, unknown> = {};
  const type = typeOf(schema);
  if (type !== undefined) result.type = type;
  for (const [name, value] of Object.entries(schema)) if (!GEMINI_ONLY.has(name)) result[name] = value;
  if (schema.nullable === true && Array.isArray(schema.enum)) result.enum = [...schema.enum, null];
  if (isSchema(schema.items)) result.items = converted(schema.items, partial);
  if (Array.isArray(schema.anyOf)) {
    const choices: unknown[] = schema.anyOf.map((part) => (isSchema(part) ? converted(part, partial) : part));
    result.anyOf = schema.nullable === true ? [...choices, { type: 'null' }] : choices;
  }
  if (isSchema(schema.properties)) {
    const required = new Set(Array.isArray(schema.required) ? schema.required : []);
    if (Object.keys(schema.properties).some((name) => !required.has(name))) partial.found = true;
    result.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, part]) => [name, isSchema(part) ? converted(part, partial) : part]),
    );
    result.additionalProperties = false;
  }
  return result;
};

export const toOutputSchema = (responseSchema: Schema): OutputSchema => {
  const partial = { found: false };
  const schema = converted(responseSchema, partial);
  return { schema, strict: !partial.found };
};
