import type { OpenApi, Schema } from './open-api.ts';

/** A line of a table of fields. */
export type Field = {
  /** With dots for what lies within, and `[]` for each of a list: `data[].id`. */
  name: string;
  type: string;
  isRequired: boolean;
  about: string;
  /** What it may be, where that is a short list. */
  values: string[];
};

type Schemas = OpenApi['components']['schemas'];

/** Deeper than that nobody reads a table. */
const deepest = 3;

/** The fields of an object, those within it below it. */
export function fieldsOf(schema: Schema | undefined, schemas: Schemas, prefix = '', depth = 0): Field[] {
  const { items, properties = {}, required = [] } = resolved(schema, schemas);
  if (items) return fieldsOf(items, schemas, `${prefix}[]`, depth);
  return Object.entries(properties).flatMap(([key, given]) => {
    const name = prefix === '' ? key : `${prefix}.${key}`;
    const own = resolved(given, schemas);
    const field: Field = {
      name,
      type: typeOf(given, schemas),
      isRequired: required.includes(key),
      about: given.description ?? own.description ?? '',
      values: (own.enum ?? (own.const === undefined ? [] : [own.const])).map(String),
    };
    return [field, ...(depth < deepest ? fieldsOf(own, schemas, name, depth + 1) : [])];
  });
}

/** What a schema says once its references are followed and a null beside it is set aside. */
export function resolved(schema: Schema | undefined, schemas: Schemas): Schema {
  if (schema === undefined) return {};
  if (schema.$ref !== undefined) return resolved(schemas[schema.$ref.split('/').at(-1) ?? ''], schemas);
  const others = schema.anyOf?.filter(({ type }) => type !== 'null');
  // One of several shapes has no fields that could be told; one beside null is that one.
  if (others?.length === 1)
    return { ...resolved(others[0], schemas), ...(schema.examples && { examples: schema.examples }) };
  return schema;
}

function typeOf(schema: Schema, schemas: Schemas): string {
  if (schema.$ref !== undefined) return typeOf(resolved(schema, schemas), schemas);
  if (schema.anyOf) return [...new Set(schema.anyOf.flatMap((one) => typeOf(one, schemas).split(' or ')))].join(' or ');
  if (schema.type === 'array') return `list of ${typeOf(schema.items ?? {}, schemas)}s`;
  if (schema.format === 'date-time') return 'time';
  const types = [schema.type ?? (schema.const === undefined ? 'any' : typeof schema.const)].flat();
  return types.join(' or ');
}
