/** Functions for the tests of the host, registered as the real ones are. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type CloudEvent, cloudEvent, http } from '@google-cloud/functions-framework';

if (process.env.REFUSE_TO_START) throw new Error('the settings are wrong');

http('echo', (req, res) => {
  res.set('x-made-by', 'echo').status(201);
  res.json({ method: req.method, url: req.url, headers: req.headers, body: req.body, setting: process.env.SETTING });
});

const counts = new Map<string, { now: number; most: number }>();
/** Answers after ?ms, with the most requests of its ?group that were here together. */
http('slow', async (req, res) => {
  const group = String(req.query.group);
  const count = counts.get(group) ?? { now: 0, most: 0 };
  counts.set(group, count);
  count.now += 1;
  count.most = Math.max(count.most, count.now);
  await sleep(Number(req.query.ms));
  count.now -= 1;
  res.json({ most: count.most });
});

/** Answers after ?ms in which nothing else happens in its process. */
http('computes', (req, res) => {
  const until = performance.now() + Number(req.query.ms);
  while (performance.now() < until);
  res.json({});
});

http('dies', () => process.exit(7));

cloudEvent('on-upload', (event: CloudEvent<unknown>) => {
  process.stdout.write(`${JSON.stringify({ type: event.type, data: event.data })}\n`);
});
