/** Builds the web if its sources changed since the last time. A process of its own: the bundler is heavy and needed once. */
import { join } from 'node:path';
import '../die-with-parent.ts';
import { sentenceOf } from '../startup-error.ts';
import { buildWeb, isBuilt } from './built-web.ts';

const root = join(import.meta.dirname, '..', '..');

try {
  if (!isBuilt(root)) await buildWeb(root);
} catch (error) {
  console.error(`The checkout could not be built: ${sentenceOf(error)}`);
  process.exitCode = 1;
}
