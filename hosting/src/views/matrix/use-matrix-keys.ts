import { type RefObject, useEffect, useRef } from 'react';

interface Keys {
  field: RefObject<HTMLInputElement | null>;
  /** A row is open. */
  isOpen: boolean;
  step: (by: 1 | -1) => void;
  close: () => void;
}

const takesLetters = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:input|select|textarea)$/i.test(target.tagName));

/** `/` goes to the search, Escape closes the open row, j and k open the next and the one before. Not while somebody types. */
export const useMatrixKeys = (keys: Keys): void => {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { field, isOpen, step, close } = current.current;
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
      if (takesLetters(event.target)) return;
      if (event.key === '/') field.current?.focus();
      else if (isOpen && event.key === 'Escape') close();
      else if (isOpen && event.key === 'j') step(1);
      else if (isOpen && event.key === 'k') step(-1);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
};
