import { z } from 'zod';
import { procedure } from '../procedure.ts';

export interface CurrentSession {
  /** False where nobody has to sign in. */
  readonly isAsked: boolean;
  /** Null for a guest, and where nobody signs in. */
  readonly subject: string | null;
  /** To be sent with every write; empty where nobody signs in. */
  readonly writeToken: string;
  /** What the services will probably agree to in the namespace that was named. */
  readonly may: { readonly write: boolean; readonly work: boolean; readonly administer: boolean; readonly administerCluster: boolean };
}

export const current = procedure
  .input(z.object({ namespace: z.string().max(255).default('') }))
  .query(({ ctx: { caller }, input }): CurrentSession => {
    if (caller.kind !== 'person') {
      const all = caller.kind === 'anybody';
      return {
        isAsked: !all,
        subject: null,
        writeToken: '',
        may: { write: all, work: all, administer: all, administerCluster: all },
      };
    }
    const { principal, writeToken } = caller.session;
    const namespace = input.namespace || undefined;
    return {
      isAsked: true,
      subject: principal.subject,
      writeToken,
      may: {
        write: principal.may('write', namespace),
        work: principal.may('worker', namespace),
        administer: principal.may('admin', namespace),
        administerCluster: principal.may('admin', undefined),
      },
    };
  });
