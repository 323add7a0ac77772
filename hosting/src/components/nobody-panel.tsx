import { SIGN_IN_DAYS } from '../data/session-age.ts';
import { useSession } from '../hooks/use-session.ts';
import { linkTo } from '../routes.ts';
import { TEXTS } from '../texts/index.ts';
import { ButtonLink } from './button.tsx';
import { Notice } from './notice.tsx';
import { StatePanel } from './state-panel.tsx';

const { nobody, signedOutByAge } = TEXTS.account;

/** Said where somebody was here, and was signed out because it was too long ago. */
export const SignedOutByAge = () => {
  const session = useSession();
  return session.state === 'nobody' && session.endedBy === 'age' ? (
    <Notice tone="warn">{signedOutByAge(SIGN_IN_DAYS)}</Notice>
  ) : null;
};

/** In the place of a list when nobody is signed in. */
export const NobodyPanel = () => (
  <>
    <SignedOutByAge />
    <StatePanel
      icon="document"
      title={nobody.title}
      actions={
        <>
          <ButtonLink look="primary" to={linkTo.start()}>
            {nobody.start}
          </ButtonLink>
          <ButtonLink to={linkTo.account()}>{nobody.signIn}</ButtonLink>
        </>
      }
    >
      <p>{nobody.text}</p>
    </StatePanel>
  </>
);
