import type { Offender, Subject } from './rule.ts';

export type Section = 'configuration' | 'database' | 'migrations' | 'queue' | 'worker' | Subject;

export type Level = 'ok' | 'warning' | 'fault' | 'not examined';

/** What was looked at, how it is, and what to do about it. */
export type Finding = {
  readonly section: Section;
  readonly name: string;
  readonly level: Level;
  readonly says: string;
  /** Null when nothing has to be done. */
  readonly todo: string | null;
  /** How many rows break a rule; the first of them stand in `offenders`. */
  readonly total: number;
  readonly offenders: readonly Offender[];
};

type About = Pick<Finding, 'section' | 'name'>;

const finding = (level: Level, about: About, says: string, todo: string | null): Finding => ({
  ...about,
  level,
  says,
  todo,
  total: 0,
  offenders: [],
});

export const ok = (about: About, says: string) => finding('ok', about, says, null);
export const warning = (about: About, says: string, todo: string) => finding('warning', about, says, todo);
export const fault = (about: About, says: string, todo: string) => finding('fault', about, says, todo);
export const notExamined = (about: About, why: string) => finding('not examined', about, why, null);
