import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { initializeTestEnvironment, type RulesTestEnvironment } from '@firebase/rules-unit-testing';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { collection, deleteDoc, doc, getDoc, getDocs, query, setLogLevel, where } from 'firebase/firestore';
import { describeWithFirestore } from '../support/firestore-emulator.ts';
import { coverageGaps } from './rule-coverage.ts';
import {
  ACTORS,
  type Actor,
  COLLECTIONS,
  type CollectionName,
  DOCUMENTS,
  fillWorld,
  firestoreAs,
  groupIsOpen,
  isAllowed,
  observe,
  write,
} from './rules-world.ts';

const ROOT = join(import.meta.dirname, '../..');
const RULES = readFileSync(join(ROOT, 'firestore.rules'), 'utf8');
/** The rules with two holes: members may delete usage, and everybody may ask over the webhooks of all organisations. */
const PLANTED = RULES.replace(
  'match /proposals/',
  'match /usage/{id} { allow delete: if isMember(); }\n match /proposals/',
).replace(
  'match /databases/',
  'match /databases/{name}/documents/{path=**}/webhooks/{id} { allow list: if true; }\n match /databases/',
);

const open = (address: string, projectId: string, rules: string): Promise<RulesTestEnvironment> => {
  const [host = '', port] = address.split(':');
  return initializeTestEnvironment({ projectId, firestore: { host, port: Number(port), rules } });
};

const MEMBERS: Partial<Record<Actor, string[]>> = {
  owner: ['get', 'list'],
  member: ['get', 'list'],
  viewer: ['get', 'list'],
};
const MEMBERS_AND_READER = { ...MEMBERS, reader: ['get', 'list'] };

/** Who may do what in the organisation of owner, member and viewer. What is not named, nobody may do. */
const ALLOWED: Partial<Record<CollectionName, Partial<Record<Actor, string[]>>>> = {
  conversions: MEMBERS,
  proposals: MEMBERS,
  runs: MEMBERS_AND_READER,
  windows: MEMBERS_AND_READER,
  rows: MEMBERS_AND_READER,
};

const tableOf = async (env: RulesTestEnvironment, name: CollectionName, org: string) =>
  Object.fromEntries(
    await Promise.all(ACTORS.map(async (actor) => [actor, await observe(env, actor, name, org)] as const)),
  ) as Record<Actor, string[]>;

const nobody = Object.fromEntries(ACTORS.map((actor) => [actor, []]));

