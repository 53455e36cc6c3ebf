import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildSdk, type BuiltSdk } from './built-sdk.ts';

const root = join(import.meta.dirname, '..', '..');
let sdk: BuiltSdk;
beforeAll(async () => {
  sdk = await buildSdk();
});
afterAll(() => sdk.remove());

const node = (...args: string[]) => execFileSync(process.execPath, args, { encoding: 'utf8', cwd: sdk.folder });

test('checkout.js has at most 3 kB', () => {
  expect(gzipSync(sdk.read('checkout.js'), { level: 9 }).length).toBeLessThanOrEqual(3_000);
});

test.each([
  '<div id="payment-gateway-modal" data-test-id="payment-modal">',
  '<iframe data-test-id="payment-iframe"',
  '<button data-test-id="close-modal-button" class="close-button">',
  'modal-overlay',
  'modal-content',
  'http://localhost:3001/checkout?order_id=',
])('checkout.js says %s literally', (literal) => {
  expect(sdk.read('checkout.js')).toContain(literal);
});

test('neither file posts to *, evaluates text or writes HTML', () => {
  const text = sdk.read('checkout.js') + sdk.read('index.js');
  expect(text).not.toMatch(/['"`]\*['"`]|\beval\(|new Function|innerHTML|insertAdjacentHTML|cssText|setAttribute/);
});

test('the module can be imported where there is no window', () => {
  const script = `import Default, { PaymentGateway } from './index.js';
    try { new PaymentGateway({ key: 'k' }) } catch (error) { console.log(Default === PaymentGateway, error.message) }`;
  expect(node('--input-type=module', '-e', script)).toBe('true PaymentGateway: orderId must be a non-empty string\n');
});

test('the types say what the options are and what the callbacks get', () => {
  const use = (code: string) => {
    const path = join(sdk.folder, 'use.mts');
    writeFileSync(join(sdk.folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(path, `import Default, { PaymentGateway, type PaymentFailure } from './index.js';\n${code}`);
    const flags = '--noEmit --strict --target es2022 --module nodenext --lib es2022,dom'.split(' ');
    try {
      return node(join(root, 'node_modules', 'typescript', 'bin', 'tsc'), ...flags, '--ignoreConfig', path);
    } catch (error) {
      return String((error as { stdout: unknown }).stdout);
    }
  };
  expect(
    use(`const told = (failure: PaymentFailure): string | null => failure.paymentId;
      const checkout: PaymentGateway = new Default({ key: 'k', orderId: 'o', onSuccess: ({ paymentId, orderId, status }) =>
        [paymentId, orderId].includes(status satisfies 'success'), onFailure: (failure) => told(failure), onClose() {} });
      checkout.open(); checkout.close();`),
  ).toBe('');
  expect(use(`new PaymentGateway({ key: 'k' });`)).toContain('orderId');
});

test('the package holds what it needs, and nothing else', () => {
  const listed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--offline'], {
    cwd: join(root, 'sdk'),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const answer = JSON.parse(listed);
  const [{ files }] = Object.values<any>(answer);
  expect(files.map(({ path }: { path: string }) => path).sort()).toEqual([
    'README.md',
    'dist/checkout.js',
    'dist/index.d.ts',
    'dist/index.js',
    'dist/options.d.ts',
    'dist/payment-gateway.d.ts',
    'package.json',
  ]);
});
