import type { Logger } from '../common/logger.ts';
import { loggerFrom } from '../common/logger.ts';
import { requireRun, writeLog } from './run.ts';

/** Silent while history is replayed, so that a line appears once. */
export const logger: Logger = loggerFrom((level, message, attributes) => writeLog(requireRun(), { level, message, attributes }));
