/** The frame around every view, and which view an address shows. Views that are heavy are loaded when they are opened. */
import { lazy, Suspense, useEffect, useRef } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import styles from './app.module.css';
import { AppBar } from './components/app-bar.tsx';
import { ErrorBoundary } from './components/error-boundary.tsx';
import { Skeleton } from './components/skeleton.tsx';
import { useOnline } from './hooks/use-online.ts';
import { ROUTES } from './routes.ts';
import { TEXTS } from './texts/index.ts';
import { NotFoundView } from './views/not-found-view.tsx';
import { StartView } from './views/start/start-view.tsx';

const DocumentsView = lazy(async () => ({
  default: (await import('./views/documents/documents-view.tsx')).DocumentsView,
}));
const DocumentView = lazy(async () => ({ default: (await import('./views/document/document-view.tsx')).DocumentView }));
const RunsView = lazy(async () => ({ default: (await import('./views/runs/runs-view.tsx')).RunsView }));
const RunView = lazy(async () => ({ default: (await import('./views/run/run-view.tsx')).RunView }));
const MatrixView = lazy(async () => ({ default: (await import('./views/matrix/matrix-view.tsx')).MatrixView }));
const AccountView = lazy(async () => ({ default: (await import('./views/account/account-view.tsx')).AccountView }));

/** A new address begins at its top, and the keyboard with it. */
const useFreshStart = (path: string) => {
  const main = useRef<HTMLElement>(null);
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return main;
};

export const App = () => {
  const [path] = useLocation();
  const isOnline = useOnline();
  const main = useFreshStart(path);
  return (
    <>
      <a className={styles.skip} href="#main">
        {TEXTS.shell.skip}
      </a>
      <AppBar />
      {!isOnline && (
        <p className={styles.offline} role="status">
          {TEXTS.shell.offline}
        </p>
      )}
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <ErrorBoundary place={path}>
          <Suspense fallback={<Skeleton />}>
            <Switch>
              <Route path={ROUTES.start} component={StartView} />
              <Route path={ROUTES.documents} component={DocumentsView} />
              <Route path={ROUTES.document} component={DocumentView} />
              <Route path={ROUTES.runs} component={RunsView} />
              <Route path={ROUTES.run} component={RunView} />
              <Route path={ROUTES.matrix} component={MatrixView} />
              <Route path={ROUTES.account} component={AccountView} />
              <Route component={NotFoundView} />
            </Switch>
          </Suspense>
        </ErrorBoundary>
      </main>
    </>
  );
};
