/** Takes people to the first field of a form that is wrong. Fields have the ids `<form id>-<name>`, as `TextField` gives them. */
export function focusFault(formId: string, errors: object): void {
  document.querySelector<HTMLElement>(`#${CSS.escape(`${formId}-${Object.keys(errors)[0]}`)}`)?.focus();
}
