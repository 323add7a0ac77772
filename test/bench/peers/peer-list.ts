/** The converters that mdraft is measured beside, their versions, and what they read. */
import PEERS from './peers.json' with { type: 'json' };

export type PeerName = keyof typeof PEERS;

export interface Peer {
  name: PeerName;
  /** npm package → exact version; the first one is the peer itself. */
  packages: Readonly<Record<string, string>>;
  families: readonly string[];
}

const isPeerName = (name: string): name is PeerName => Object.hasOwn(PEERS, name);

export const findPeer = (name: PeerName): Peer => ({ name, ...PEERS[name] });

export const versionOf = ({ packages }: Peer): string => Object.values(packages)[0] ?? 'unknown';

/** Of a list with commas, each once. Throws a RangeError that names the peers there are. */
export const parsePeerNames = (list: string): PeerName[] => {
  const names = [...new Set(list.split(',').map((name) => name.trim()))].filter((name) => name !== '');
  const unknown = names.filter((name) => !isPeerName(name));
  if (unknown.length > 0) {
    throw new RangeError(`no such peer: ${unknown.join(', ')}. There are: ${Object.keys(PEERS).join(', ')}`);
  }
  return names.filter(isPeerName);
};
