import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { PropertyType, Resource as Schema, ResourceProperties, SpecDatabase } from '@aws-cdk/service-spec-types';
import type { Template } from '../lambda-runtime/resolve-template.ts';
import { lintReferences } from './lint-references.ts';

/** Reading it takes half a second. */
let specification: SpecDatabase | undefined;

/** A fault of a template in words, with the way to it, such as `Resources.SweepRole.Policies.0`. */
export type Fault = string;

/**
 * What CloudFormation would refuse in a template, as far as its published schema says: types and properties that there are
 * not, required ones that are missing, values of another type, and references that lead nowhere or round in a circle.
 */
export function lintTemplate(template: Template): Fault[] {
  specification ??= loadAwsServiceSpecSync();
  const known = specification;
  const schemas = new Map<string, Schema>();
  const faults = Object.entries(template.Resources).flatMap(([id, { Type, Properties = {} }]) => {
    const [schema] = known.lookup('resource', 'cloudFormationType', 'equals', Type);
    if (schema === undefined) return [`Resources.${id}: there is no type ${Type}`];
    schemas.set(Type, schema);
    return lintObject(Properties, schema.properties, `Resources.${id}`, known);
  });
  return [...faults, ...lintReferences(template, schemas)];
}

function lintObject(value: object, known: ResourceProperties, at: string, specification: SpecDatabase): Fault[] {
  const given = Object.entries(value);
  const unknown = given.filter(([name]) => known[name] === undefined).map(([name]) => `${at}: there is no ${name}`);
  const missing = Object.entries(known)
    .filter(([name, { required }]) => required === true && !(name in value))
    .map(([name]) => `${at}: ${name} is missing`);
  const wrong = given.flatMap(([name, inner]) => {
    const type = known[name]?.type;
    return type === undefined ? [] : lintValue(inner, type, `${at}.${name}`, specification);
  });
  return [...unknown, ...missing, ...wrong];
}

function lintValue(value: unknown, type: PropertyType, at: string, specification: SpecDatabase): Fault[] {
  if (isIntrinsic(value)) return [];
  const fault = [`${at}: ${JSON.stringify(value)} is no ${type.type}`];
  switch (type.type) {
    case 'string':
    case 'date-time':
      return typeof value === 'string' ? [] : fault;
    case 'boolean':
      return typeof value === 'boolean' ? [] : fault;
    case 'integer':
      return Number.isInteger(value) ? [] : fault;
    case 'number':
      return typeof value === 'number' ? [] : fault;
    case 'array':
      if (!Array.isArray(value)) return fault;
      return value.flatMap((one, index) => lintValue(one, type.element, `${at}.${index}`, specification));
    case 'map':
      if (!isObject(value)) return fault;
      return Object.entries(value).flatMap(([name, one]) =>
        lintValue(one, type.element, `${at}.${name}`, specification),
      );
    case 'ref':
      if (!isObject(value)) return fault;
      return lintObject(value, specification.get('typeDefinition', type.reference).properties, at, specification);
    case 'tag':
      return isObject(value) && 'Key' in value && 'Value' in value ? [] : fault;
    case 'union': {
      const each = type.types.map((one) => lintValue(value, one, at, specification));
      return each.some((faults) => faults.length === 0) ? [] : (each[0] ?? []);
    }
    case 'json':
    case 'null':
      return [];
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What it becomes is known when it is deployed. */
function isIntrinsic(value: unknown): boolean {
  const [key, ...others] = isObject(value) ? Object.keys(value) : [];
  return others.length === 0 && (key === 'Ref' || key?.startsWith('Fn::') === true);
}
