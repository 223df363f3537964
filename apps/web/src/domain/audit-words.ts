/** What an entry of the audit says was done, for people. */
const WORDS: Readonly<Record<string, string>> = {
  'activity.retry': 'Retried an activity',
  'activity.unpause': 'Unpaused an activity',
  'batch.start': 'Started a batch',
  'batch.stop': 'Stopped a batch',
  'namespace.create': 'Created a namespace',
  'namespace.remove': 'Deleted a namespace',
  'namespace.update': 'Changed the settings of a namespace',
  'schedule.backfill': 'Backfilled a schedule',
  'schedule.create': 'Created a schedule',
  'schedule.remove': 'Deleted a schedule',
  'schedule.setPaused': 'Paused or unpaused schedules',
  'schedule.trigger': 'Triggered a schedule',
  'schedule.update': 'Changed a schedule',
  'searchAttribute.add': 'Added a search attribute',
  'searchAttribute.remove': 'Removed a search attribute',
  'workflow.cancel': 'Asked a run to cancel',
  'workflow.pause': 'Paused a run',
  'workflow.resume': 'Resumed a run',
  'workflow.reset': 'Reset a run',
  'workflow.signal': 'Signalled a run',
  'workflow.start': 'Started a workflow',
  'workflow.terminate': 'Terminated a run',
  'workflow.update': 'Updated a run',
};

/** An action that has no words yet is shown by its own name. */
export const auditWords = (action: string): string => WORDS[action] ?? action;
