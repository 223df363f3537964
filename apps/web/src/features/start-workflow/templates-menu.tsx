'use client';
import { useId, useState } from 'react';
import type { StartTemplate } from '../../data/start-templates.ts';
import { removeTemplate, saveTemplate, TEMPLATE_NAME_MAX, useStartTemplates } from '../../data/start-templates.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Menu, MenuGroup, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { useMaskOfText } from '../../ui/payload/use-masked.ts';
import { tell } from '../../ui/toasts.tsx';
import type { Draft } from './draft.ts';
import { EMPTY } from './draft.ts';
import type { Filled } from './filled.ts';
import { shutFields } from './filled.ts';

interface TemplatesMenuProps {
  readonly namespace: string;
  readonly draft: Draft;
  readonly filled: Filled;
  readonly onLoad: (draft: Draft, filled: Filled) => void;
}

/**
 * A template starts many runs, so it has no id of a run; and headers often carry what must not lie around in a browser. Nor does it take
 * what its author has not seen.
 */
const fieldsOf = (draft: Draft, shut: Partial<Draft>): Record<string, string> => {
  const { workflowId: _id, requestId: _request, updateId: _update, headers: _headers, ...fields } = draft;
  return { ...fields, ...Object.fromEntries(Object.keys(shut).map((key) => [key, ''])) };
};

/** Fields that a template does not have, or that a later form has no more, are as in an empty form. */
function draftOf({ fields }: StartTemplate): Draft {
  const known = Object.entries(EMPTY).map(([key, empty]) => [key, fields[key] ?? empty] as const);
  // Choices of an older form may be unknown to this one; the form then shows none chosen and the server says so.
  return Object.fromEntries(known) as unknown as Draft;
}

export function TemplatesMenu({ namespace, draft, filled, onLoad }: TemplatesMenuProps) {
  const mask = useMaskOfText();
  const templates = useStartTemplates().filter((one) => one.namespace === namespace);
  const [dialog, setDialog] = useState<'save' | 'manage'>();
  return (
    <>
      <Menu
        align="end"
        trigger={
          <button className="btn" type="button">
            Templates {templates.length > 0 ? <span className="dim">{templates.length}</span> : null} <Icon name="down" small />
          </button>
        }
      >
        {templates.length === 0 ? null : (
          <>
            <MenuGroup label="Fill the form from">
              {templates.map((template) => (
                <MenuItem
                  key={template.name}
                  end={template.fields['type'] ?? ''}
                  onSelect={() => {
                    const fields = draftOf(template);
                    onLoad(fields, { fields, from: `template ${template.name}` });
                    tell(`Filled from the template ${template.name}.`);
                  }}
                >
                  {template.name}
                </MenuItem>
              ))}
            </MenuGroup>
            <MenuSeparator />
          </>
        )}
        <MenuItem onSelect={() => setDialog('save')}>Save as template…</MenuItem>
        {templates.length === 0 ? null : <MenuItem onSelect={() => setDialog('manage')}>Delete templates…</MenuItem>}
      </Menu>
      {dialog === 'save' ? (
        <SaveDialog
          taken={templates.map(({ name }) => name)}
          onClose={() => setDialog(undefined)}
          onSave={(name) => {
            saveTemplate({ namespace, name, fields: fieldsOf(draft, shutFields(draft, filled, mask)) });
            setDialog(undefined);
            tell(`Template ${name} saved.`);
          }}
        />
      ) : null}
      {dialog === 'manage' ? <ManageDialog templates={templates} onClose={() => setDialog(undefined)} /> : null}
    </>
  );
}

interface SaveDialogProps {
  readonly taken: readonly string[];
  readonly onClose: () => void;
  readonly onSave: (name: string) => void;
}

function SaveDialog({ taken, onClose, onSave }: SaveDialogProps) {
  const id = useId();
  const [name, setName] = useState('');
  const [fault, setFault] = useState<string>();
  const isTaken = taken.includes(name.trim());
  const submit = () => (name.trim() === '' ? setFault('A template needs a name.') : onSave(name.trim()));
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Save as template"
      footer={
        <button className="btn primary" type="button" onClick={submit}>
          {isTaken ? 'Replace template' : 'Save template'}
        </button>
      }
    >
      <form
        className={`fld ${fault ? 'err' : ''}`}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <label htmlFor={id}>Name</label>
        <input id={id} className="input" value={name} maxLength={TEMPLATE_NAME_MAX} onChange={(event) => setName(event.target.value)} />
        {fault ? (
          <p className="msg" role="alert">
            {fault}
          </p>
        ) : null}
        <p className="hint">
          Kept in this browser, for this namespace: all fields but the ids, the headers, which may carry secrets, and what is hidden here.
          {isTaken ? ' There is one of this name; it will be replaced.' : ''}
        </p>
      </form>
    </Dialog>
  );
}

function ManageDialog({ templates, onClose }: { templates: readonly StartTemplate[]; onClose: () => void }) {
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Delete templates"
      footer={
        <button className="btn" type="button" onClick={onClose}>
          Done
        </button>
      }
    >
      {templates.length === 0 ? <p className="mid">None is left.</p> : null}
      <ul className="tpl">
        {templates.map((template) => (
          <li className="row" key={template.name}>
            <span className="cut">{template.name}</span>
            <span className="dim small cut">{template.fields['type']}</span>
            <span className="grow" />
            <button
              className="btn quiet icon"
              type="button"
              aria-label={`Delete ${template.name}`}
              onClick={() => removeTemplate(template)}
            >
              <Icon name="x" />
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
