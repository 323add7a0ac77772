/** Two organisations with one document in each collection, everybody who may ask for them, and what each gets. */
import type { RulesTestContext, RulesTestEnvironment } from '@firebase/rules-unit-testing';
import {
  collection,
  collectionGroup,
  deleteDoc,
  doc,
  getDoc,
  getDocs,
  type Query,
  type QueryConstraint,
  query,
  setDoc,
  updateDoc,
  where,
} from 'firebase/firestore';

type Firestore = ReturnType<RulesTestContext['firestore']>;

export const ACTORS = [
  'owner',
  'member',
  'viewer',
  'reader',
  'otherOrganisation',
  'anonymousVisitor',
  'signedOut',
] as const;
export type Actor = (typeof ACTORS)[number];

export const OPERATIONS = ['get', 'list', 'create', 'update', 'delete'] as const;

/** The visitor's own organisation: there she is the owner. */
export const ORGANISATIONS = ['acme', 'visitors-own'] as const;

/** Every collection of the database, and a document in it. */
export const DOCUMENTS = {
  orgs: 'orgs/{org}',
  members: 'orgs/{org}/members/member',
  conversions: 'orgs/{org}/conversions/c1',
  shards: 'orgs/{org}/conversions/c1/shards/1-0',
  proposals: 'orgs/{org}/proposals/p1',
  runs: 'orgs/{org}/runs/r1',
  windows: 'orgs/{org}/runs/r1/windows/w1',
  rows: 'orgs/{org}/runs/r1/rows/row1',
  usage: 'orgs/{org}/usage/u1',
  apiKeys: 'orgs/{org}/apiKeys/k1',
  webhooks: 'orgs/{org}/webhooks/h1',
  users: 'users/member',
  apiKeyHashes: 'apiKeyHashes/0f',
  stripeEvents: 'stripeEvents/e1',
  rateLimits: 'rateLimits/l1',
  deadLetters: 'deadLetters/d1',
  audit: 'audit/a1',
  meta: 'meta/schema',
} as const;
export type CollectionName = keyof typeof DOCUMENTS;
export const COLLECTIONS = Object.keys(DOCUMENTS) as CollectionName[];

export const pathOf = (name: CollectionName, org: string): string => DOCUMENTS[name].replace('{org}', org);

const FIELDS: Partial<Record<CollectionName, object>> = {
  conversions: { deletedAt: null },
  runs: { deletedAt: null, readers: ['reader'] },
};

/** Writes past the rules. */
export const write = (env: RulesTestEnvironment, path: string, fields: object): Promise<void> =>
  env.withSecurityRulesDisabled(async (context) => {
    await setDoc(doc(context.firestore(), path), { ...fields });
  });

export const fillWorld = async (env: RulesTestEnvironment): Promise<void> => {
  await env.clearFirestore();
  const members = {
    acme: ['owner', 'member', 'viewer'],
    'visitors-own': ['anonymousVisitor'],
    other: ['otherOrganisation'],
  };
  await env.withSecurityRulesDisabled(async (context) => {
    const db = context.firestore();
    for (const org of ORGANISATIONS) {
      await Promise.all(COLLECTIONS.map((name) => setDoc(doc(db, pathOf(name, org)), { org, ...FIELDS[name] })));
    }
    for (const [org, uids] of Object.entries(members)) {
      await Promise.all(uids.map((role) => setDoc(doc(db, `orgs/${org}/members/${role}`), { role })));
    }
    // Filled above for every organisation; here nobody of that name belongs.
    await deleteDoc(doc(db, 'orgs/visitors-own/members/member'));
  });
};

const signedIn = (env: RulesTestEnvironment, actor: Actor): Firestore => {
  if (actor === 'signedOut') return env.unauthenticatedContext().firestore();
  const provider = actor === 'anonymousVisitor' ? 'anonymous' : 'password';
  return env.authenticatedContext(actor, { firebase: { sign_in_provider: provider } }).firestore();
};

const clients = new WeakMap<RulesTestEnvironment, Map<Actor, Firestore>>();

/** One client each: a new one would open a new connection. */
export const firestoreAs = (env: RulesTestEnvironment, actor: Actor): Firestore => {
  const known = clients.get(env) ?? new Map<Actor, Firestore>();
  clients.set(env, known);
  const client = known.get(actor) ?? signedIn(env, actor);
  known.set(actor, client);
  return client;
};

/** False when the rules refuse it; any other failure is a failure of the test. */
export const isAllowed = async (work: Promise<unknown>): Promise<boolean> => {
  try {
    await work;
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'permission-denied') return false;
    throw error;
  }
};

const shows = async (asked: Query): Promise<boolean> => {
  let found = 0;
  const allowed = await isAllowed(getDocs(asked).then(({ size }) => (found = size)));
  return allowed && found > 0;
};

/** The questions by which somebody may try to list a collection: everything, what is not deleted, what is shared with him. */
const questions = (actor: Actor): QueryConstraint[][] => {
  const kept = where('deletedAt', '==', null);
  return [[], [kept], [kept, where('readers', 'array-contains', actor)]];
};

const anyShows = async (asked: readonly Query[]): Promise<boolean> =>
  (await Promise.all(asked.map(shows))).includes(true);

/** What the rules let an actor do with a collection: names of OPERATIONS. */
export const observe = async (
  env: RulesTestEnvironment,
  actor: Actor,
  name: CollectionName,
  org: string,
): Promise<string[]> => {
  const db = firestoreAs(env, actor);
  const path = pathOf(name, org);
  const parent = path.slice(0, path.lastIndexOf('/'));
  const present = doc(db, path);
  const results: Record<(typeof OPERATIONS)[number], boolean> = {
    get: await isAllowed(getDoc(present)),
    list: await anyShows(questions(actor).map((conditions) => query(collection(db, parent), ...conditions))),
    create: await isAllowed(setDoc(doc(db, parent, 'new'), { org })),
    update: await isAllowed(updateDoc(present, { org: 'changed' })),
    delete: await isAllowed(deleteDoc(present)),
  };
  return OPERATIONS.filter((operation) => results[operation]);
};

/** Whether a query over all collections of this name, of all organisations, shows anything. */
export const groupIsOpen = (env: RulesTestEnvironment, actor: Actor, name: string): Promise<boolean> => {
  const db = firestoreAs(env, actor);
  return anyShows(questions(actor).map((conditions) => query(collectionGroup(db, name), ...conditions)));
};
