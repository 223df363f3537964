/** What the engine remembers of one run. A decision changes a fork; a commit settles it. */
import type { RunKey } from '../../kernel/ids.ts';
import type { Derived } from './derived.ts';
import { emptyDerived, forkDerived, settleDerived } from './derived.ts';
import type { Volatile } from './volatile.ts';
import { emptyVolatile, forkVolatile, settleVolatile } from './volatile.ts';

export interface RunState {
  readonly derived: Derived;
  readonly volatile: Volatile;
}

export const emptyState = (key: RunKey): RunState => ({ derived: emptyDerived(key), volatile: emptyVolatile() });

/** A state that can be changed without touching the one it came from. */
export const fork = ({ derived, volatile }: RunState): RunState => ({ derived: forkDerived(derived), volatile: forkVolatile(volatile) });

/** Makes a fork the truth. The state it came from must not be used afterwards. */
export const settle = ({ derived, volatile }: RunState): RunState => ({
  derived: settleDerived(derived),
  volatile: settleVolatile(volatile),
});

export const isOpen = (state: RunState): boolean => state.derived.closedAt === undefined;
export const isPaused = (state: RunState): boolean => isOpen(state) && state.volatile.pause !== undefined;
