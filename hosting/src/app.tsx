/** The frame around every view, and which view an address shows. All but the first are loaded on their own. */
import { lazy, Suspense, useRef } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import styles from './app.module.css';
import { AppBar } from './components/app-bar.tsx';
import { ErrorBoundary } from './components/error-boundary.tsx';
import { Skeleton } from './components/skeleton.tsx';
import { UnreachablePanel } from './components/unreachable-panel.tsx';
import { useFreshStart } from './hooks/use-fresh-start.ts';
import { useOnline } from './hooks/use-online.ts';
import { useSession } from './hooks/use-session.ts';
import { useViewsAtHand } from './hooks/use-views-at-hand.ts';
import { ROUTES } from './routes.ts';
import { TEXTS } from './texts/index.ts';
import { loadView } from './views/load-views.ts';
import { NotFoundView } from './views/not-found-view.tsx';
import { StartView } from './views/start/start-view.tsx';

const DocumentsView = lazy(async () => ({ default: (await loadView.documents()).DocumentsView }));
const DocumentView = lazy(async () => ({ default: (await loadView.document()).DocumentView }));
const RunsView = lazy(async () => ({ default: (await loadView.runs()).RunsView }));
const RunView = lazy(async () => ({ default: (await loadView.run()).RunView }));
const MatrixView = lazy(async () => ({ default: (await loadView.matrix()).MatrixView }));
const AccountView = lazy(async () => ({ default: (await loadView.account()).AccountView }));

export const App = () => {
  const [path] = useLocation();
  const isOnline = useOnline();
  const main = useRef<HTMLElement>(null);
  useFreshStart(main);
  useViewsAtHand();
  // Files are taken on the start page all the same: they wait until the site answers.
  const isUnreachable = useSession().state === 'unreachable' && path !== ROUTES.start;
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
            {isUnreachable ? (
              <UnreachablePanel />
            ) : (
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
            )}
          </Suspense>
        </ErrorBoundary>
      </main>
    </>
  );
};
