import { namespaceInput, procedure } from '../procedure.ts';
import type { QueueRow } from './rows.ts';
import { rowsOf } from './rows.ts';

/** Names of queues with what uses them; who polls them is asked for apart. */
export const list = procedure.input(namespaceInput).query(({ ctx, input }): Promise<readonly QueueRow[]> => rowsOf(ctx, input.namespace));
