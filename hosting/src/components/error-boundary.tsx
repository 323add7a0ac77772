import { Component, type ReactNode } from 'react';
import { problemOf } from '../data/problem.ts';
import { ProblemPanel } from './problem-panel.tsx';

/** A view that breaks takes neither the frame nor the other views with it. Another `place` begins anew. */
export class ErrorBoundary extends Component<{ place: string; children: ReactNode }, { failure: unknown }> {
  override state = { failure: undefined };

  static getDerivedStateFromError(failure: unknown): { failure: unknown } {
    return { failure: failure ?? new Error('A view broke.') };
  }

  override componentDidUpdate(before: { place: string }): void {
    if (before.place !== this.props.place && this.state.failure !== undefined) this.setState({ failure: undefined });
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === undefined) return this.props.children;
    // Also a part of the page that could not be loaded, after a new release or without a network: loading anew mends both.
    const problem = problemOf(navigator.onLine ? failure : { code: 'unavailable' });
    return <ProblemPanel problem={problem} again={() => location.reload()} />;
  }
}
