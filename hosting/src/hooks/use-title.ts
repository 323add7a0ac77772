import { useEffect } from 'react';
import { TEXTS } from '../texts/index.ts';

/** Of the browser's tab; also what a screen reader says first. No file name: the browser keeps titles in its history, after signing out too. */
export const useTitle = (title: string): void => {
  useEffect(() => {
    document.title = title === '' ? TEXTS.shell.title : `${title} · ${TEXTS.shell.name}`;
  }, [title]);
};
