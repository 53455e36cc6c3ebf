import { styleText } from 'node:util';
import { CheckFailed, type Finding } from './check-failed.ts';

export interface Step {
  what: string;
  ok: boolean;
  took_ms: number;
  finding?: Finding;
}

/** What a step is handed to say how it stands while it lasts. */
export type Progress = (how: string) => void;

/** One thing after another, each told as it happens. */
export interface Steps {
  /**
   * @param what it is about, until it has said more: `perform` answers the line that is shown when it went well.
   * @throws what `perform` throws, after it was told.
   */
  step: <T>(what: string, perform: (progress: Progress) => Promise<{ line: string; result: T }>) => Promise<T>;
  done: readonly Step[];
}

const WIDTH = 78;

/** @param write undefined when the steps are only kept. */
export function createSteps(write: ((text: string) => void) | undefined, stream: NodeJS.WriteStream): Steps {
  const done: Step[] = [];
  const isLive = write !== undefined && stream.isTTY;
  const paint = (style: 'green' | 'red' | 'dim', text: string) => styleText(style, text, { stream });
  const wipe = () => isLive && write('\r\u001b[2K');
  const end = (step: Step) => {
    done.push(step);
    wipe();
    const time = timeOf(step.took_ms);
    const text = step.what.padEnd(WIDTH - 4 - time.length);
    write?.(`  ${step.ok ? paint('green', '✓') : paint('red', '✗')} ${text}${paint('dim', time)}\n`);
    if (step.finding) write?.(findingText(step.finding, (text) => paint('dim', text)));
  };

  return {
    done,
    step: async (what, perform) => {
      const startedMs = performance.now();
      const tookMs = () => Math.round(performance.now() - startedMs);
      const progress: Progress = (how) => {
        if (isLive) write(`\r\u001b[2K${paint('dim', `  … ${what}: ${how}, ${timeOf(tookMs())}`.slice(0, WIDTH))}`);
      };
      try {
        const { line, result } = await perform(progress);
        end({ what: line, ok: true, took_ms: tookMs() });
        return result;
      } catch (error) {
        const finding = error instanceof CheckFailed ? { finding: error.finding } : {};
        end({ what, ok: false, took_ms: tookMs(), ...finding });
        throw error;
      }
    },
  };
}

export const timeOf = (ms: number) => (ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`);

const findingText = ({ expected, came, look }: Finding, dim: (text: string) => string) =>
  (
    [
      ['expected', expected],
      ['came', came],
      ['look at', look],
    ] as const
  )
    .flatMap(([name, text]) =>
      wrapped(text).map((line, index) => `      ${dim((index ? '' : name).padEnd(10))}${line}\n`),
    )
    .join('');

/** At spaces; an address is not broken in two. */
function wrapped(text: string): string[] {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const longer = `${lines.at(-1)} ${word}`.trimStart();
    if (longer.length > WIDTH - 16 && lines.at(-1) !== '') lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
