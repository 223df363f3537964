'use client';
import type { ComponentType, ReactNode } from 'react';
import { Component, lazy } from 'react';
import { NotLoaded, whyNotLoaded } from './not-loaded.ts';
import { tellNotLoaded } from './tell-not-loaded.ts';

/**
 * A part whose code comes when it is first drawn. If it does not come, that is said where it was asked for and nothing else is touched: what
 * can be closed is closed and told about, anything else gives its place to a line. Asked for again, it is fetched anew. `what` is how a
 * sentence about it begins; without it nothing is said. `asked` is for what stays drawn once it was asked for: what tells the next wish.
 */
export function late<P extends object>(
  what: string | undefined,
  load: () => Promise<ComponentType<P>>,
  asked?: (props: P) => unknown,
): ComponentType<P> {
  const ask = () =>
    lazy(() =>
      load().then(
        (part) => ({ default: part }),
        (error: unknown) => {
          throw new NotLoaded(what, error);
        },
      ),
    );
  let Part = ask();
  // What failed is remembered as such by React, so the next wish is for another one.
  const renew = () => {
    Part = ask();
  };
  const draw = (props: P) => <Part {...props} />;
  return function Late(props: P) {
    return (
      <LateBoundary onClose={closeOf(props)} asked={asked?.(props)} onFail={renew}>
        {() => draw(props)}
      </LateBoundary>
    );
  };
}

const closeOf = (props: object): (() => void) | undefined =>
  'onClose' in props && typeof props.onClose === 'function' ? (props.onClose as () => void) : undefined;

interface Props {
  readonly onClose: (() => void) | undefined;
  readonly asked: unknown;
  readonly onFail: () => void;
  readonly children: () => ReactNode;
}

interface State {
  /** What was wished for when it was drawn last. */
  readonly asked?: unknown;
  readonly error: unknown;
  readonly why: string;
}

const WHOLE: State = { error: undefined, why: '' };

class LateBoundary extends Component<Props, State> {
  override state: State = WHOLE;

  static getDerivedStateFromProps({ asked }: Props, state: State): Partial<State> | null {
    if (asked === state.asked) return null;
    return asked === undefined ? { asked } : { ...WHOLE, asked };
  }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error };
  }

  override componentDidCatch(error: unknown): void {
    if (!(error instanceof NotLoaded)) return;
    const { onClose, onFail } = this.props;
    onFail();
    onClose?.();
    if (error.what === undefined) return;
    void (onClose === undefined ? this.say(error.what) : tellNotLoaded(error.what));
  }

  private async say(what: string): Promise<void> {
    this.setState({ why: await whyNotLoaded(what) });
  }

  override render(): ReactNode {
    const { error, why } = this.state;
    if (error === undefined) return this.props.children();
    // What broke while it was drawn is for the pane around it.
    if (!(error instanceof NotLoaded)) throw error;
    return why === '' ? null : <NotLoadedLine why={why} onRetry={() => this.setState(WHOLE)} />;
  }
}

/** In the place of what did not come. */
export function NotLoadedLine({ why, onRetry }: { readonly why: string; readonly onRetry: () => void }) {
  return (
    <p className="small unl" role="alert">
      {why}{' '}
      <button className="linkb" type="button" onClick={onRetry}>
        Try again
      </button>
    </p>
  );
}
