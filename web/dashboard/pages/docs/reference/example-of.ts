import { resolved } from './fields-of.ts';
import type { OpenApi, Schema } from './open-api.ts';

/** A body to send, of what the document gives as examples: all that is required, and what is simple beside it. */
export function exampleOf(schema: Schema | undefined, schemas: OpenApi['components']['schemas']): unknown {
  const own = resolved(schema, schemas);
  const [example] = own.examples ?? [];
  if (example !== undefined) return example;
  if (own.enum?.[0] !== undefined) return own.enum[0];
  if (own.properties === undefined) return undefined;
  const entries = Object.entries(own.properties).flatMap(([key, given]) => {
    const value = exampleOf(given, schemas);
    const isSimple = resolved(given, schemas).properties === undefined;
    return value !== undefined && (isSimple || own.required?.includes(key)) ? [[key, value] as const] : [];
  });
  return Object.fromEntries(entries);
}
