import type { AuditTrail } from '../../api/model/audit-trail.ts';
import type { Instant } from '../../kernel/ports.ts';

/** The trail of the console as it is stored. */
export interface AuditStore extends AuditTrail {
  deleteBefore(at: Instant): Promise<void>;
}
