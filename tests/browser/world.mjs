// A demo world on a free port, a browser, and the few gestures that the journeys are made of.
import { execFileSync, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, existsSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => resolve(port)); });
});

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Starts `reachable demo --serve` and waits until it answers. What is to be done to the world before it is served, `before` does;
 * `at`: the moment at which it begins, in UTC; `isSmall`: with people and children, and without a case. */
export async function startWorld(binary, children = 60, before = undefined, at = undefined, isSmall = false) {
  const folder = mkdtempSync(join(tmpdir(), 'reachable-browser-'));
  const begins = [...(at ? ['--at', at] : []), ...(isSmall ? ['--small'] : [])];
  if (before) {
    execFileSync(binary, ['demo', '--data', folder, '--children', String(children), ...begins]);
    before(folder);
  }
  const port = await freePort();
  const child = spawn(binary, ['demo', '--serve', '--data', folder, '--port', String(port), '--children', String(children), ...begins], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (data) => { output += data; });
  child.stderr.on('data', (data) => { output += data; });
  const base = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 600; i += 1) {
    if (child.exitCode !== null) throw new Error(`the server ended:\n${output}`);
    try { if ((await fetch(base + '/')).ok) break; } catch { /* not yet */ }
    await sleep(100);
  }
  const world = JSON.parse(readFileSync(join(folder, 'sign-ins.json'), 'utf8'));
  return {
    base, folder, signIns: world.sign_ins, machineToken: world.machine_token, feedToken: world.feed_token,
    stop: async () => { child.kill('SIGTERM'); await new Promise((resolve) => child.once('exit', resolve)); rmSync(folder, { recursive: true, force: true }); },
    log: () => output,
  };
}

export function startBrowser() {
  return chromium.launch({
    executablePath: existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : undefined,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** RFC 6238, from the base32 secret that an authenticator would hold. */
export function oneTimeCode(secret, seconds) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = '';
  for (const c of secret.replace(/=+$/, '').toUpperCase()) bits += alphabet.indexOf(c).toString(2).padStart(5, '0');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(seconds / 30)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const at = digest[19] & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, '0');
}

/** Fails the run with a sentence. */
export function must(condition, sentence) {
  if (!condition) throw new Error(sentence);
}
