/** The REST routes, made from the table of operations. */
import { OPERATION_NAMES, OPERATIONS, type OperationName } from '../contracts/operations.ts';

export const REST_BASE = '/api/v1';

interface Route {
  name: OperationName;
  method: string;
  pattern: RegExp;
  /** Fields of the request that the path holds, in order. */
  fields: string[];
}

export type Match =
  | { found: 'operation'; name: OperationName; fields: Record<string, string> }
  /** The path exists for other methods. */
  | { found: 'path'; allowed: string[] }
  | { found: 'nothing' };

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const routeOf = (name: OperationName): Route => {
  const { method, path } = OPERATIONS[name].rest;
  const parts = path.split(/\{(\w+)\}/);
  return {
    name,
    method: method.toUpperCase(),
    pattern: new RegExp(`^${parts.map((part, index) => (index % 2 === 0 ? escaped(part) : '([^/]+)')).join('')}$`),
    fields: parts.filter((_, index) => index % 2 === 1),
  };
};

const ROUTES: readonly Route[] = OPERATION_NAMES.map(routeOf);

const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};

/** What can be got can be asked about: https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2 */
export const withHead = (methods: readonly string[]): string[] =>
  methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));

/** `path` is what follows REST_BASE. */
export const matchRoute = (method: string, path: string): Match => {
  const matching = ROUTES.flatMap((route) => {
    const found = route.pattern.exec(path);
    return found ? [{ route, values: found.slice(1).map(decoded) }] : [];
  });
  if (matching.length === 0) return { found: 'nothing' };
  const asked = matching.find(({ route }) => withHead([route.method]).includes(method));
  if (!asked) return { found: 'path', allowed: withHead(matching.map(({ route }) => route.method)) };
  const fields = Object.fromEntries(asked.route.fields.map((field, index) => [field, asked.values[index] ?? '']));
  return { found: 'operation', name: asked.route.name, fields };
};
