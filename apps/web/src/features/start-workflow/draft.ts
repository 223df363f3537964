/** What the form holds: everything as people type it. */
export interface Draft {
  readonly type: string;
  readonly workflowId: string;
  readonly queue: string;
  readonly input: string;
  readonly whenOpen: 'refuse' | 'use' | 'terminate';
  readonly whenClosed: 'allow' | 'failed' | 'refuse';
  readonly requestId: string;
  readonly executionTimeout: string;
  readonly runTimeout: string;
  readonly taskTimeout: string;
  readonly retryInitial: string;
  readonly retryBackoff: string;
  readonly retryMaximum: string;
  readonly retryAttempts: string;
  /** Types of errors, parted by commas. */
  readonly retryNever: string;
  readonly startDelay: string;
  readonly cron: string;
  readonly first: 'none' | 'signal' | 'update';
  readonly firstName: string;
  readonly firstInput: string;
  readonly updateId: string;
  readonly waitFor: 'accepted' | 'completed';
  /** Objects as JSON text. */
  readonly memo: string;
  readonly attributes: string;
  readonly headers: string;
  readonly priority: string;
  readonly fairnessKey: string;
  readonly fairnessWeight: string;
  readonly summary: string;
  readonly details: string;
}
type ChoiceKey = 'whenOpen' | 'whenClosed' | 'first' | 'waitFor';
/** The fields of the form that hold text. */
export type TextKey = Exclude<keyof Draft, ChoiceKey>;
export type Errors = Partial<Record<keyof Draft | 'send', string>>;

export const EMPTY: Draft = {
  type: '',
  workflowId: '',
  queue: '',
  input: '',
  whenOpen: 'refuse',
  whenClosed: 'allow',
  requestId: '',
  executionTimeout: '',
  runTimeout: '',
  taskTimeout: '',
  retryInitial: '',
  retryBackoff: '',
  retryMaximum: '',
  retryAttempts: '',
  retryNever: '',
  startDelay: '',
  cron: '',
  first: 'none',
  firstName: '',
  firstInput: '',
  updateId: '',
  waitFor: 'completed',
  memo: '',
  attributes: '',
  headers: '',
  priority: '',
  fairnessKey: '',
  fairnessWeight: '',
  summary: '',
  details: '',
};

/** The groups of the form that are folded until somebody wants them, with the fields in each. */
export const FOLDS = {
  times: ['executionTimeout', 'runTimeout', 'taskTimeout', 'retryInitial', 'retryBackoff', 'retryMaximum', 'retryAttempts', 'retryNever'],
  when: ['startDelay', 'cron'],
  first: ['first', 'firstName', 'firstInput', 'updateId'],
  data: ['memo', 'attributes', 'headers'],
  priority: ['priority', 'fairnessKey', 'fairnessWeight'],
  words: ['summary', 'details'],
} as const satisfies Readonly<Record<string, readonly (keyof Draft)[]>>;
export type Fold = keyof typeof FOLDS;

/** How many fields of a group say something. */
export const setIn = (draft: Draft, fold: Fold): number => FOLDS[fold].filter((key) => draft[key].trim() !== EMPTY[key]).length;
export const isFaultIn = (errors: Errors, fold: Fold): boolean => FOLDS[fold].some((key) => errors[key] !== undefined);
