/** A request as its operation's schema wants it, or what is wrong with it in words of our own that keep its values to themselves. */
import type * as z from 'zod';
import { AppError } from '../errors.ts';

const TELLABLE = /^[\w.-]{1,64}$/;

/** The first that may be told: what a caller made up is not repeated at length. */
export const tellableField = (names: readonly string[]): string | undefined =>
  names.find((name) => TELLABLE.test(name));

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a JSON object',
};
const UNITS: Readonly<Record<string, string>> = { string: ' characters', array: ' entries' };

const limited = (bound: 'least' | 'most', origin: string, limit: unknown): string => {
  const unit = UNITS[origin];
  if (unit === undefined) return `it must be at ${bound} ${limit}`;
  return bound === 'least' && limit === 1 ? 'it must not be empty' : `it must have at ${bound} ${limit}${unit}`;
};

/** What is expected. A schema that says so itself is heard first. */
const problemOf = (issue: z.core.$ZodRawIssue): string => {
  if (issue.input === undefined) return 'it is missing';
  switch (issue.code) {
    case 'invalid_type':
      return `it must be ${KINDS[issue.expected] ?? 'of another type'}`;
    case 'invalid_value':
      return `it must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return issue.inclusive === false
        ? `it must be more than ${issue.minimum}`
        : limited('least', issue.origin, issue.minimum);
    case 'too_big':
      return limited('most', issue.origin, issue.maximum);
    default:
      return 'it does not have the form asked for';
  }
};

const unknownField = (schema: z.ZodObject, keys: readonly string[]): AppError => {
  const known = Object.keys(schema.shape).join(', ');
  const field = tellableField(keys);
  if (known === '') return new AppError('REQUEST_INVALID', { field: field ?? 'body', problem: 'no field is expected' });
  const problem = field === undefined ? `it has a field that is not one of ${known}` : `it is not one of ${known}`;
  return new AppError('REQUEST_INVALID', { field: field ?? 'body', problem });
};

/** As a name that comes twice in a query. */
const isListForOne = (issue: z.core.$ZodIssue, input: unknown): boolean => {
  const [field, ...inner] = issue.path;
  const isWrongKind =
    issue.code === 'invalid_value' || (issue.code === 'invalid_type' && !['array', 'object'].includes(issue.expected));
  return (
    isWrongKind &&
    field !== undefined &&
    inner.length === 0 &&
    Array.isArray((input as Record<PropertyKey, unknown>)[field])
  );
};

/** @throws AppError REQUEST_INVALID, with the field. */
export const parseRequest = (schema: z.ZodObject, input: unknown): Record<string, unknown> => {
  const parsed = schema.safeParse(input, { error: problemOf });
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  // First, since a mistyped name is also why another field is missing.
  const unknown = issues.find((issue) => issue.code === 'unrecognized_keys');
  if (unknown) throw unknownField(schema, unknown.keys);
  const [issue] = issues;
  if (issue && isListForOne(issue, input)) {
    throw new AppError('REQUEST_INVALID', {
      field: issue.path.join('.'),
      problem: 'it must be given once, as a single value',
    });
  }
  throw new AppError('REQUEST_INVALID', {
    field: issue?.path.join('.') || 'body',
    problem: issue?.message ?? 'it does not have the form asked for',
  });
};
