'use client';
import { useSyncExternalStore } from 'react';
import { isBody } from '../domain/payload-json.ts';

/** A filled form under a name, kept in this browser. What the fields mean is the form's own affair. */
export interface StartTemplate {
  readonly namespace: string;
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
}

export const TEMPLATES_MAX = 50;
export const TEMPLATE_NAME_MAX = 60;
const KEY = 'tidemark-start-templates';
const none: readonly StartTemplate[] = [];
const listeners = new Set<() => void>();
let current: readonly StartTemplate[] | undefined;

function isTemplate(one: unknown): one is StartTemplate {
  if (!isBody(one)) return false;
  const { namespace, name, fields } = one;
  if (typeof namespace !== 'string' || typeof name !== 'string' || !isBody(fields)) return false;
  return Object.values(fields).every((field) => typeof field === 'string');
}

function read(): readonly StartTemplate[] {
  if (current === undefined) {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
      current = Array.isArray(stored) ? stored.filter(isTemplate) : none;
    } catch {
      // Storage may be off or hold something older.
      current = none;
    }
  }
  return current;
}

function write(templates: readonly StartTemplate[]): void {
  current = templates;
  try {
    localStorage.setItem(KEY, JSON.stringify(templates));
  } catch {
    // They then last as long as the page.
  }
  for (const listener of listeners) listener();
}

const others = ({ namespace, name }: Pick<StartTemplate, 'namespace' | 'name'>) =>
  read().filter((one) => one.namespace !== namespace || one.name !== name);

/** One of the same name makes room for it. */
export const saveTemplate = (template: StartTemplate): void => write([...others(template), template].slice(-TEMPLATES_MAX));
export const removeTemplate = (template: Pick<StartTemplate, 'namespace' | 'name'>): void => write(others(template));

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

export const useStartTemplates = (): readonly StartTemplate[] => useSyncExternalStore(subscribe, read, () => none);
