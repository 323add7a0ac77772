import { useEffect } from 'react';
import { TEXTS } from '../texts/index.ts';

/** Of the browser's tab and history; also what a screen reader says first. */
export const useTitle = (title: string): void => {
  useEffect(() => {
    document.title = title === '' ? TEXTS.shell.title : `${title} · ${TEXTS.shell.name}`;
  }, [title]);
};
