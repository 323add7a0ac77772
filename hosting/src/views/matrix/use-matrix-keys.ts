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

/** Marks a part of the view in which letters are keys. */
export const TAKES_KEYS = { 'data-takes-keys': '' } as const;
const isKeyPlace = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[data-takes-keys]') !== null;

/**
 * `/` goes to the search, j and k open the next row and the one before, Escape closes the open row. Letters count only with the
 * keyboard in the table or in the open row: whoever speaks to the computer says letters by accident (WCAG 2.1.4).
 */
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
      const isPlace = isKeyPlace(event.target);
      if (isOpen && event.key === 'Escape') close();
      else if (isPlace && event.key === '/') field.current?.focus();
      else if (isPlace && isOpen && event.key === 'j') step(1);
      else if (isPlace && isOpen && event.key === 'k') step(-1);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
};
