/** The tabs of a run in their order. The digits follow it. */
import type { RunTab } from '../../data/paths.ts';

export interface TabName {
  readonly tab: RunTab;
  readonly label: string;
}

export const RUN_TABS: readonly TabName[] = [
  { tab: 'timeline', label: 'Timeline' },
  { tab: 'history', label: 'History' },
  { tab: 'state', label: 'State' },
  { tab: 'pending', label: 'Pending' },
  { tab: 'workers', label: 'Workers' },
  { tab: 'replay', label: 'Replay' },
  { tab: 'compare', label: 'Compare' },
  { tab: 'family', label: 'Family' },
  { tab: 'io', label: 'Input and result' },
  { tab: 'interact', label: 'Interact' },
  { tab: 'raw', label: 'Raw' },
];

/** A file answers nobody and runs nothing. */
const IN_FILES: ReadonlySet<RunTab> = new Set<RunTab>(['timeline', 'history', 'state', 'workers', 'io']);
export const FILE_TABS = RUN_TABS.filter(({ tab }) => IN_FILES.has(tab));

const DIGITS = '1234567890';

/** Each tab that has a digit, with it. On a timeline 0 shows the whole run. */
export const tabDigits = (tabs: readonly TabName[], isTimeline: boolean): readonly (TabName & { readonly digit: string })[] =>
  tabs.flatMap((one, index) => {
    const digit = DIGITS[index];
    return digit === undefined || (isTimeline && digit === '0') ? [] : [{ ...one, digit }];
  });
