import { exampleOf } from './example-of.ts';
import { type Field, fieldsOf, resolved } from './fields-of.ts';
import type { ApiOperation, Content, OpenApi } from './open-api.ts';

export type Parameter = Field & { in: 'path' | 'query' | 'header' };

/** A route of the API, ready to be shown. */
export type Operation = {
  id: string;
  method: string;
  path: string;
  summary: string;
  /** It needs the merchant's key and secret. */
  isMerchants: boolean;
  parameters: Parameter[];
  body: Field[];
  /** A body to send; undefined where none is sent. */
  bodyExample: unknown;
  /** The status of success. */
  status: number;
  answer: Field[];
  errors: { status: number; codes: string[] }[];
};

export type Chapter = { name: string; operations: Operation[] };

/** Few come for these. */
const last = ['Operations', 'Test'];

/** The API's routes by subject, in the order of the document but for those that few come for. */
export function readReference({ paths, components: { schemas } }: OpenApi): Chapter[] {
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const chapters = Map.groupBy(all, ({ operation }) => operation.tags[0] ?? 'Other');
  const inOrder = [...chapters].sort(([one], [other]) => last.indexOf(one) - last.indexOf(other));
  return inOrder.map(([name, routes]) => ({
    name,
    operations: routes.map(({ path, method, operation }) => {
      const body = schemaOf(operation.requestBody?.content);
      const responses = Object.entries(operation.responses).map(([status, response]) => ({
        status: Number(status),
        response,
      }));
      const success = responses.find(({ status }) => status < 300);
      return {
        id: operation.operationId,
        method,
        path,
        summary: operation.summary,
        isMerchants: operation.security.length > 0,
        parameters: parametersOf(operation, schemas),
        body: fieldsOf(body, schemas),
        bodyExample: body && exampleOf(body, schemas),
        status: success?.status ?? 200,
        answer: fieldsOf(schemaOf(success?.response.content), schemas),
        errors: responses
          .filter(({ status }) => status >= 400)
          .map(({ status, response }) => ({ status, codes: response.description.split(', ') })),
      };
    }),
  }));
}

function parametersOf({ parameters = [] }: ApiOperation, schemas: OpenApi['components']['schemas']): Parameter[] {
  return parameters.map(({ in: place, name, required = false, description, schema }) => ({
    in: place as Parameter['in'],
    name,
    type: 'string',
    isRequired: required,
    about: description ?? schema.description ?? '',
    values: (resolved(schema, schemas).enum ?? []).map(String),
  }));
}

const schemaOf = (content: Content | undefined) => content?.['application/json']?.schema;
