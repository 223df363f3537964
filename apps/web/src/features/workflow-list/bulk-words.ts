/** What can be done to many runs at once, in words. */
import { keysOf } from '../../lib/keys-of.ts';
export const BULK = {
  signal: {
    button: 'Signal…',
    title: 'Signal',
    effect: 'Every open run receives the signal once. Closed runs are left alone.',
    doing: 'Signalling',
    isOpenOnly: true,
    isGrave: false,
  },
  cancel: {
    button: 'Cancel…',
    title: 'Cancel',
    effect: 'Every open run is asked to stop. Its code decides how, and may refuse. Closed runs are left alone.',
    doing: 'Canceling',
    isOpenOnly: true,
    isGrave: false,
  },
  reset: {
    button: 'Reset…',
    title: 'Reset',
    effect: 'Every run ends and begins again from a point of its own history, with the signals that came since.',
    doing: 'Resetting',
    isOpenOnly: false,
    isGrave: true,
  },
  terminate: {
    button: 'Terminate…',
    title: 'Terminate',
    effect: 'Every open run ends at once. Its code does not run again, so nothing is cleaned up. Closed runs are left alone.',
    doing: 'Terminating',
    isOpenOnly: true,
    isGrave: true,
  },
  delete: {
    button: 'Delete…',
    title: 'Delete',
    effect: 'Every run is ended, if it is open, and removed with its history. This cannot be undone.',
    doing: 'Deleting',
    isOpenOnly: false,
    isGrave: true,
  },
} as const;

export type BulkKind = keyof typeof BULK;
export const BULK_KINDS = keysOf(BULK);

/** From this many runs on, grave operations want the number typed. */
export const TYPED_FROM = 100;
