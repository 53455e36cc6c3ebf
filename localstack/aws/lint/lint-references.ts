import type { Resource as Schema } from '@aws-cdk/service-spec-types';
import type { Template } from '../lambda-runtime/resolve-template.ts';
import type { Fault } from './lint-template.ts';

type Reference = { readonly to: string; readonly attribute?: string | undefined };

/** References to what is not there, to attributes that it does not have, and those that lead back to where they began. */
export function lintReferences(template: Template, schemas: ReadonlyMap<string, Schema>): Fault[] {
  const references = new Map(
    Object.entries(template.Resources).map(([id, { Properties, DependsOn = [] }]) => [
      id,
      [...referencesIn(Properties), ...[DependsOn].flat().map((to): Reference => ({ to }))],
    ]),
  );
  const outputs = Object.entries(template.Outputs ?? {}).map(
    ([name, { Value }]) => [`Outputs.${name}`, referencesIn(Value)] as const,
  );
  const broken = [...references, ...outputs].flatMap(([from, all]) =>
    all.flatMap(({ to, attribute }) => {
      if (attribute === undefined && template.Parameters?.[to] !== undefined) return [];
      const target = template.Resources[to];
      if (target === undefined) return [`${from}: there is no ${to}`];
      const attributes = schemas.get(target.Type)?.attributes ?? {};
      const isThere = attribute === undefined || attributes[attribute] !== undefined;
      return isThere ? [] : [`${from}: ${to} has no attribute ${attribute}`];
    }),
  );
  return [...broken, ...circles(references)];
}

function referencesIn(value: unknown): Reference[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]): Reference[] => {
    if (key === 'Ref') return named(String(inner));
    if (key === 'Fn::GetAtt') {
      const [to = '', ...attribute] = Array.isArray(inner) ? (inner as string[]) : String(inner).split('.');
      return named(to, attribute.join('.'));
    }
    if (key === 'Fn::Sub') {
      const texts = String(Array.isArray(inner) ? inner[0] : inner).matchAll(/\$\{([\w:]+)(?:\.([\w.]+))?\}/g);
      return [...texts].flatMap(([, to = '', attribute]) => named(to, attribute));
    }
    return referencesIn(inner);
  });
}

const named = (to: string, attribute?: string): Reference[] => (to.startsWith('AWS::') ? [] : [{ to, attribute }]);

/** CloudFormation creates one after the other and needs a beginning. */
function circles(references: ReadonlyMap<string, readonly Reference[]>): Fault[] {
  const done = new Set<string>();
  const found: Fault[] = [];
  const walk = (id: string, way: readonly string[]): void => {
    if (way.includes(id)) {
      found.push(`Resources: ${[...way.slice(way.indexOf(id)), id].join(' -> ')} is a circle`);
      return;
    }
    if (done.has(id)) return;
    for (const { to } of references.get(id) ?? []) walk(to, [...way, id]);
    done.add(id);
  };
  for (const id of references.keys()) walk(id, []);
  return found;
}
