import { createContext, useContext } from 'react';
import type { PageData } from '../data/page-data.ts';

const PageDataContext = createContext<PageData | null>(null);

export const PageDataProvider = PageDataContext.Provider;

export const usePageData = (): PageData => {
  const data = useContext(PageDataContext);
  if (data === null) throw new Error('A view stands outside of PageDataProvider.');
  return data;
};
