import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { claimFolder } from '../../../scripts/local-cloud/claim-folder.ts';
import type { Task } from '../../../scripts/local-cloud/cloud-tasks/task.ts';
import { choosePorts, type Ports, withFreePorts } from '../../../scripts/local-cloud/ports.ts';
import { startOfProcess } from '../../../scripts/local-cloud/process-start.ts';
import { startScheduler } from '../../../scripts/local-cloud/scheduler.ts';
import { atCurrentAddress } from '../../../scripts/local-cloud/wiring.ts';

const listen = async (server: Server, port: number): Promise<number> => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
};

describe('ports', () => {
  test('Each part has a port of its own, free at that moment', async () => {
    for (const which of ['usual', 'any'] as const) {
      const ports = Object.values(await choosePorts(which));
      expect(new Set(ports).size).toBe(ports.length);
    }
  });

  test('A usual port that is taken is left alone, and the next one is taken that nobody else wants', async () => {
    const before = await choosePorts('usual');
    const squatter = createServer();
    await listen(squatter, before.tasks);
    const after = await choosePorts('usual');
    squatter.close();
    // Other programs take and leave ports meanwhile, so which one is next cannot be said.
    expect(after.tasks).toBeGreaterThan(before.tasks);
    expect(Object.values(after)).not.toContain(before.tasks);
    expect(new Set(Object.values(after)).size).toBe(Object.keys(before).length);
  });
});

describe('a port that somebody takes between the choice and the start', () => {
  const bindTo = async (port: number): Promise<void> => {
    const server = createServer();
    await listen(server, port);
    server.close();
  };

  test('Other ports are chosen, and the start begins again', async () => {
    const squatter = createServer();
    const tried: Ports[] = [];
    const taken: number[] = [];
    const started = withFreePorts(
      'any',
      () => taken.push(tried.length),
      async (ports) => {
        tried.push(ports);
        if (tried.length === 1) await listen(squatter, ports.tasks);
        await bindTo(ports.tasks);
        return ports.tasks;
      },
    );
    expect(await started).toBe(tried[1]?.tasks);
    squatter.close();
    expect(taken).toEqual([1]);
    expect(tried[1]?.tasks).not.toBe(tried[0]?.tasks);
  });

  test('It is not tried for ever, and other errors are not taken for it', async () => {
    let tries = 0;
    const failing = (message: string) =>
      withFreePorts('any', undefined, () => {
        tries += 1;
        return Promise.reject(new Error(message));
      });
    await expect(failing('java.net.BindException: Address already in use')).rejects.toThrow('already in use');
    expect(tries).toBe(4);
    await expect(failing('the rules are wrong')).rejects.toThrow('rules');
    expect(tries).toBe(5);
  });
});

describe('one folder, one system', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mdraft-folder-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('A folder that a living process has is refused by its number, until it is given back or the process is gone', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    writeFileSync(join(folder, 'running.pid'), `${other.pid}\n${startOfProcess(other.pid ?? 0)}\n`);
    expect(() => claimFolder(folder)).toThrow(`kill ${other.pid}`);
    const gone = new Promise((resolve) => other.once('close', resolve));
    other.kill('SIGKILL');
    await gone;
    const giveBack = claimFolder(folder);
    giveBack();
    expect(() => claimFolder(folder)).not.toThrow();
  });

  test('A living process that was started at another time than the one that had the folder does not keep it', () => {
    const living = process.ppid;
    for (const kept of [`${living}`, `${living}\nanother time\n`]) {
      writeFileSync(join(folder, 'running.pid'), kept);
      claimFolder(folder)();
    }
    expect(startOfProcess(living)).toBe(startOfProcess(living));
    expect(startOfProcess(living)).not.toBe(startOfProcess(process.pid));
  });
});

test('A task of an earlier start is delivered where the functions are now, with a token for that place; others stay', async () => {
  const delivered: Task['target'][] = [];
  const dispatch = atCurrentAddress('http://127.0.0.1:7000', async (task) => {
    delivered.push(task.target);
    return { status: 204 };
  });
  const target = {
    url: 'http://127.0.0.1:6000/plan-run/',
    oidcToken: { audience: 'http://127.0.0.1:6000/plan-run', serviceAccountEmail: 'tasks' },
  };
  const elsewhere = { url: 'https://example.org/x', oidcToken: null };
  for (const each of [target, elsewhere]) await dispatch({ target: each } as Task, AbortSignal.timeout(1000));
  expect(delivered).toEqual([
    {
      url: 'http://127.0.0.1:7000/plan-run/',
      oidcToken: { audience: 'http://127.0.0.1:7000/plan-run', serviceAccountEmail: 'tasks' },
    },
    elsewhere,
  ]);
});

test('The schedule calls by POST with a token for the address, again and again, and not after it was closed', async () => {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(`${request.method} ${request.headers.authorization}`);
    response.writeHead(204).end();
  });
  const url = `http://127.0.0.1:${await listen(server, 0)}/sweep`;
  const scheduler = startScheduler({ url, everySeconds: 0.05, mintToken: (audience) => `for ${audience}` });
  expect(await scheduler.callNow()).toBe(204);
  while (calls.length < 3) await new Promise((resolve) => setTimeout(resolve, 10));
  await scheduler.close();
  const count = calls.length;
  await new Promise((resolve) => setTimeout(resolve, 120));
  server.close();
  expect(calls.length).toBe(count);
  expect(new Set(calls)).toEqual(new Set([`POST Bearer for ${url}`]));
});
