import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, expect, test } from '@jest/globals';
import { startOfProcess } from '../../scripts/local-cloud/process-start.ts';
import { describeWithWholeSystem, temporaryFolder } from '../support/whole-system.ts';

const ROOT = join(import.meta.dirname, '../..');
const UP = 'Up until Ctrl-C';

interface Listed {
  pid: number;
  parent: number;
  command: string;
}

/** Processes below this one, by ps. */
const descendantsOf = (pid: number): Listed[] => {
  const { stdout } = spawnSync('ps', ['-e', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  const all = [...stdout.matchAll(/^\s*(\d+)\s+(\d+)\s+(.*)$/gm)].map(([, own, parent, command = '']) => ({
    pid: Number(own),
    parent: Number(parent),
    command,
  }));
  const below = (of: number): Listed[] =>
    all.filter(({ parent }) => parent === of).flatMap((each) => [each, ...below(each.pid)]);
  return below(pid);
};

const isRunning = (pid: number): boolean => {
  const { stdout } = spawnSync('ps', ['-p', String(pid), '-o', 'stat='], { encoding: 'utf8' });
  // A zombie runs no more; it waits for whoever inherited it to notice.
  return stdout.trim() !== '' && !stdout.startsWith('Z');
};

describeWithWholeSystem('However npm start ends', () => {
  const folder = temporaryFolder();
  const data = join(folder.path, 'data');
  const pidFile = join(data, 'running.pid');
  const started: Started[] = [];
  afterAll(() => folder.remove());
  afterEach(() => {
    for (const { child } of started.splice(0))
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  });

  interface Started {
    child: ChildProcessWithoutNullStreams;
    /** What it wrote. */
    said(): string;
    complained(): string;
    /** Resolves once it has written this. */
    until(words: string): Promise<void>;
    ended: Promise<number | null>;
  }

  const start = (command: string, args: string[], dataFolder = data): Started => {
    const { npm_lifecycle_event: _, ...env } = process.env;
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...env, MDRAFT_DATA_FOLDER: dataFolder, INIT_CWD: folder.path, NO_COLOR: '1' },
      detached: true,
    });
    const [said, complained] = [child.stdout, child.stderr].map((stream) => {
      let text = '';
      stream.on('data', (chunk) => {
        text += chunk;
      });
      return () => text;
    });
    if (!said || !complained) throw new Error('there are no streams');
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const until = async (words: string): Promise<void> => {
      while (!said().includes(words)) {
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`It ended before it said "${words}": ${said()}${complained()}`);
        await sleep(50);
      }
    };
    const answer = { child, said, complained, until, ended };
    started.push(answer);
    return answer;
  };
  const startDirectly = (args: string[], dataFolder = data) =>
    start(process.execPath, [join(ROOT, 'scripts/start.ts'), ...args], dataFolder);

  const expectNothingLeft = async (processes: readonly Listed[], dataFolder = data): Promise<void> => {
    const running = (): Listed[] => processes.filter(({ pid }) => isRunning(pid));
    for (let waited = 0; waited < 50 && running().length > 0; waited += 1) await sleep(100);
    expect(running()).toEqual([]);
    expect(existsSync(join(dataFolder, 'running.pid'))).toBe(false);
  };

  test('A request to end that reaches the whole process group is heard once, and everything stops in order', async () => {
    const npm = start('npm', ['start']);
    await npm.until(UP);
    const processes = descendantsOf(npm.child.pid ?? 0);
    expect(processes.length).toBeGreaterThanOrEqual(6);
    process.kill(-(npm.child.pid ?? 0), 'SIGTERM');
    await npm.ended;
    expect(npm.said()).toMatch(/Stopping …\nStopped\. Data is kept in .*data\n$/);
    await expectNothingLeft(processes);
  });

  test('A number of an earlier start that belongs to a stranger now does not keep the folder; when npm is killed, all stops in order', async () => {
    writeFileSync(pidFile, `${process.pid}\nlong ago\n`);
    const npm = start('npm', ['start']);
    await npm.until(UP);
    const processes = descendantsOf(npm.child.pid ?? 0);
    const owner = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
    expect(readFileSync(pidFile, 'utf8')).toBe(`${owner}\n${startOfProcess(owner)}\n`);
    npm.child.kill('SIGKILL');
    await npm.ended;
    expect(npm.said()).toMatch(/Stopping …\nStopped\. Data is kept in .*data\n$/);
    await expectNothingLeft(processes);
    expect(readFileSync(join(data, 'functions.previous.log'), 'utf8')).not.toBe('');
  });

  test('When the database dies, it is said what ended and what is lost, and the rest stops in order', async () => {
    // A visitor of its own: how much one sends in an hour is limited.
    const system = startDirectly([], join(folder.path, 'dying'));
    await system.until(UP);
    const processes = descendantsOf(system.child.pid ?? 0);
    const java = processes.find(
      ({ command }) => command.includes('cloud-firestore-emulator') && /^\S*java /.test(command),
    );
    process.kill(java?.pid ?? 0, 'SIGKILL');
    expect(await system.ended).toBe(1);
    const [first, ...others] = system.complained().trim().split('\n');
    expect(first).toBe('error: Firestore (emulator) ended by itself, so everything stops. Start again: npm start');
    // Nothing is lost when it died after its export.
    for (const line of others)
      expect(line).toMatch(
        /^error: The last export of the database failed; what was written since [\d:]{8} is lost\.$/,
      );
    expect(system.said()).toMatch(/Stopped\. Data is kept in /);
    await expectNothingLeft(processes, join(folder.path, 'dying'));
  });

  test('A reader that has seen enough ends the start at once, without a complaint', async () => {
    const system = startDirectly(['--once']);
    await system.until('Metadata and IAM');
    const closedMs = performance.now();
    const processes = descendantsOf(system.child.pid ?? 0);
    system.child.stdout.destroy();
    expect(await system.ended).toBe(0);
    expect(performance.now() - closedMs).toBeLessThan(2500);
    expect(system.complained()).toBe('');
    await expectNothingLeft(processes);
  });

  test('Two that start at the same moment both come up, and a closed terminal stops them in order', async () => {
    const folders = ['first', 'second'].map((name) => join(folder.path, name));
    for (const path of folders) mkdirSync(path);
    const both = folders.map((path) => startDirectly([], path));
    await Promise.all(both.map(({ until }) => until('Ready after')));
    const urls = both.map(({ said }) => /Ready after [\d.]+ s: (\S+)/.exec(said())?.[1]);
    expect(new Set(urls).size).toBe(2);
    for (const { child } of both) child.kill('SIGHUP');
    await Promise.all(both.map(({ ended }) => ended));
    for (const { said } of both) expect(said()).toMatch(/Stopped\. Data is kept in /);
    for (const path of folders) expect(existsSync(join(path, 'running.pid'))).toBe(false);
  });
});
