import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { signWebhook } from '../../../../../shared/webhooks/outgoing/sign.ts';
import { linesOf, vectors } from './vectors.ts';

const snippets = import.meta.dirname;
const drivers = join(snippets, 'drivers');

type Language = { name: string; program: string; asks: string[]; run: (lines: string) => string };

/** @throws Error with what the program wrote, unless it ended well. */
function output(program: string, args: string[], input: string, cwd?: string): string {
  const { status, stdout, stderr } = spawnSync(program, args, { input, cwd, encoding: 'utf8', timeout: 60_000 });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}: ${stderr}`);
  return stdout;
}

const interpreted = (name: string, program: string, asks: string[], driver: string): Language => ({
  name,
  program,
  asks,
  run: (lines) => output(program, [join(drivers, driver)], lines),
});

/** A compiler gets the two files into a folder of their own: Go wants them in one, and Java leaves its classes there. */
const compiled = (
  name: string,
  program: string,
  asks: string[],
  files: string[],
  runIn: (folder: string, lines: string) => string,
): Language => ({
  name,
  program,
  asks,
  run: (lines) => {
    const folder = mkdtempSync(join(tmpdir(), 'verify-webhook-'));
    try {
      for (const file of files) copyFileSync(join(snippets, file), join(folder, basename(file)));
      return runIn(folder, lines);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
});

const languages = [
  interpreted('Node.js', process.execPath, ['--version'], 'drive.mjs'),
  interpreted('Python', 'python3', ['--version'], 'drive.py'),
  interpreted('PHP', 'php', ['--version'], 'drive.php'),
  interpreted('Ruby', 'ruby', ['--version'], 'drive.rb'),
  compiled('Go', 'go', ['version'], ['verify.go', 'drivers/drive.go'], (folder, lines) =>
    output('go', ['run', 'verify.go', 'drive.go'], lines, folder),
  ),
  compiled('Java', 'javac', ['-version'], ['VerifyWebhook.java', 'drivers/Drive.java'], (folder, lines) => {
    output('javac', ['-Xlint:all', '-Werror', '-encoding', 'UTF-8', 'VerifyWebhook.java', 'Drive.java'], '', folder);
    return output('java', ['-cp', folder, 'Drive'], lines);
  }),
];

const isHere = ({ program, asks }: Language) => spawnSync(program, asks).status === 0;
const here = languages.filter(isHere);
const away = languages.filter((language) => !here.includes(language)).map(({ name }) => name);

if (away.length > 0) {
  process.stderr.write(
    `\n  NOT RUN: the webhook snippets for ${away.join(', ')}. Their programs are not installed.\n\n`,
  );
}

test('the vectors are what the gateway signs', () => {
  for (const { body, secrets, headers } of Object.values(vectors.deliveries)) {
    const signed = signWebhook({
      body,
      webhookId: headers['webhook-id'],
      timestampSeconds: Number(headers['webhook-timestamp']),
      secrets,
    });
    const lowerCased = Object.entries(signed).map(([name, value]) => [name.toLowerCase(), value]);
    expect(Object.fromEntries(lowerCased)).toMatchObject(headers);
  }
});

test.each(here)('$name answers every vector as it should', ({ run }) => {
  const answers = run(linesOf(vectors)).trim().split(/\r?\n/);
  const said = vectors.cases.map(({ name }, at) => `${name}: ${answers[at]}`);
  expect(said).toEqual(
    vectors.cases.map(({ name, ...wanted }) => `${name}: ${wanted.verifyWebhook} ${wanted.verifyBody}`),
  );
});

// A language that is not here is a line in the report of the tests, not a silence.
if (away.length > 0) test.skip.each(away)('%s is not installed, its snippet was not run', () => undefined);
