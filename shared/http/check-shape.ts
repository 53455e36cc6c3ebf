import type { z } from 'zod';
import { badRequest } from '../contracts/errors.ts';

/**
 * Parses a value against its contract.
 * @throws BAD_REQUEST_ERROR for the first fault, in words: what was expected, and what kind of thing came. The value
 * itself is not repeated: a card's number comes as a JSON number now and then.
 */
export function checkShape<T extends z.ZodType>(schema: T, value: unknown, whole: string): z.output<T> {
  const parsed = schema.safeParse(value, { error: (issue) => sentence(issue, value, whole) });
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const field = pathOf(issues[0]?.path ?? []);
  // The last word on the first field: a contract's own limit comes after the one of every integer.
  const issue = issues.findLast(({ path }) => pathOf(path) === field);
  const message = issue?.message ?? 'is not valid';
  // A contract's own sentence may begin with the verb; the name goes in front.
  const description = message.startsWith('must ') && field !== '' ? `${field} ${message}` : message;
  throw badRequest(description, field === '' ? undefined : field);
}

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

function sentence(issue: RawIssue, root: unknown, whole: string): string {
  const name = pathOf(issue.path ?? []) || whole;
  const came = valueAt(root, issue.path ?? []);
  const got = came === undefined ? '' : `, got ${kindOf(came)}`;
  switch (issue.code) {
    case 'invalid_type':
      return came === undefined ? `${name} is required` : `${name} must be ${article(issue.expected)}${got}`;
    case 'invalid_value':
      return `${name} must be one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      return `${name} must be ${unionOf(issue)}${got}`;
    case 'too_big':
      return `${name} must be at most ${String(issue.maximum)}${unitOf(issue)}`;
    case 'too_small':
      return `${name} must be at least ${String(issue.minimum)}${unitOf(issue)}`;
    default:
      return `${name} is not valid`;
  }
}

const expectations: Readonly<Record<string, string>> = {
  string: 'a string',
  int: 'an integer',
  safeint: 'an integer',
  // Every number of ours is one, and zod says so only of fractions.
  number: 'an integer',
  boolean: 'true or false',
  object: 'a JSON object',
  record: 'a JSON object',
  array: 'an array',
};

const unitOf = ({ origin }: { origin: string }) => (origin === 'string' ? ' characters' : '');

const article = (expected: string) => expectations[expected] ?? expected;

function unionOf({ errors }: { errors: readonly (readonly object[])[] }): string {
  const kinds = errors.map(([first]) => (first && 'expected' in first ? article(String(first.expected)) : 'valid'));
  return [...new Set(kinds)].join(' or ');
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'a number' : 'a fraction';
  if (typeof value === 'object') return 'a JSON object';
  return typeof value === 'boolean' ? String(value) : `a ${typeof value}`;
}

const pathOf = (path: readonly PropertyKey[]) => path.map(String).join('.');

const valueAt = (root: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | null | undefined)?.[key], root);
