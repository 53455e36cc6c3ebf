import { styleText } from 'node:util';
import type { Finding, Level, Section } from '../../../shared/doctor/finding.ts';

const columns = 80;
const nameWidth = 15;
/** More of them say nothing new to a person; `--json` has up to 20. */
const rowsShown = 5;

const marks: Record<Level, { mark: string; style: 'green' | 'yellow' | 'red' | 'dim'; rank: number }> = {
  ok: { mark: '✓', style: 'green', rank: 0 },
  'not examined': { mark: '-', style: 'dim', rank: 1 },
  warning: { mark: '!', style: 'yellow', rank: 2 },
  fault: { mark: '✗', style: 'red', rank: 3 },
};

/** One line a section while all is well; what is not well with its rows and what to do. */
export function findingsScreen(findings: readonly Finding[]): string {
  const sections = [...Map.groupBy(findings, ({ section }) => section)];
  const blocks = sections.map(([name, found]) => section(name, found));
  return `\n  ${headline(findings)}\n\n${blocks.join('\n')}\n`;
}

function headline(findings: readonly Finding[]): string {
  const count = (level: Level) => findings.filter((finding) => finding.level === level).length;
  const parts = [
    counted(count('fault'), 'fault'),
    counted(count('warning'), 'warning'),
    count('not examined') > 0 ? 'not all could be examined' : '',
  ].filter((part) => part !== '');
  if (parts.length === 0) return paint('bold', 'Everything is right.');
  return paint(
    'bold',
    count('fault') > 0 ? `Not everything is right: ${parts.join(', ')}.` : `No fault: ${parts.join(', ')}.`,
  );
}

const counted = (count: number, what: string) => (count === 0 ? '' : `${count} ${what}${count === 1 ? '' : 's'}`);

function section(name: Section, findings: readonly Finding[]): string {
  const worst = findings.map(({ level }) => marks[level]).reduce((a, b) => (b.rank > a.rank ? b : a));
  const good = findings.filter(({ level }) => level === 'ok');
  const bad = findings.filter(({ level }) => level !== 'ok');
  const line = `  ${paint(worst.style, worst.mark)} ${paint('cyan', name.padEnd(nameWidth))}${summary(name, good, bad)}`;
  return [line.trimEnd(), ...bad.map(detail)].join('\n');
}

const machinery: readonly Section[] = ['configuration', 'database', 'migrations', 'queue', 'worker'];

/** Rules are many and alike, so they are counted; of the machinery each finding says something of its own. */
function summary(name: Section, good: readonly Finding[], bad: readonly Finding[]): string {
  if (machinery.includes(name)) return wrapped(good.map(({ says }) => says).join(' '), nameWidth + 4).trimStart();
  const all = good.length + bad.length;
  if (all === 1) return bad.length === 0 ? 'its rule holds' : '';
  return `${good.length} of ${all} rules hold`;
}

function detail({ name, level, says, todo, total, offenders }: Finding): string {
  const { mark, style } = marks[level];
  const rows = offenders.slice(0, rowsShown).map(({ subject, found }) => wrapped(`${subject}: ${found}`, 6, 2));
  const more = total > rows.length ? [`      and ${total - rows.length} more.`] : [];
  return [
    `    ${paint(style, `${mark} ${name}`)}`,
    wrapped(says, 6),
    ...rows.map((row) => paint('dim', row)),
    ...more,
    ...(todo === null ? [] : [wrapped(`→ ${todo}`, 6, 2)]),
    '',
  ].join('\n');
}

/** @param hanging by how much the lines after the first are indented further. */
function wrapped(text: string, indent: number, hanging = 0): string {
  const lines: string[] = [];
  let line = ' '.repeat(indent);
  let isEmpty = true;
  for (const word of text.split(' ')) {
    if (!isEmpty && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = ' '.repeat(indent + hanging);
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line].join('\n');
}

/** styleText leaves the text alone when standard output is no terminal, and when NO_COLOR is set. */
function paint(style: 'bold' | 'dim' | 'cyan' | 'green' | 'yellow' | 'red', text: string): string {
  return styleText(style, text, { stream: process.stdout });
}
