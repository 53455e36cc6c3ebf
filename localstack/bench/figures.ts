import type { Driven } from './drive.ts';
import type { AnswerToWebhook } from './measure-answer-to-webhook.ts';
import type { CommitFigures } from './measure-commits.ts';
import type { Completions } from './measure-completions.ts';
import type { RequestFigures } from './measure-requests.ts';

/** Everything one run measured. */
export interface Figures {
  apiUrl: string;
  requests: RequestFigures[];
  answerToWebhook: AnswerToWebhook;
  completions: Completions;
  machine: {
    emptyServer: Driven;
    emptyServerConnections: number;
    /** Absent when the gateway's database could not be reached. */
    commits?: CommitFigures[];
  };
}

export interface Ratio {
  what: string;
  value: number;
}

/** What survives a change of machine better than any figure. */
export function ratiosOf({ requests, completions, machine }: Figures): Ratio[] {
  const creation = requests.find(({ what, connections }) => what === 'payment creation' && connections === 16);
  const commits = machine.commits?.find(({ connections }) => connections === 16);
  if (creation === undefined) return [];
  const ratios = [
    { what: 'payment creation / empty server', value: creation.perSecond / machine.emptyServer.perSecond },
  ];
  if (commits === undefined) return ratios;
  return [
    ...ratios,
    { what: 'payment creation / single-row commits', value: creation.perSecond / commits.perSecond },
    { what: 'completed payments / single-row commits', value: completions.completedPerSecond / commits.perSecond },
  ];
}
