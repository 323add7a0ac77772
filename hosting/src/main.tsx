import './styles/tokens.css';
import './styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { fetchWithoutCache } from './data/fetch-without-cache.ts';
import { createPageData } from './data/page-data.ts';
import { PageDataProvider } from './hooks/page-data-context.ts';

// A page that the browser kept for its back button could show what belongs to somebody who has signed out since.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload();
});

fetchWithoutCache();

const place = document.getElementById('page');
if (place) {
  createRoot(place).render(
    <StrictMode>
      <PageDataProvider value={createPageData()}>
        <App />
      </PageDataProvider>
    </StrictMode>,
  );
}
