import type { Driven } from './drive.ts';
import { ratiosOf, type Figures } from './figures.ts';

export function showJson(figures: Figures): string {
  return JSON.stringify({ ...figures, ratios: ratiosOf(figures) }, round);
}

/** Microseconds are as far as the clocks can be believed. */
const round = (_key: string, value: unknown) => (typeof value === 'number' ? Math.round(value * 1_000) / 1_000 : value);

export function showTable(figures: Figures): string {
  return `\n${[...requestLines(figures), '', ...paymentLines(figures), '', ...machineLines(figures), '', ...ratioLines(figures)].join('\n')}\n`;
}

function requestLines({ requests }: Figures): string[] {
  const head = row('', 'at once', 'req/s', 'p50 ms', 'p95 ms', 'p99 ms');
  return [head, ...requests.flatMap(({ what, connections, ...driven }) => drivenLines(what, connections, driven))];
}

function paymentLines({ answerToWebhook: latency, completions: done }: Figures): string[] {
  return [
    row('answer to webhook', `1`, '', ms(latency.p50Ms), ms(latency.p95Ms), ms(latency.p99Ms)),
    row('completed payments', '16', rate(done.completedPerSecond)),
    `  ${done.payments} payments: the last answer after ${seconds(done.createdInMs)}, ` +
      `the last of ${done.webhooks} webhooks after ${seconds(done.completedInMs)} (settlement delay included)`,
    done.leftOver
      ? `  ${done.leftOver.payments} of them completed after the last answer, at ${rate(done.leftOver.perSecond)}/s`
      : '  nearly all of them were complete at the last answer: creation was the limit',
  ];
}

function machineLines({ machine: { emptyServer, emptyServerConnections, commits } }: Figures): string[] {
  return [
    ...drivenLines('empty HTTP server', emptyServerConnections, emptyServer),
    ...(commits ?? []).flatMap(({ connections, ...driven }) => drivenLines('single-row commits', connections, driven)),
  ];
}

const ratioLines = (figures: Figures) =>
  ratiosOf(figures).map(({ what, value }) => `${what.padEnd(42)}${value.toFixed(3)}`);

function drivenLines(what: string, connections: number, driven: Driven): string[] {
  const { perSecond, p50Ms, p95Ms, p99Ms, failed, firstFailure } = driven;
  const line = row(what, String(connections), rate(perSecond), ms(p50Ms), ms(p95Ms), ms(p99Ms));
  return failed === 0 ? [line] : [line, `  ${failed} failed and are not counted; the first: ${firstFailure ?? ''}`];
}

const row = (what: string, ...cells: string[]) => what.padEnd(22) + cells.map((cell) => cell.padStart(9)).join('');
const rate = (perSecond: number) => Math.round(perSecond).toString();
const ms = (value: number) => value.toFixed(value < 10 ? 2 : 1);
const seconds = (durationMs: number) => `${(durationMs / 1_000).toFixed(2)} s`;
