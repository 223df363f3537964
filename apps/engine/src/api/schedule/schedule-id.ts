import { z } from 'zod';
import { namespaceInput } from '../procedure.ts';

export const scheduleIdInput = namespaceInput.extend({ id: z.string().trim().min(1, 'A schedule needs an id.').max(1000) });
