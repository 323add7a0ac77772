import { describe, expect, test } from '@jest/globals';
import { createMemoryObjects } from '../../support/memory-objects.ts';
import { createMemoryQueue } from '../../support/memory-queue.ts';
import { createTestClock } from '../../support/pipeline-deps.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the object store in memory', () => {
  const file = { bucket: 'b', object: 'a/x', bytes: bytes('one'), contentType: 'text/plain' };

  test('finds an object by its generation until another takes its place', async () => {
    const { objects } = createMemoryObjects();
    const { generation } = await objects.write(file);
    const ref = { bucket: 'b', object: 'a/x', generation, maxBytes: 10 };
    await expect(objects.read(ref)).resolves.toEqual(bytes('one'));
    await objects.write({ ...file, bytes: bytes('two') });
    await expect(objects.read(ref)).resolves.toBeNull();
    await objects.delete(ref);
    await expect(objects.stat({ bucket: 'b', object: 'a/x' })).resolves.toMatchObject({ sizeBytes: 3 });
  });

  test('writes only over the generation that is named', async () => {
    const { objects } = createMemoryObjects();
    const { generation } = await objects.write({ ...file, ifGeneration: '0' });
    await expect(objects.write({ ...file, ifGeneration: '0' })).rejects.toMatchObject({ reason: 'OBJECT_CHANGED' });
    await expect(objects.write({ ...file, ifGeneration: generation })).resolves.not.toEqual({ generation });
  });

  test('reads nothing larger than allowed, and deletes by prefix', async () => {
    const { objects, names } = createMemoryObjects();
    await objects.write(file);
    await objects.write({ ...file, object: 'ab' });
    await expect(objects.read({ bucket: 'b', object: 'ab', maxBytes: 2 })).rejects.toMatchObject({
      reason: 'OBJECT_TOO_LARGE',
    });
    await objects.deleteAll('b', 'a/');
    expect(names('b')).toEqual(['ab']);
  });
});

describe('the task queue in memory', () => {
  const task = { queue: 'plan-run', name: 'n', payload: {}, path: '/' };

  test('takes a name once, while the task waits and for an hour after', async () => {
    const clock = createTestClock();
    const { queue, take } = createMemoryQueue(clock);
    await expect(queue.enqueue(task)).resolves.toBe('created');
    await expect(queue.enqueue(task)).resolves.toBe('exists');
    take();
    clock.advance(3599);
    await expect(queue.enqueue(task)).resolves.toBe('exists');
    clock.advance(1);
    await expect(queue.enqueue(task)).resolves.toBe('created');
  });

  test('tells when a task may be delivered', async () => {
    const { queue, tasks } = createMemoryQueue(createTestClock());
    await queue.enqueue({ ...task, delaySeconds: 4 });
    expect(tasks('plan-run')).toEqual([expect.objectContaining({ scheduledAt: '2026-11-20T09:00:04.000Z' })]);
    expect(tasks('merge-analysis')).toEqual([]);
  });
});
