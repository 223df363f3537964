import type { Logger } from '../common/logger.ts';
import { loggerFrom } from '../common/logger.ts';
import { requireRun } from './run.ts';

/** Silent while history is replayed, so that a line appears once. */
export const logger: Logger = loggerFrom((level, message, attributes) => {
  const run = requireRun();
  if (!run.activation.replaying) run.host.log(level, message, attributes);
});
