/** What a schedule does when a time comes and the run before is still going. */
export const OVERLAP_NAMES = ['Skip', 'BufferOne', 'BufferAll', 'CancelOther', 'TerminateOther', 'AllowAll'] as const;
export type OverlapName = (typeof OVERLAP_NAMES)[number];

const WORDS: Readonly<Record<OverlapName, { readonly label: string; readonly effect: string }>> = {
  Skip: { label: 'Skip', effect: 'no run is started for that time' },
  BufferOne: { label: 'Buffer one', effect: 'one start waits until the run before has ended; further ones are skipped' },
  BufferAll: { label: 'Buffer all', effect: 'every start waits its turn' },
  CancelOther: { label: 'Cancel other', effect: 'the run before is asked to cancel; the new one starts when it has ended' },
  TerminateOther: { label: 'Terminate other', effect: 'the run before is terminated and the new one starts' },
  AllowAll: { label: 'Allow all', effect: 'runs go on side by side' },
};
export const overlapLabel = (name: OverlapName): string => WORDS[name].label;
export const overlapEffect = (name: OverlapName): string => WORDS[name].effect;
