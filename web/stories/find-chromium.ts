import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const FOLDERS = ['/usr/bin', '/usr/local/bin', '/snap/bin'];
const MACOS = ['Chromium.app/Contents/MacOS/Chromium', 'Google Chrome.app/Contents/MacOS/Google Chrome'];
const WINDOWS = join('Google', 'Chrome', 'Application', 'chrome.exe');

/**
 * The Chromium, or Chrome, to test in: what CHROMIUM_PATH names, else the first where one is usually installed.
 * A CHROMIUM_PATH that is no program finds nothing: whoever named one does not want another.
 */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = env['CHROMIUM_PATH'];
  if (named) return isProgram(named) ? named : undefined;
  return usualPlaces(env).find(isProgram);
}

function usualPlaces(env: NodeJS.ProcessEnv): string[] {
  const onPath = (env['PATH'] ?? '').split(delimiter).filter(isAbsolute);
  const folders = [...new Set([...FOLDERS, ...onPath])];
  const applications = ['/Applications', join(env['HOME'] ?? '', 'Applications')];
  return [
    ...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...applications.flatMap((folder) => MACOS.map((program) => join(folder, program))),
    ...[env['PROGRAMFILES'], env['LOCALAPPDATA']].flatMap((folder) => (folder ? [join(folder, WINDOWS)] : [])),
  ];
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
