'use client';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useListFilter } from '../../data/list-filter.ts';
import { attributes } from '../../data/queries.ts';
import type { QueryAttribute } from '../../domain/query-check.ts';
import { faultsOfQuery, operatorsOf } from '../../domain/query-check.ts';
import { chipsOfText, textOfChips } from '../../domain/query-chips.ts';
import type { QueryOperator } from '../../domain/query-parse.ts';
import { quoteText } from '../../domain/query-tokens.ts';
import { Dialog } from '../../ui/dialog.tsx';

const WORDS: Partial<Record<QueryOperator, string>> = {
  '=': 'is',
  '!=': 'is not',
  starts_with: 'starts with',
  'not starts_with': 'does not start with',
  '>=': 'at least',
  '<=': 'at most',
  'is not null': 'is set',
  'is null': 'is not set',
};

const OWN: readonly QueryAttribute[] = [
  { name: 'WorkflowId', type: 'Keyword' },
  { name: 'WorkflowType', type: 'Keyword' },
  { name: 'TaskQueue', type: 'Keyword' },
  { name: 'CloseTime', type: 'Datetime' },
];

/** A text attribute is found by its words, all others by what they are. */
const wordOf = (operator: QueryOperator, { type }: QueryAttribute): string =>
  type === 'Text' && operator === '='
    ? 'has the word'
    : type === 'Text' && operator === '!='
      ? 'lacks the word'
      : (WORDS[operator] ?? operator);

/** One condition on an attribute, by choice instead of by writing. */
export function AttributeDialog({ namespace, onClose }: { namespace: string; onClose: () => void }) {
  const id = useId();
  const { state, setState } = useListFilter();
  const known = useQuery(attributes(namespace)).data ?? [];
  const all = [
    ...known.filter((one) => one.isCustom),
    ...OWN,
    ...known.filter((one) => !one.isCustom && OWN.every(({ name }) => name !== one.name)),
  ];
  const [name, setName] = useState('');
  const attribute = all.find((one) => one.name === name) ?? all[0] ?? { name: 'WorkflowId', type: 'Keyword' };
  const operators = (operatorsOf(attribute) ?? ['=', '!=', 'is not null', 'is null']).filter((one) => WORDS[one] !== undefined);
  const [chosen, setOperator] = useState<string>('=');
  const operator = operators.find((one) => one === chosen) ?? operators[0] ?? '=';
  const [value, setValue] = useState('');
  const [message, setMessage] = useState<string>();
  const takesValue = !operator.endsWith('null');
  const add = () => {
    if (takesValue && value.trim() === '') return setMessage(`A value for ${attribute.name} is missing.`);
    const isBare = ['Int', 'Double', 'Bool'].includes(attribute.type);
    const condition = `${attribute.name} ${operator.toUpperCase()}${takesValue ? ` ${isBare ? value.trim() : quoteText(value)}` : ''}`;
    const fault = faultsOfQuery(condition, [attribute])[0];
    if (fault !== undefined) return setMessage(fault.message);
    const { status, type, queue, from, to, q } = state;
    const before = textOfChips({ chips: { status, type, queue, from, to }, rest: q });
    const split = chipsOfText(before === '' ? condition : `(${before}) AND ${condition}`);
    void setState({ ...split.chips, status: [...split.chips.status], q: split.rest });
    return onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Filter by an attribute"
      footer={
        <button className="btn primary" type="button" onClick={add}>
          Add filter
        </button>
      }
    >
      <form
        className={`fld ${message === undefined ? '' : 'err'}`}
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <label htmlFor={`${id}-a`}>Attribute</label>
        <select id={`${id}-a`} className="input" value={attribute.name} onChange={(event) => setName(event.target.value)}>
          {all.map((one) => (
            <option key={one.name} value={one.name}>
              {one.name} ({one.type})
            </option>
          ))}
        </select>
        <label htmlFor={`${id}-o`}>Condition</label>
        <select id={`${id}-o`} className="input" value={operator} onChange={(event) => setOperator(event.target.value)}>
          {operators.map((one) => (
            <option key={one} value={one}>
              {wordOf(one, attribute)}
            </option>
          ))}
        </select>
        {takesValue ? (
          <>
            <label htmlFor={`${id}-v`}>Value</label>
            <input
              id={`${id}-v`}
              className="input mono"
              value={value}
              placeholder={attribute.type === 'Datetime' ? '2026-05-01T00:00:00Z' : attribute.type === 'Bool' ? 'true' : ''}
              aria-invalid={message !== undefined}
              aria-describedby={`${id}-m`}
              onChange={(event) => setValue(event.target.value)}
            />
          </>
        ) : null}
        <p id={`${id}-m`} className={message === undefined ? 'hint' : 'msg'} role={message === undefined ? undefined : 'alert'}>
          {message ?? 'A prefix is found by the index. A piece from the middle of an id is looked for by the field “Workflow or run id”.'}
        </p>
      </form>
    </Dialog>
  );
}
