// Kills the server at random moments and asks afterwards whether it kept its word: what it acknowledged is there,
// exactly once, what it showed stands in the audit, and every decision that stands there comes out the same again.
//
//     node tests/kill.mjs BINARY FOLDER COUNT [DATABASE]
//
// Several workers book in children and look at them without a pause; each booking carries an idempotency key that is
// offered again, to the next server, until it is acknowledged. Needs Node 18 and no package.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";

const [binary, folder, countText, database] = process.argv.slice(2);
const count = Number(countText);
const workerCount = 8;
const bookedIn = new Map(); // key → id, once acknowledged
const waiting = []; // keys offered and not acknowledged yet
const released = new Set(); // request ids of looks that were answered whole
const faults = [];
let nextKey = 0;
let keptOnRetry = 0;

process.setMaxListeners(0); // one for each server, so that none outlives a test that fails

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

const port = await freePort();
const base = `http://127.0.0.1:${port}/api/v1/custody`;
const world = ["--data", folder, "--port", String(port), "--small", "--children", "20"];
if (database) world.push("--database", database);

/** Starts the server and gives it once it answers. A database may need a moment to notice that the last one died. */
async function startServer() {
  for (let attempt = 0; attempt < 50; ++attempt) {
    const server = spawn(binary, ["demo", "--serve", ...world], { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    server.ended = once(server, "exit");
    process.once("exit", () => server.kill("SIGKILL"));
    const answers = new Promise((done) => {
      server.stdout.on("data", (text) => (said += text).includes("Reachable answers") && done(true));
    });
    server.stderr.on("data", (text) => (said += text));
    if (await Promise.race([answers, server.ended.then(() => false)])) return server;
    if (attempt === 49) throw new Error(`the server does not start: ${said}`);
    await pause(100);
  }
}

async function stop(server, signal) {
  server.kill(signal);
  await server.ended;
}

const headers = () => ({
  Authorization: `Bearer ${JSON.parse(readFileSync(`${folder}/sign-ins.json`, "utf8")).machine_token}`,
  Purpose: "custody-safeguarding",
  "Content-Type": "application/json",
});

/** The answer, read whole, or nothing when the server died on the way. */
async function ask(url, options) {
  try {
    const response = await fetch(url, options);
    return { status: response.status, requestId: response.headers.get("x-request-id"), body: await response.text() };
  } catch {
    return undefined;
  }
}

/** Books in under that key. True once it is acknowledged; a key acknowledged before must lead to the same case. */
async function bookIn(key, common) {
  const body = JSON.stringify({ name_given: `Child ${key}`, custody_number: key, authorised_at: "2026-10-24T23:05:00Z" });
  const answer = await ask(base, { method: "POST", headers: { ...common, "Idempotency-Key": key }, body });
  if (!answer) return false;
  if (answer.status !== 200 && answer.status !== 201) {
    faults.push(`booking in ${key} was answered ${answer.status}: ${answer.body}`);
    return true;
  }
  const { id } = JSON.parse(answer.body);
  if (bookedIn.has(key) && bookedIn.get(key) !== id) faults.push(`${key} led to ${bookedIn.get(key)}, later to ${id}`);
  bookedIn.set(key, id);
  return true;
}

async function lookAt(id, common) {
  const answer = await ask(`${base}/${id}`, { headers: common });
  if (!answer) return false;
  if (answer.status !== 200) faults.push(`${id} was acknowledged, but looking at it is answered ${answer.status}`);
  else if (JSON.parse(answer.body).id !== id) faults.push(`${id} is answered with another case`);
  else released.add(answer.requestId);
  return true;
}

async function workUntilKilled(common, retries) {
  for (;;) {
    const key = retries.shift() ?? `KILL-${++nextKey}`;
    if (!(await bookIn(key, common))) return waiting.push(key);
    if (bookedIn.has(key) && !(await lookAt(bookedIn.get(key), common))) return;
    const known = [...bookedIn.values()];
    const any = known[Math.floor(Math.random() * known.length)];
    if (any && !(await lookAt(any, common))) return;
  }
}

async function killOnce() {
  const server = await startServer();
  const common = headers();
  const retries = waiting.splice(0);
  const workers = Array.from({ length: workerCount }, () => workUntilKilled(common, retries));
  await pause(20 + Math.random() * 280);
  await stop(server, "SIGKILL");
  await Promise.all(workers);
  waiting.push(...retries);
}

/** Every key once more, and every case: all with a server that is left alive. */
async function askForAll() {
  const server = await startServer();
  const common = headers();
  const keys = [...bookedIn.keys(), ...waiting.splice(0)];
  const each = async () => {
    for (let key = keys.pop(); key; key = keys.pop()) {
      if (!(await bookIn(key, common)) || !(await lookAt(bookedIn.get(key), common))) faults.push(`no answer about ${key}`);
    }
  };
  await Promise.all(Array.from({ length: workerCount }, each));
  await stop(server, "SIGTERM");
}

/** What the exported log holds: how often each case was opened, and the requests it accounts for. */
function readLog(url) {
  execFileSync(binary, ["export-log", "--database", url, "--to", `${folder}/log`]);
  const opened = new Map();
  const requests = new Set();
  for (const entry of readFileSync(`${folder}/log`, "latin1").split(/sequence \d+\n/)) {
    const request = /\nrequest ([0-9a-f]{32})\n/.exec(entry);
    if (request && entry.includes("\noperation look\n")) requests.add(request[1]);
    if (!entry.includes("\naction custody.book_in\n") || !entry.includes("\noutcome done\n")) continue;
    const id = /\ncase ([0-9a-f]{32})\n/.exec(entry)[1];
    opened.set(id, (opened.get(id) ?? 0) + 1);
  }
  return { opened, requests };
}

function compareWithLog(url) {
  const { opened, requests } = readLog(url);
  const ids = new Set(bookedIn.values());
  if (ids.size !== bookedIn.size) faults.push(`${bookedIn.size} keys led to only ${ids.size} cases`);
  for (const id of ids) if (opened.get(id) !== 1) faults.push(`${id} was opened ${opened.get(id) ?? 0} times`);
  for (const id of opened.keys()) if (!ids.has(id)) faults.push(`${id} was opened twice for one key, or for none`);
  for (const id of released) if (!requests.has(id)) faults.push(`the look of request ${id} does not stand in the log`);
  const kept = `${folder}/checkpoints.txt`;
  const said = execFileSync(binary, ["verify", "--database", url, "--key", `${folder}/signing.key.pub`, "--checkpoints", kept]);
  if (!String(said).includes("The log is whole.")) faults.push(`verify said: ${said}`);
}

/** "N decisions replayed, 0 differ": what the log says was asked of the policy, asked again. */
function replayLog(url) {
  const said = spawnSync(binary, ["policy", "replay", "--database", url], { encoding: "utf8" });
  const [, replayed, differing] = /^(\d+) decisions replayed, \d+ alike, (\d+) differ,/m.exec(said.stdout) ?? [];
  if (said.status !== 0 || Number(replayed) < released.size) faults.push(`replay said: ${said.stdout}${said.stderr}`);
  return `${replayed} decisions replayed, ${differing} differ`;
}

for (let kill = 0; kill < count; ++kill) {
  const before = waiting.length;
  await killOnce();
  keptOnRetry += before;
}
const acknowledged = bookedIn.size;
const newest = new Map(bookedIn);
await askForAll();
const url = database || `sqlite:${folder}/reachable.db`;
compareWithLog(url);
const replayed = replayLog(url);

const lost = [...newest].filter(([key, id]) => bookedIn.get(key) !== id).length;
if (acknowledged < count) faults.push(`only ${acknowledged} bookings were acknowledged: the test proves little`);
for (const fault of faults.slice(0, 20)) console.error(fault);
if (faults.length > 0) {
  console.error(`${faults.length} faults after ${count} kills`);
  process.exit(1);
}
console.log(
  `figure: ${count} kills (${database ? "postgresql" : "sqlite"}), ${acknowledged} acknowledged, ${lost} lost, ` +
    `${keptOnRetry} keys offered again, ${released.size} looks all in the log, ${replayed}`,
);
