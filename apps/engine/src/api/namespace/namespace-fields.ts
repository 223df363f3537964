import { z } from 'zod';

/** An empty description or owner leaves what is there: in the protocol it is no wish. */
export const namespaceFields = z.object({
  description: z.string().max(2000),
  owner: z.string().max(255),
  retentionMs: z.number().min(0),
  data: z.record(z.string().min(1).max(255), z.string().max(2000)),
});
