// A call about a missing child that is short (scenario 4), through the pages: two calls ended after four minutes; a home keeps a
// profile with a photograph, and the police cannot read it; the call handler finds the child, is told that there is one, and sends the
// report with three answers; the receipt is read out in Polish; three earlier absences, which nobody reported because calls were too
// long, are written down and count; MEDIUM with reasons; back, and one interview covers them all; a call that ended before a report is
// rung back and becomes an absence. The call is typed as it was spoken, and what that takes at 200 characters a minute is reckoned
// from every character and every press.
import { crc32, deflateSync } from 'node:zlib';
import { comesBack, grade } from './episodes.mjs';
import { act, enter, idIn, says, saysNot } from './forms.mjs';
import { codesUsed, inspect, moveClock, signIn, submit, text } from './gestures.mjs';
import { interviewOf } from './interviews.mjs';
import { startWorld, must } from './world.mjs';

const charactersAMinute = 200;
const mostMinutes = 6;

/** A small picture with words in it that nobody may read. */
function photograph() {
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const length = Buffer.alloc(4), sum = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.from([0, 0, 0, 32, 0, 0, 0, 32, 8, 2, 0, 0, 0]);
  const rows = Buffer.concat(Array.from({ length: 32 }, () => Buffer.concat([Buffer.from([0]), Buffer.alloc(96, 0x70)])));
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', header),
    chunk('tEXt', Buffer.from('GPS\u000051.5074 N 0.1278 W', 'latin1')), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

/** True once the picture is drawn. */
async function isDrawn(page) {
  for (let i = 0; i < 50; i += 1) {
    if (await page.$eval('.app-photograph img', (image) => image.complete && image.naturalWidth === 32)) return true;
    await page.waitForTimeout(100);
  }
  return false;
}

async function choose(page, name, value) {
  if (await page.$(`select[name="${name}"]`)) await page.selectOption(`select[name="${name}"]`, value);
  else await page.check(`input[name="${name}"][value="${value}"]`);
}

/** The home opens a profile with the child, and puts a photograph in. Gives its address. */
async function keepAProfile(world, carer, look) {
  await carer.goto(`${world.base}/profiles`);
  await look(carer, 'profiles-none');
  await carer.click('main a:has-text("Open a profile")');
  await look(carer, 'profile-new');
  await submit(carer, 'Open the profile');
  must((await text(carer)).includes('There is a problem'), 'an empty profile is opened');
  await look(carer, 'profile-new-errors');
  for (const [name, value] of [['name_given', 'Ada Testparent'], ['home', 'Harbour House, Saltby'], ['contact', '01632 960018'], ['looks', 'Tall, red hair, a green parka'],
    ['look_first', 'The skate park behind the station'], ['health', 'Asthma: a blue inhaler'], ['child_view', 'ring my nan first pls'], ['child_view_language', 'English'],
    ['places-where', '3 Quay Street, her nan'], ['places-safety', 'Ring first']]) await carer.fill(`[name="${name}"]`, value);
  for (const [part, value] of [['day', '1'], ['month', '6'], ['year', '2011']]) await carer.fill(`[name="born_given-${part}"]`, value);
  for (const [name, value] of [['given_by', 'childrens_home'], ['is_in_care', 'yes'], ['told', 'agrees']]) await choose(carer, name, value);
  await submit(carer, 'Open the profile');
  const opened = await text(carer);
  must(opened.includes('Somebody confirms the profile of a child in care') && opened.includes('ring my nan first pls'), `the profile is not opened: ${opened}`);
  const profile = carer.url().split('?')[0];
  await carer.click('main a:has-text("Put in a photograph")');
  await look(carer, 'profile-photograph');
  await carer.setInputFiles('input[type=file]', { name: 'ada.txt', mimeType: 'image/png', buffer: Buffer.from('no picture') });
  for (const [part, value] of [['day', '1'], ['month', '9'], ['year', '2026']]) await carer.fill(`[name="photo_taken_on-${part}"]`, value);
  await submit(carer, 'Put in a photograph');
  must((await text(carer)).includes('A photograph is a JPEG or a PNG'), 'what is no photograph is kept');
  await look(carer, 'profile-photograph-errors');
  await carer.setInputFiles('input[type=file]', { name: 'ada.png', mimeType: 'image/png', buffer: photograph() });
  await submit(carer, 'Put in a photograph');
  must(await isDrawn(carer), 'the photograph is not shown');
  await look(carer, 'profile');
  const picture = await carer.context().request.get(`${profile}/photograph`);
  const headers = picture.headers();
  must(headers['content-type'] === 'image/png' && headers['x-content-type-options'] === 'nosniff' && headers['content-disposition'].startsWith('inline; filename="photograph.png"') && headers['content-security-policy'] === "default-src 'none'; sandbox" && headers['cache-control'] === 'no-store', `the photograph is served so: ${JSON.stringify(headers)}`);
  must(!(await picture.body()).includes('51.5074'), 'the photograph says where it was taken');
  await carer.goto(`${world.base}/profiles`);
  must((await text(carer)).includes('Ada Testparent'), 'the home has no list of the children in its care');
  await look(carer, 'profiles');
  return profile;
}

/** Somebody who types and presses; each is counted. */
class Typist {
  constructor(page) { this.page = page; this.characters = 0; this.presses = 0; }
  async type(name, words) { await this.page.focus(`[name="${name}"]`); await this.page.fill(`[name="${name}"]`, ''); await this.page.keyboard.type(words); this.characters += words.length; this.presses += 1; }
  async pick(name, value) { await choose(this.page, name, value); this.presses += 2; }
  async press(words) { await submit(this.page, words); this.presses += 1; }
  /** A press counts as two characters: the hand goes to the key or the mouse. */
  minutes() { return (this.characters + 2 * this.presses) / charactersAMinute; }
}

/** "Hangs up at 4 min twice": each is on the list of those to ring back. */
async function ringsOffTwice(world, call) {
  for (let i = 0; i < 2; i += 1) {
    await call.goto(`${world.base}/missing/report`);
    await enter(call, { name_given: 'Ada Testparent', contact: '07700 900123' });
    await submit(call, 'The call ended before a report');
    await says(call, 'Somebody rings back');
  }
}

/** "This is the fifth time, I stopped ringing": the two from the calls that ended, and one more. None is a blame. */
async function whatNobodyReported(world, call, episode, look) {
  for (const [number, from, until] of [[2, '2026-09-01 18:00', '2026-09-01 23:30'], [1, '2026-09-20 19:00', '2026-09-21 01:00'], [0, '2026-10-10 18:00', '2026-10-10 23:00']]) {
    await call.goto(episode);
    if (number > 0) {
      await says(call, 'Calls from this number that ended before a report', 'the calls that ended are not asked about');
      if (number === 2) await look(call, 'missing-episode-earlier-calls');
      await call.click('main a:has-text("record the absence that it was about")');
    } else {
      await saysNot(call, 'Calls from this number that ended before a report', 'a call that was joined is asked about once more');
      await call.goto(`${world.base}/missing`);
      await call.click('main a:has-text("Record an absence that nobody reported")');
      await enter(call, { name_given: 'Ada Testparent', born_given: '2011-06-01' });
    }
    await enter(call, { last_seen_at: from, returned_at: until, late_because: 'call_too_long', late_words: 'I was on the phone an hour' });
    await submit(call, 'Save the absence');
    if ((await text(call)).includes('Is it one of these children?')) {
      await call.check('main label:has-text("Ada Testparent")');
      await submit(call, 'Save the absence');
    }
    await says(call, ['An absence that nobody reported', 'The call takes too long'], 'what kept them from it is not on record');
    await saysNot(call, ['not reported by', 'failed to'], 'an absence blames somebody');
  }
}

/** MEDIUM with reasons; what is reported and what is learnt of count together; one interview covers it all. */
async function graded(world, coordinator, someone, episode, look) {
  await coordinator.goto(episode);
  await says(coordinator, 'Missing three times in 90 days or more often', 'what is learnt of does not count');
  const id = idIn(episode);
  await grade(coordinator, world, id, 'medium', 'The fifth time, by her mother, and she cried', ['third_in_90_days']);
  await says(coordinator, ['Medium', 'The fifth time, by her mother']);
  await look(coordinator, 'missing-episode-medium');
  await moveClock(coordinator, world, 15);
  await comesBack(coordinator, world, id, { returned_at: '2026-10-28 02:10', found_where: 'At the door', found_by: 'came_back', found_distance: 'not_known', return_type: 'own_will', considered: 'no_signs', considered_because: 'She says nothing yet', safe_to_tell: 'yes' });
  const desk = await someone('marsh@', 'safeguarding-response');
  await interviewOf(world, desk, 'Ada Testparent');
  await says(desk, ['It covers 4 absences: the child is asked once', '31 October 2026 at 02:10 GMT']);
  await look(desk, 'interview-of-hidden-absences');
}

/** Mrs Test-Parent rings, as scenario 4 tells it. */
async function takeTheCall(world, call, look) {
  await call.goto(`${world.base}/missing`);
  await call.click('a:has-text("Report a child missing")');
  const required = await call.evaluate(() => [...document.querySelectorAll('main form label:not(.govuk-radios__label):not(.govuk-date-input__label), main form legend')]
    .map((one) => one.textContent.replace(/\s+/g, ' ').trim()).filter((words) => words && !words.includes('(optional)') && !/Time$/.test(words)));
  must(required.length <= 3, `more than three answers are required: ${required.join('; ')}`);
  const typist = new Typist(call);
  await typist.type('name_given', 'Ada Testparent');
  for (const [part, value] of [['day', '1'], ['month', '6'], ['year', '2011']]) await typist.type(`born_given-${part}`, value);
  await typist.press('Look whether the child is known');
  for (let i = 0; i < 20 && !(await text(call)).includes('Is it one of these children?'); i += 1) { // the search renews its lists once a second
    await call.waitForTimeout(500);
    await submit(call, 'Look whether the child is known');
  }
  must((await text(call)).includes('Is it one of these children?'), `the child is not found: ${await text(call)}`);
  await look(call, 'missing-report-known');
  await call.check('main label:has-text("Ada Testparent")');
  typist.presses += 1;
  await typist.press('Look whether the child is known');
  const greeted = await text(call);
  must(greeted.includes('“We have the profile. Is anything different?”'), `the profile is not greeted with: ${greeted}`);
  must(!greeted.includes('parka') && !greeted.includes('skate park'), 'what stands in the profile is told before the report is sent');
  must(!(await call.isVisible('[name=urgent_health]')) && !(await call.isVisible('[name=look_first]')), 'what the profile answers is asked again');
  await look(call, 'missing-report-profile');
  await typist.type('last_seen_at-time', '01:30');
  await typist.type('last_seen_where', 'At the home by Jess, night staff. Green parka, black jeans, white trainers, small grey rucksack');
  await typist.type('worried', 'this is the fifth time, I stopped ringing, I was on the phone an hour. She had a message at one and cried, then her window was open. She says they will come for her if she does not go');
  await typist.type('company', 'Maybe Kai, older, drives a silver Corsa. Her phone rings out, 07700 900987');
  await typist.type('contact', '07700 900123');
  await typist.pick('reporter', 'parent');
  await typist.pick('tell_language', 'polish');
  await typist.press('Send the report now');
  const sent = await text(call);
  must(sent.includes('Somebody says how high the risk is'), `the report is not sent: ${sent}`);
  const minutes = typist.minutes();
  must(minutes <= mostMinutes, `the call takes ${minutes.toFixed(1)} minutes at ${charactersAMinute} characters a minute`);
  console.log(`figure: ${typist.characters} characters and ${typist.presses} presses, ${minutes.toFixed(1)} minutes at ${charactersAMinute} characters a minute; ${required.length} required answers`);
  must(sent.includes('Tall, red hair, a green parka') && sent.includes('Asthma: a blue inhaler'), 'the profile does not open with the report');
  must(await isDrawn(call), 'the photograph is not there');
  const receipt = await call.$eval('[lang=pl]', (element) => element.textContent);
  must(receipt.includes('Państwa zgłoszenie') && receipt.includes('Northmere Police') && !receipt.includes('Ada'), `the receipt: ${receipt}`);
  must(sent.includes('Text messages are not set up. Read it out.') && sent.includes('nobody who speaks it has checked these words yet'), 'it is not said that the receipt is to be read out, and unchecked');
  await look(call, 'missing-episode-with-profile');
}

/** A call ends after the second question; somebody rings back, and learns of an absence. */
async function ringBack(world, call, look) {
  await call.goto(`${world.base}/missing/report`);
  await call.fill('[name=name_given]', 'Lou Sample');
  await call.fill('[name=last_seen_where]', 'At the bus stop');
  await call.fill('[name=contact]', '07700 900456');
  await submit(call, 'The call ended before a report');
  must((await text(call)).includes('When and where last seen') && (await text(call)).includes('Somebody rings back'), `the call is not noted: ${await text(call)}`);
  await look(call, 'missing-call');
  await call.goto(`${world.base}/missing/calls`);
  must((await text(call)).includes('07700 900456') && (await text(call)).includes('How long calls take'), 'the call is on no list');
  await look(call, 'missing-calls');
  await call.click('main table a');
  await call.click('main a:has-text("Record the absence")');
  must((await call.inputValue('[name=name_given]')) === 'Lou Sample', 'what was said is asked again');
  for (const [name, day, time] of [['last_seen_at', '20', '18:00'], ['returned_at', '21', '01:00']])
    for (const [part, value] of [['day', day], ['month', '10'], ['year', '2026'], ['time', time]]) await call.fill(`[name="${name}-${part}"]`, value);
  await choose(call, 'late_because', 'call_too_long');
  await submit(call, 'Save the absence');
  if ((await text(call)).includes('Is it one of these children?')) {
    await call.check('input[name=child][value=none]');
    await submit(call, 'Save the absence');
  }
  must((await text(call)).includes('An absence that nobody reported'), `the absence is not saved: ${await text(call)}`);
  await call.goto(`${world.base}/missing/calls`);
  must(!(await text(call)).includes('07700 900456'), 'the call is still to be rung back');
}

export async function playCalls(browser, binary, scripts) {
  codesUsed.clear();
  const world = await startWorld(binary, 60, undefined, '2026-10-28T02:00:00Z');
  try {
    const look = async (page, name) => { if (scripts) await inspect(page, name); };
    const someone = async (who, purpose, width = 1280) => signIn(await browser.newContext({ javaScriptEnabled: scripts, viewport: { width, height: 900 } }), world, who, purpose, false);
    const carer = await someone('orme@', 'missing-response');
    const profile = await keepAProfile(world, carer, look);
    const call = await someone('lind@', 'missing-response');
    for (const page of ['', '/photograph']) must((await call.goto(profile + page)).status() === 404, `the police read the profile${page} before they look for the child`);
    await ringsOffTwice(world, call);
    await takeTheCall(world, call, look);
    const episode = call.url().split('?')[0];
    await whatNobodyReported(world, call, episode, look);
    must((await call.goto(profile)).status() === 200, 'the profile is closed to the force that looks for the child');
    await ringBack(world, call, look);

    // The home chooses the child from its list, and opens no second record of her.
    await carer.goto(`${world.base}/missing/report`);
    must((await text(carer)).includes('Your profile goes with the report'), 'a home writes the names of its children anew');
    await look(carer, 'missing-report-of-a-home');
    await carer.check('main label:has-text("Ada Testparent")');
    await carer.fill('[name=last_seen_at-time]', '01:30');
    await carer.fill('[name=worried]', 'Her window is open');
    await carer.selectOption('select[name=force]', { label: 'Northmere Police' });
    await submit(carer, 'Send the report now');
    must((await text(carer)).includes('This child is looked for already, by Northmere Police'), `a second search begins: ${await text(carer)}`);
    await carer.goto(profile);
    must((await text(carer)).includes('Forces that asked whether a profile is kept'), 'whoever keeps it does not see who asked');
    await graded(world, await someone('hart@', 'missing-response'), someone, episode, look);
  } finally {
    await world.stop();
  }
}
