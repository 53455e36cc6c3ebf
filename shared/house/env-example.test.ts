import { describe, expect, test } from '@jest/globals';
import {
  API_PORT,
  CHECKOUT_PORT,
  DASHBOARD_PORT,
  POSTGRES_PORT,
  readSettings,
  REDIS_PORT,
  TEST_MERCHANT_PORT,
} from '../../localstack/stack/settings.ts';
import { type Variable, variables } from '../runtime/variables.ts';
import { readText } from './source-files.ts';

/** What `npm start` reads itself. */
const supervisors = Object.fromEntries([
  ...[API_PORT, DASHBOARD_PORT, CHECKOUT_PORT, TEST_MERCHANT_PORT, POSTGRES_PORT, REDIS_PORT].map(
    ({ variable, standard }) => [variable, String(standard)] as const,
  ),
  ['LISTEN_ADDRESS', 'localhost'],
  ['GATEWAY_DATA_DIR', readSettings([], {}, '/').dataDir.slice(1)],
]);
const gateways = Object.fromEntries(
  Object.entries<Variable>(variables).map(([name, { default: standard = '' }]) => [name, standard]),
);

describe('.env.example', () => {
  const lines = readText('.env.example').trimEnd().split('\n');
  const settings = lines.flatMap((line, index) => {
    const [, name, value] = /^#?([A-Z0-9_]+)=(.*)$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [{ name, value, line, above: lines[index - 1] ?? '' }];
  });

  test('lists every variable there is, once, with the default that stands without it', () => {
    expect(Object.fromEntries(settings.map(({ name, value }) => [name, value]))).toEqual({
      ...supervisors,
      ...gateways,
    });
    expect(settings).toHaveLength(Object.keys({ ...supervisors, ...gateways }).length);
  });

  test.each(settings)('$name changes nothing until somebody wants it to, and is explained', ({ line, above }) => {
    expect(line).toMatch(/^#[A-Z]/);
    expect(above).toMatch(/^# \w.{20,}\.$/);
  });

  test('has no other lines', () => {
    const others = lines.filter((line) => line !== '' && !/^# \w/.test(line) && !/^#[A-Z0-9_]+=/.test(line));
    expect(others).toEqual([]);
  });
});
