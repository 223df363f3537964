'use client';
import type { CalendarTimes } from '../../domain/schedule-spec.ts';
import { calendarWords } from '../../domain/schedule-words.ts';
import { Glyph, Icon } from '../../ui/icon.tsx';
import type { ScheduleErrors, TimesDraft } from './schedule-draft.ts';
import { EMPTY_CALENDAR } from './schedule-draft.ts';

export interface TimesFieldsProps {
  readonly id: string;
  readonly times: readonly TimesDraft[];
  readonly errors: ScheduleErrors;
  readonly onChange: (times: readonly TimesDraft[]) => void;
}

const TITLES: Readonly<Record<TimesDraft['kind'], string>> = {
  interval: 'Interval',
  calendar: 'Calendar',
  cron: 'Cron',
  except: 'Except',
};
const NEW: readonly { readonly label: string; readonly entry: TimesDraft }[] = [
  { label: 'Interval', entry: { kind: 'interval', every: '1h', offset: '' } },
  { label: 'Calendar', entry: { kind: 'calendar', calendar: EMPTY_CALENDAR } },
  { label: 'Cron', entry: { kind: 'cron', text: '' } },
  { label: 'Exception', entry: { kind: 'except', calendar: { ...EMPTY_CALENDAR, hour: '*', minute: '*', second: '*' } } },
];

/** The times of a schedule: any number of intervals, calendars and cron strings, and what is left out of them. */
export function TimesFields({ id, times, errors, onChange }: TimesFieldsProps) {
  const replace = (index: number, entry: TimesDraft) => onChange(times.map((one, at) => (at === index ? entry : one)));
  return (
    <>
      {times.map((entry, index) => {
        const error = errors[`times.${index}`];
        const field = `${id}-times.${index}`;
        return (
          // Entries have no identity but their place.
          <div key={index} className="tm" role="group" aria-label={`${TITLES[entry.kind]} ${index + 1}`}>
            <span className="lab">{TITLES[entry.kind]}</span>
            <div>
              <EntryFields id={field} entry={entry} error={error} onChange={(next) => replace(index, next)} />
              <p className={error ? 'tmsg' : 'hint'} id={`${field}-m`} role={error ? 'alert' : undefined}>
                {error ? (
                  <>
                    <Glyph name="failed" />
                    {error}
                  </>
                ) : (
                  entryWords(entry)
                )}
              </p>
            </div>
            <button
              className="btn quiet icon"
              type="button"
              aria-label={`Remove ${TITLES[entry.kind].toLowerCase()} ${index + 1}`}
              onClick={() => onChange(times.filter((_, at) => at !== index))}
            >
              <Icon name="x" small />
            </button>
          </div>
        );
      })}
      <div className="tm">
        <span className="lab">{times.length === 0 ? 'No times' : ''}</span>
        <div className="row addrow">
          {NEW.map(({ label, entry }) => (
            <button key={label} className="btn" type="button" onClick={() => onChange([...times, entry])}>
              <Icon name="plus" small />
              {label}
            </button>
          ))}
        </div>
      </div>
    </>
  );
}

function entryWords(entry: TimesDraft): string {
  switch (entry.kind) {
    case 'interval':
      return 'Counted from midnight UTC of 1 January 1970; the offset moves it.';
    case 'cron':
      return 'Minute, hour, day of month, month, day of week. @daily and CRON_TZ= work too.';
    case 'calendar':
      return calendarWords(entry.calendar);
    case 'except':
      return `Leaves out: ${calendarWords(entry.calendar)}`;
  }
}

interface EntryFieldsProps {
  readonly id: string;
  readonly entry: TimesDraft;
  readonly error: string | undefined;
  readonly onChange: (entry: TimesDraft) => void;
}

const CALENDAR_FIELDS: readonly { readonly key: keyof CalendarTimes; readonly label: string; readonly example: string }[] = [
  { key: 'hour', label: 'Hour', example: '9-17' },
  { key: 'minute', label: 'Minute', example: '*/15' },
  { key: 'second', label: 'Second', example: '0' },
  { key: 'dayOfWeek', label: 'Day of week', example: 'mon-fri' },
  { key: 'dayOfMonth', label: 'Day of month', example: '1,15' },
  { key: 'month', label: 'Month', example: 'jan-jun' },
  { key: 'year', label: 'Year', example: '*' },
  { key: 'comment', label: 'Comment', example: '' },
];

/** The engine begins with the field where it can name one; otherwise all of the entry are meant. */
function isAbout(error: string, key: string): boolean {
  const named = /^(Second|Minute|Hour|DayOfMonth|Month|Year|DayOfWeek)\b/.exec(error)?.[1];
  return named === undefined || named.toLowerCase() === key.toLowerCase();
}

function EntryFields({ id, entry, error, onChange }: EntryFieldsProps) {
  const input = (key: string, label: string, [value, set, example]: readonly [string, (value: string) => void, string]) => (
    <label key={key} className={`cf cf-${key}`}>
      <span className="axis">{label}</span>
      <input
        // The first field of an entry is where an error leads.
        id={key === 'hour' || key === 'every' || key === 'text' ? id : undefined}
        className="input mono"
        value={value}
        onChange={(event) => set(event.target.value)}
        placeholder={example}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={error !== undefined && isAbout(error, key)}
        aria-describedby={`${id}-m`}
      />
    </label>
  );
  if (entry.kind === 'interval')
    return (
      <div className="cfs">
        {input('every', 'Every', [entry.every, (every) => onChange({ ...entry, every }), '30m'])}
        {input('offset', 'Offset', [entry.offset, (offset) => onChange({ ...entry, offset }), 'none'])}
      </div>
    );
  if (entry.kind === 'cron')
    return (
      <div className="cfs">{input('text', 'Cron string', [entry.text, (text) => onChange({ kind: 'cron', text }), '30 9 * * 1-5'])}</div>
    );
  return (
    <div className="cfs">
      {CALENDAR_FIELDS.map(({ key, label, example }) =>
        input(key, label, [
          entry.calendar[key],
          (value) => onChange({ kind: entry.kind, calendar: { ...entry.calendar, [key]: value } }),
          example,
        ]),
      )}
    </div>
  );
}
