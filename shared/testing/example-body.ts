import { z } from 'zod';
import type { Route } from '../contracts/route.ts';

type JsonSchema = {
  properties?: Record<string, JsonSchema>;
  examples?: unknown[];
  anyOf?: JsonSchema[];
  $defs?: Record<string, JsonSchema>;
};

/**
 * A valid body for a route, made of its contract's own examples; undefined for a route that takes none.
 * @throws Error when the contract has too few examples to make one.
 */
export function exampleBody({ method, path, body }: Route): unknown {
  if (body === undefined) return undefined;
  const schema = z.toJSONSchema(body, { io: 'input' }) as JsonSchema;
  // A body with a name of its own stands under it.
  const [named] = Object.values(schema.$defs ?? {});
  const example = exampleOf(named ?? schema);
  const parsed = body.safeParse(example);
  if (parsed.success) return example;
  throw new Error(`the examples of ${method} ${path} make no valid body: ${parsed.error.message}`);
}

/** A property without an example is left out: it is optional, or the whole is refused. */
function exampleOf({ examples, properties, anyOf = [] }: JsonSchema): unknown {
  if (examples !== undefined) return examples[0];
  if (properties === undefined) return anyOf.map(exampleOf).find((example) => example !== undefined);
  const entries = Object.entries(properties).map(([name, schema]) => [name, exampleOf(schema)] as const);
  return Object.fromEntries(entries.filter(([, example]) => example !== undefined));
}
