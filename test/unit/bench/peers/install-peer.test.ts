import { expect, test } from '@jest/globals';
import { installArguments } from '../../../bench/peers/install-peer.ts';
import { findPeer, parsePeerNames } from '../../../bench/peers/peer-list.ts';
import PEERS from '../../../bench/peers/peers.json' with { type: 'json' };

test('Every package of every peer has one exact version', () => {
  const versions = Object.values(PEERS).flatMap(({ packages }) => Object.values(packages));
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test('npm is told to install a peer into the cache folder, and to run no script of it', () => {
  const given = installArguments('/cache/mammoth-1.13.0', findPeer('mammoth'));
  expect(given.slice(0, 3)).toEqual(['install', '--prefix', '/cache/mammoth-1.13.0']);
  expect(given).toContain('--ignore-scripts');
  expect(given).toContain('mammoth@1.13.0');
});

test('Peers are named once each, with commas between', () => {
  expect(parsePeerNames('mammoth, liteparse,mammoth')).toEqual(['mammoth', 'liteparse']);
  expect(parsePeerNames('')).toEqual([]);
  expect(() => parsePeerNames('toString')).toThrow('no such peer: toString');
});
