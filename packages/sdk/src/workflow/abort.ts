/** AbortController for the sandbox, which has no web APIs of its own; only what programs use of it. */

type Listener = ((event: { readonly type: string }) => void) | { handleEvent(event: { readonly type: string }): void };

class SandboxAbortSignal {
  aborted = false;
  reason: unknown;
  onabort: ((event: { readonly type: string }) => void) | null = null;
  readonly #listeners = new Map<Listener, boolean>();

  static abort(reason?: unknown): SandboxAbortSignal {
    const signal = new SandboxAbortSignal();
    trip(signal, reason);
    return signal;
  }

  static timeout(ms: number): SandboxAbortSignal {
    const signal = new SandboxAbortSignal();
    setTimeout(() => trip(signal, abortError('TimeoutError', 'the time is over')), ms);
    return signal;
  }

  static any(signals: Iterable<SandboxAbortSignal>): SandboxAbortSignal {
    const result = new SandboxAbortSignal();
    for (const signal of signals) {
      if (signal.aborted) trip(result, signal.reason);
      else signal.addEventListener('abort', () => trip(result, signal.reason), { once: true });
    }
    return result;
  }

  addEventListener(type: string, listener: Listener, options?: { readonly once?: boolean }): void {
    if (type === 'abort') this.#listeners.set(listener, options?.once ?? false);
  }

  removeEventListener(_type: string, listener: Listener): void {
    this.#listeners.delete(listener);
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }

  dispatchEvent(event: { readonly type: string }): boolean {
    this.onabort?.(event);
    for (const [listener, once] of this.#listeners) {
      if (once) this.#listeners.delete(listener);
      if (typeof listener === 'function') listener(event);
      else listener.handleEvent(event);
    }
    return true;
  }
}

function trip(signal: SandboxAbortSignal, reason: unknown): void {
  if (signal.aborted) return;
  signal.aborted = true;
  signal.reason = reason ?? abortError('AbortError', 'This operation was aborted');
  signal.dispatchEvent({ type: 'abort' });
}

function abortError(name: string, message: string): Error {
  return Object.assign(new TypeError(message), { name });
}

class SandboxAbortController {
  readonly signal = new SandboxAbortSignal();
  abort(reason?: unknown): void {
    trip(this.signal, reason);
  }
}

export const AbortSignalClass = SandboxAbortSignal;
export const AbortControllerClass = SandboxAbortController;
