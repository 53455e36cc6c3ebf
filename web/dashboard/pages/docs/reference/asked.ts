import type { Operation } from './read-reference.ts';

/** What was written into an operation's fields, by name. */
export type Given = Readonly<Record<string, string>>;

/** Path and query of a request; a path parameter that was not given stays as it is written in the reference. */
export function addressOf({ path, parameters }: Operation, given: Given): string {
  const filled = path.replace(/\{(\w+)\}/g, (whole, name: string) => encodeURIComponent(given[name] ?? '') || whole);
  const query = new URLSearchParams();
  for (const { in: place, name } of parameters) {
    const value = given[name];
    if (place === 'query' && value) query.set(name, value);
  }
  return query.size > 0 ? `${filled}?${query.toString()}` : filled;
}

/** Whether everything is there that the path needs. */
export const isComplete = ({ parameters }: Operation, given: Given): boolean =>
  parameters.every(({ in: place, name }) => place !== 'path' || Boolean(given[name]));

/** The list that an operation's `{id}` is from: `/api/v1/orders` for `/api/v1/orders/{id}/public`. */
export const listBehind = ({ path }: Operation): string | null => /^(\/api\/v1\/[^{]+)\/\{id\}/.exec(path)?.[1] ?? null;
