import { appointOperator } from '../../../shared/merchants/appoint-operator.ts';
import { turn } from './turn.ts';

export const promote = turn({
  about: 'make it an operator, who sees the work of all merchants in the dashboard',
  becomes: { is_operator: true },
  apply: (database, id) => appointOperator(database, id, true),
  done: 'is an operator: its dashboard shows the work of all merchants, and still only its own money.',
  already: 'was an operator before; nothing changed.',
});

export const demote = turn({
  about: 'show it its own work only',
  becomes: { is_operator: false },
  apply: (database, id) => appointOperator(database, id, false),
  done: 'is no operator any more: its dashboard shows its own work only.',
  already: 'was no operator before; nothing changed.',
});