describeWithFirestore('firestore.rules', (firestore) => {
  let env: RulesTestEnvironment;
  let planted: RulesTestEnvironment;

  beforeAll(async () => {
    setLogLevel('silent');
    const { host, projectId } = firestore();
    env = await open(host, projectId, RULES);
    planted = await open(host, `${projectId}-planted`, PLANTED);
    await Promise.all([fillWorld(env), fillWorld(planted)]);
  });
  afterAll(async () => {
    await Promise.all([env.cleanup(), planted.cleanup()]);
  });

  test.each(COLLECTIONS)(
    '%s: members and readers read what is theirs, nobody writes, nobody else reads',
    async (name) => {
      expect(await tableOf(env, name, 'acme')).toEqual({ ...nobody, ...ALLOWED[name] });
    },
  );

  test.each(COLLECTIONS.filter((name) => DOCUMENTS[name].startsWith('orgs/')))(
    '%s: an anonymous visitor is the owner of her own organisation, and its only reader but for shared runs',
    async (name) => {
      const { owner, reader } = ALLOWED[name] ?? {};
      expect(await tableOf(env, name, 'visitors-own')).toEqual({
        ...nobody,
        anonymousVisitor: owner ?? [],
        reader: reader ?? [],
      });
    },
  );

  test('the table finds a single right to write', async () => {
    expect(await tableOf(planted, 'usage', 'acme')).toEqual({
      ...nobody,
      owner: ['delete'],
      member: ['delete'],
      viewer: ['delete'],
    });
  });

  test('the table knows every collection in which the code keeps something', () => {
    const paths = readFileSync(join(ROOT, 'functions/src/adapters/firestore/paths.ts'), 'utf8');
    const used = [...paths.matchAll(/documentPath\((.*)\)/g)].flatMap(([, segments = '']) =>
      [...segments.matchAll(/'(\w+)'/g)].map(([, name = '']) => name),
    );
    expect(used.length).toBeGreaterThan(10);
    expect(used.filter((name) => !(COLLECTIONS as string[]).includes(name))).toEqual([]);
  });

  test('nobody may ask over the collections of all organisations', async () => {
    const asked = COLLECTIONS.flatMap((name) => ACTORS.map((actor) => ({ name, actor })));
    const answers = await Promise.all(asked.map(({ name, actor }) => groupIsOpen(env, actor, name)));
    expect(asked.filter((_, index) => answers[index])).toEqual([]);
    expect(await groupIsOpen(planted, 'signedOut', 'webhooks')).toBe(true);
  });

  test.each(['conversions', 'runs'] as const)('%s: what was deleted is gone for everyone at once', async (name) => {
    await write(env, `orgs/acme/${name}/gone`, { deletedAt: new Date(), readers: ['reader'] });
    for (const actor of ['owner', 'reader'] as const) {
      const items = collection(firestoreAs(env, actor), `orgs/acme/${name}`);
      expect(await isAllowed(getDoc(doc(items, 'gone')))).toBe(false);
      expect(await isAllowed(getDocs(items))).toBe(false);
      expect(await isAllowed(getDocs(query(items, where('deletedAt', '==', new Date()))))).toBe(false);
      expect(await isAllowed(getDocs(query(items, where('deletedAt', '>', new Date(0)))))).toBe(false);
    }
    const kept = query(collection(firestoreAs(env, 'owner'), `orgs/acme/${name}`), where('deletedAt', '==', null));
    expect((await getDocs(kept)).docs.map(({ id }) => id)).not.toContain('gone');
  });

  test('an item that never had the field is read, as one that was not deleted', async () => {
    await write(env, 'orgs/acme/conversions/plain', { state: 'queued' });
    expect((await getDoc(doc(firestoreAs(env, 'viewer'), 'orgs/acme/conversions/plain'))).exists()).toBe(true);
  });

  test.each(['windows', 'rows'])('%s of a deleted run, and of one that is missing, are not read', async (name) => {
    await write(env, 'orgs/acme/runs/gone', { deletedAt: new Date(), readers: ['reader'] });
    await write(env, `orgs/acme/runs/gone/${name}/x`, {});
    await write(env, `orgs/acme/runs/never/${name}/x`, {});
    for (const actor of ['owner', 'reader'] as const) {
      for (const run of ['gone', 'never']) {
        const items = collection(firestoreAs(env, actor), `orgs/acme/runs/${run}/${name}`);
        expect(await isAllowed(getDoc(doc(items, 'x')))).toBe(false);
        expect(await isAllowed(getDocs(items))).toBe(false);
      }
    }
  });

  test('a reader sees the run that was shared with him, and no other of the organisation', async () => {
    await write(env, 'orgs/acme/runs/private', { deletedAt: null, readers: ['somebody'] });
    await write(env, 'orgs/acme/runs/private/rows/x', {});
    const db = firestoreAs(env, 'reader');
    const runs = collection(db, 'orgs/acme/runs');
    const kept = where('deletedAt', '==', null);
    expect(await isAllowed(getDoc(doc(runs, 'private')))).toBe(false);
    expect(await isAllowed(getDocs(collection(runs, 'private', 'rows')))).toBe(false);
    expect(await isAllowed(getDocs(query(runs, kept)))).toBe(false);
    expect(await isAllowed(getDocs(query(runs, kept, where('readers', 'array-contains', 'somebody'))))).toBe(false);
    const shared = await getDocs(query(runs, kept, where('readers', 'array-contains', 'reader')));
    expect(shared.docs.map(({ id }) => id)).toEqual(['r1']);
  });

  test.each(['conversions', 'runs'])(
    '%s: a missing one looks missing to members and is refused to others',
    async (name) => {
      const ask = (actor: Actor) => getDoc(doc(firestoreAs(env, actor), `orgs/acme/${name}/missing`));
      expect((await ask('member')).exists()).toBe(false);
      expect(await isAllowed(ask('otherOrganisation'))).toBe(false);
      expect(await isAllowed(ask('reader'))).toBe(false);
    },
  );

  test('who is no member any more reads nothing any more', async () => {
    const ask = () => isAllowed(getDoc(doc(firestoreAs(env, 'viewer'), 'orgs/acme/runs/r1')));
    expect(await ask()).toBe(true);
    await env.withSecurityRulesDisabled((context) => deleteDoc(doc(context.firestore(), 'orgs/acme/members/viewer')));
    expect(await ask()).toBe(false);
  });

  test('every expression of the rules came to each of its outcomes in the tests above', async () => {
    const { host, projectId } = firestore();
    expect(await coverageGaps(host, projectId)).toEqual([]);
    expect(await coverageGaps(host, `${projectId}-planted`)).toContainEqual(expect.stringContaining('never evaluated'));
  });
});
