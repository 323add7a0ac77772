import { words } from './words.ts';

const { plural } = words;

export const account = {
  title: 'Account',
  visitorTitle: 'Keep your work',
  visitorText:
    'You work as a visitor: only this browser can reach your documents. Sign up to reach them from every device.',
  /** Of visitors and members alike. */
  eachKept: (days: number) =>
    `With an account or without one, each document is erased ${plural(days, 'day', 'days')} after its upload.`,
  nobodyTitle: 'Sign in or sign up',
  nobodyText: 'With an account you reach your documents and analyses from every device.',
  signedOutByAge: (days: number) =>
    `You signed in more than ${plural(days, 'day', 'days')} ago, so you were signed out. Your work is still there: sign in again.`,
  email: 'E-mail',
  password: 'Password',
  show: 'Show',
  hide: 'Hide',
  /** Ends the name of the button, for a screen reader. */
  thePassword: 'the password',
  rulesTitle: 'The password needs',
  rules: {
    length: 'at least 12 characters',
    lower: 'a lower-case letter',
    upper: 'an upper-case letter',
    digit: 'a digit',
    symbol: 'a symbol, such as ! or -',
  },
  ruleMet: 'met',
  ruleOpen: 'not yet',
  signUp: {
    title: 'Keep my work: sign up by e-mail',
    fresh: 'Sign up by e-mail',
    text: 'Everything stays where it is, and becomes your account’s.',
    freshText: 'Your documents and analyses are then yours on every device.',
    submit: 'Sign up',
    busy: 'Signing up …',
  },
  signIn: {
    title: 'Sign in',
    text: 'You have an account already.',
    withoutWork:
      'What you uploaded as a visitor cannot be moved into it. To keep that work in reach, sign up with an address that has no account yet.',
    submit: 'Sign in',
    busy: 'Signing in …',
    forgot: 'I forgot my password',
    forgotNeedsEmail: 'Enter your e-mail above first, then choose “I forgot my password” again.',
    forgotSent: (email: string) =>
      `If there is an account for ${email}, a link to set a new password is on its way. Look into the spam folder too.`,
  },
  otherAccount: {
    title: 'Your visitor’s work will not come along',
    text: 'What you uploaded as a visitor stays with the visitor. Once you sign in to another account it can no longer be reached, and it is erased when its time is over.',
    instead: 'To keep it, sign up with an e-mail address that has no account yet.',
    signIn: 'Sign in without it',
    cancel: 'Stay',
  },
  errors: {
    emailMissing: 'Enter your e-mail address.',
    emailInvalid: 'This is not an e-mail address. It looks like name@example.com.',
    emailTaken: 'There is an account for this address already. Sign in instead.',
    passwordMissing: 'Enter your password.',
    passwordRules: (open: string) => `The password still needs: ${open}.`,
    passwordWeak: 'This password is too easy to guess. Choose a longer one.',
    credentialWrong: 'E-mail and password do not match. Check both, or choose “I forgot my password”.',
    disabled: 'This account is switched off. Ask whoever runs this service.',
    tooMany: 'Too many tries. Wait a few minutes, or set a new password.',
    network: 'The sign-in service does not answer. Check your network and try again.',
    notOffered: 'Signing in by e-mail is not switched on here. Ask whoever runs this service.',
    visitorGone: 'This visitor does not exist any more, and neither does its work. Leave and begin anew.',
    unknown: 'That did not work, and nothing was changed. Try again in a moment.',
  },
  done: {
    signedUp: (email: string) => `You are signed up. A mail to confirm the address was sent to ${email}.`,
    keptWork: (email: string) =>
      `You are signed up, and everything is where it was. A mail to confirm the address was sent to ${email}.`,
    signedIn: 'You are signed in.',
    toDocuments: 'To your documents',
  },
  member: {
    about: 'About this account',
    verified: 'Confirmed',
    notVerified: 'Not confirmed yet',
    sendAgain: 'Send the mail again',
    sent: 'Sent. Follow the link in the mail, then come back here.',
    role: 'Role',
    roles: { owner: 'Owner', admin: 'Administrator', member: 'Member', viewer: 'Viewer' },
    retention: 'Kept for',
    retentionDays: (days: number) => `${plural(days, 'day', 'days')} after the upload, then erased by itself`,
    limits: 'Largest upload',
    pdf: (size: string) => `PDF ${size}`,
    office: (size: string) => `Office files, e-mail and ZIP ${size}`,
    text: (size: string) => `Text, Markdown, HTML and CSV ${size}`,
    other: (size: string) => `Images ${size}`,
  },
  signOut: {
    title: 'Sign out',
    text: 'Nothing stays in this browser. Sign in again to reach your work.',
    submit: 'Sign out',
    busy: 'Signing out …',
    failed: 'Signing out did not work. Close all tabs of this site and try again.',
  },
  leave: {
    title: 'Leave without an account',
    text: 'Forgets this visitor in this browser.',
    submit: 'Leave and forget',
    confirmTitle: 'Leave and forget this visitor’s work?',
    confirmText: (days: number | null) =>
      `Nobody can reach these documents and analyses again, not even you. They are erased by themselves${days === null ? ' when their time is over' : `, at the latest ${plural(days, 'day', 'days')} after their upload`}.`,
    confirmErase: 'To have a document erased at once, delete it in the list of documents first.',
    cancel: 'Stay',
  },
  nobody: {
    title: 'You are not signed in',
    text: 'Sign in to see your documents and analyses, or start with a document: no account is needed.',
    start: 'Start with a document',
    signIn: 'Sign in',
  },
} as const;
