import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { unzip } from '../lambda-runtime/unzip.ts';
import { absentText, neverLoadedText, unusedText } from './absent-text.ts';
import { bundle } from './bundle.ts';
import { packageFunctions, type PackagedFunction } from './package-functions.ts';
import { packageFiles } from './substitutes.ts';
import { zip } from './zip.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'gateway-packaging-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a packaged function', () => {
  const handlers = new Map([
    ['settlePayment', 'functions/jobs/settle-payment.handler'],
    ['deliverWebhook', 'functions/jobs/deliver-webhook.handler'],
    ['signIn', 'functions/http/auth/sign-in.handler'],
    ['docs', 'functions/http/docs/page.handler'],
    ['migrate', 'functions/jobs/migrate.handler'],
  ]);
  let first: Map<string, PackagedFunction>;
  beforeAll(async () => {
    first = await packageFunctions(handlers);
  }, 60_000);

  test('has the same bytes every time, alone and among others', async () => {
    const [alone] = [...(await packageFunctions(new Map([...handlers].slice(0, 1)))).values()];
    expect(first.get('settlePayment')?.zip.equals(alone!.zip)).toBe(true);
  });

  test('is one module, and what it reads', () => {
    const filesOf = (name: string) => [...unzip(first.get(name)!.zip).keys()];
    expect(filesOf('settlePayment')).toEqual(['index.mjs']);
    expect(filesOf('docs')).toContain('node_modules/swagger-ui-dist/swagger-ui-bundle.js');
    expect(filesOf('migrate')).toEqual(expect.arrayContaining(['index.mjs', 'migrations/0001_gateway.sql']));
  });

  test('has of other people’s packages what it uses', () => {
    const packagesOf = (name: string) => [
      ...new Set(
        first.get(name)!.inputs.flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []),
      ),
    ];
    const never = ['bullmq', 'ioredis', '@node-rs/argon2', '@aws-sdk/client-sqs', '@aws-sdk/client-dynamodb'];
    for (const name of first.keys()) expect(packagesOf(name).filter((one) => never.includes(one))).toEqual([]);
    expect(packagesOf('settlePayment')).not.toContain('undici');
    expect(packagesOf('deliverWebhook')).toContain('undici');
    for (const name of ['settlePayment', 'deliverWebhook', 'migrate']) expect(packagesOf(name)).not.toContain('zod');
    const languages = first.get('signIn')!.inputs.filter((input) => input.includes('zod/v4/locales/'));
    expect([packagesOf('signIn').includes('zod'), languages.length <= 2]).toEqual([true, true]);
  });
});

test('a zip is the same in every time zone, and in whatever order its files were named', async () => {
  const files: [string, string][] = [
    ['b.txt', 'two'],
    ['a/é.txt', 'one'],
  ];
  const made = await zip(new Map(files.map(([path, text]) => [path, Buffer.from(text)])));
  expect([...unzip(made)].map(([path, content]) => [path, content.toString()])).toEqual([...files].reverse());
  // In processes of their own: a running one keeps the time zone it began with.
  const script = `
    import { zip } from '${pathToFileURL(join(import.meta.dirname, 'zip.ts')).href}';
    const files = ${JSON.stringify([...files].reverse())}.map(([path, text]) => [path, Buffer.from(text)]);
    process.stdout.write((await zip(new Map(files))).toString('hex'));`;
  for (const TZ of ['Asia/Kolkata', 'America/New_York']) {
    const env = { ...process.env, TZ, NODE_OPTIONS: '' };
    const hex = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { env, encoding: 'utf8' });
    expect([TZ, hex === made.toString('hex')]).toEqual([TZ, true]);
  }
});

describe('what a bundle does not have', () => {
  const load = async (name: string, text: string) => {
    const path = join(folder, `${name}.mjs`);
    writeFileSync(path, text);
    return (await import(pathToFileURL(path).href)) as Record<string, (...given: unknown[]) => any>;
  };

  test('says so when it is called', async () => {
    const { Queue } = await load('absent', absentText('bullmq', ['Queue']));
    expect(() => new (Queue as any)('x')).toThrow('Queue: bullmq is not part of this bundle');
    expect(() => Queue!()).toThrow('bullmq is not part of this bundle');
  });

  test('says so when it is loaded that never should be', async () => {
    await expect(load('never', neverLoadedText('pg/lib/native'))).rejects.toThrow(
      'pg/lib/native is not part of this bundle',
    );
  });

  test('can be made and closed where it is never used, and says so when it is', async () => {
    const { createSender } = await load('unused', unusedText('send.ts', ['createSender']));
    const sender = await Promise.resolve(createSender!({}));
    await sender.close();
    expect(() => sender.send({})).toThrow('createSender().send: send.ts is not part of this bundle');
  });

  test('fails the build where it is wanted under a name nobody thought of', async () => {
    const entry = new Map([
      ['entry', `import { FlowProducer } from 'bullmq'; export const made = new FlowProducer();`],
    ]);
    await expect(bundle(root, entry, new Map())).rejects.toThrow('FlowProducer');
  });
});

test('what is stood in for is there, under the name it has', () => {
  const missing = [...packageFiles.keys()].filter((path) => !existsSync(join(root, 'node_modules', path)));
  expect(missing).toEqual([]);
});

test('the stand-ins are bundled from the files they name', () => {
  const text = readFileSync(join(import.meta.dirname, 'substitutes.ts'), 'utf8');
  for (const [, path] of text.matchAll(/'(shared\/[a-z-/]+\.ts)'/g)) {
    expect(() => readFileSync(join(root, path!))).not.toThrow();
  }
});
