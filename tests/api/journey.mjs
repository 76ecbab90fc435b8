// The journey of a force's own custody system over the API: book in, ask, see answers, acknowledge; and what is refused.
import { startWorld, must } from '../browser/world.mjs';

const world = await startWorld(process.argv[2], 20);
let checks = 0;
const check = (condition, sentence) => { checks += 1; must(condition, sentence); };

async function call(method, path, { body, key, match, purpose = 'custody-safeguarding', token = world.machineToken } = {}) {
  const headers = { Accept: 'application/json' };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (purpose) headers.Purpose = purpose;
  if (key) headers['Idempotency-Key'] = key;
  if (match) headers['If-Match'] = match;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const response = await fetch(world.base + '/api/v1' + path, { method, headers, body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: text.startsWith('{') ? JSON.parse(text) : null };
}

try {
  const booking = { name_given: 'Api Sample', custody_number: 'API-1', authorised_at: '2026-10-24T23:10:00Z', born_given: '2011-05' };
  const opened = await call('POST', '/custody', { body: booking, key: 'one' });
  check(opened.status === 201 && opened.json.state === 'request due', `book in: ${opened.status} ${opened.text}`);
  const again = await call('POST', '/custody', { body: booking, key: 'one' });
  check(again.json.id === opened.json.id && again.headers.get('idempotent-replayed') === 'true', 'the same key opens a second case');
  const other = await call('POST', '/custody', { body: { ...booking, custody_number: 'API-2' }, key: 'one' });
  check(other.status === 409, `the same key with other content gives ${other.status}`);
  const path = `/custody/${opened.json.id}`;

  check((await call('POST', '/custody', { body: booking })).status === 422, 'a post without a key is taken');
  check((await call('POST', '/custody', { body: '{"a":1,"a":2}', key: 'x1' })).status === 422, 'a member named twice is taken');
  check((await call('POST', '/custody', { body: { ...booking, state: 'brief live' }, key: 'x2' })).status === 422, 'an unknown member is taken');
  check((await call('GET', path, { token: '' })).status === 401, 'a call without a token is answered');
  check((await call('GET', path, { purpose: '' })).status === 422, 'a call without a purpose is answered');
  const absent = await call('GET', '/custody/' + '0'.repeat(32));
  check(absent.status === 404, 'a case that does not exist is found');

  const seen = await call('GET', path);
  check(seen.status === 200 && seen.headers.get('etag') === '"v1"', `see: ${seen.status}`);
  check((await call('POST', path + '/send_request', { body: {}, key: 'two', match: '"v9"' })).status === 412, 'an old ETag is taken');
  const sent = await call('POST', path + '/send_request', { body: { offence: 'Theft to order', worry: 'Far from home' }, key: 'two', match: '"v1"' });
  check(sent.status === 200 && sent.json.state === 'waiting', `send: ${sent.status} ${sent.text}`);
  check((await call('POST', path + '/send_request', { body: {}, key: 'three', match: '"v2"' })).status === 409, 'a request is sent twice');
  check((await call('POST', path + '/answer', { body: { answers: [{ question: 'Q08', state: 'no' }] }, key: 'four', match: '"v2"' })).status === 403, 'custody answers for children’s services');
  const phoned = await call('POST', path + '/answer_by_phone', { key: 'five', match: '"v2"', body: { phone_worker: 'duty social worker', was_read_back: true, answers: [{ question: 'Q11', state: 'yes', words: 'Inhaler' }] } });
  check(phoned.status === 200 && phoned.json.state === 'part answered', `by phone: ${phoned.status} ${phoned.text}`);
  const forged = await call('POST', path + '/answer_by_phone', { key: 'six', match: '"v3"', body: { phone_worker: 'x', was_read_back: true, answers: [{ question: 'Q12', state: 'no', answered_by: 'somebody else' }] } });
  check(forged.status === 422, 'who answered is taken from outside');
  const brief = await call('GET', path);
  check(brief.json.facts.answers[0].words === 'Inhaler' && brief.json.clocks.some((clock) => clock.code === 'C02' && clock.standing === 'on_time'), 'the answer is not in the brief');
  const read = await call('POST', path + '/acknowledge', { key: 'seven', match: brief.headers.get('etag'), body: { acknowledgements: [{ line: 'Q11' }] } });
  check(read.status === 200, `acknowledge: ${read.text}`);
  const wrong = await call('POST', path + '/correct', { key: 'eight', match: '"v4"', body: { field: 'born_given', value: '2001-05', reason: 'Heard wrongly' } });
  check(wrong.status === 422, `a correction that no booking would hold gives ${wrong.status}`);
  const corrected = await call('POST', path + '/correct', { key: 'nine', match: '"v4"', body: { field: 'born_given', value: '2011-06', reason: 'Heard wrongly' } });
  check(corrected.status === 200, `correct: ${corrected.text}`);
  const candidates = await call('POST', '/children/candidates', { body: { name: 'Api Sample', born: '2011-06' } });
  check(candidates.status === 200 && candidates.json.candidates.some((one) => one.reasons.includes('same name')), `candidates: ${candidates.text}`);
  check((await call('POST', '/children/candidates', { body: { born: '2011-06' } })).status === 422, 'a search without a name is taken');
  const before = await call('GET', path + '?version=1');
  check(before.json.state === 'request due' && !before.json.facts.answers, 'version 1 does not read as it stood');
  check((await call('GET', '/custody')).json.open_count > 0, 'the queue is empty');
  check((await call('PUT', path)).status === 405, 'another method is answered');
  console.log(`figure: ${checks} checks of the API journey hold`);
} finally {
  await world.stop();
}
