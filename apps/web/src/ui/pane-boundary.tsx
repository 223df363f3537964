'use client';
import type { ErrorInfo, ReactNode } from 'react';
import { Component } from 'react';
import { BrokenPlace } from './broken-place.tsx';

interface Props {
  /** What it holds, as it stands in the diagnostics. */
  readonly pane: string;
  readonly children: ReactNode;
}

interface State {
  readonly error: Error | undefined;
  /** Which components it happened in. */
  readonly where: string;
}

/** What breaks in here while it is drawn leaves the panes beside it alone. */
export class PaneBoundary extends Component<Props, State> {
  override state: State = { error: undefined, where: '' };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(_error: unknown, { componentStack }: ErrorInfo): void {
    this.setState({ where: componentStack ?? '' });
  }

  override render(): ReactNode {
    const { error, where } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <BrokenPlace pane={this.props.pane} error={error} where={where} onRetry={() => this.setState({ error: undefined, where: '' })} />
    );
  }
}
