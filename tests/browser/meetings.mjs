// A meeting about a child placed out of the area, through the pages: convened, answered, opened, shared item by item, decided, followed, and on paper.
import { codesUsed, inspect, signIn, submit, text } from './gestures.mjs';
import { search } from './protection.mjs';
import { startWorld, must } from './world.mjs';

async function fillDay(page, name, [year, month, day], time) {
  for (const [part, value] of [['day', day], ['month', month], ['year', year], ['time', time]])
    if (value !== undefined && (await page.$(`[name="${name}-${part}"]`))) await page.fill(`[name="${name}-${part}"]`, value);
}

async function choose(page, name, value) {
  if (await page.$(`select[name="${name}"]`)) await page.selectOption(`select[name="${name}"]`, value);
  else await page.check(`input[name="${name}"][value="${value}"]`);
}

/** A social worker has the child on their list and tells of a placement in Saltby; gives the address of the child's page. */
async function placeTheChild(world, someone) {
  const byte = await someone('byte@', 'missing-response');
  await search(byte, world, 'Mia Sample');
  const child = (await byte.getAttribute('a:has-text("Mia Sample")', 'href')).split('?')[0].split('/').pop();
  const manager = await someone('pike@', 'safeguarding-response');
  await manager.goto(`${world.base}/allocations`);
  await manager.click('a:has-text("Allocate the child")');
  await manager.fill('#child', child);
  await manager.fill('#staff_name', 'fenn@westmoor.example');
  await submit(manager, 'Allocate the child');
  const worker = await someone('fenn@', 'safeguarding-response');
  await worker.goto(`${world.base}/children/${child}/placements/new`);
  await choose(worker, 'kind', 'emergency');
  await fillDay(worker, 'starts_at', ['2026', '10', '27'], '18:00');
  await choose(worker, 'home', 'childrens_home');
  await worker.selectOption('select[name=host_authority]', { label: 'Saltby Council' });
  for (const [name, value] of [['where', 'Saltby Harbour House, Quay Street'], ['worker', 'Jo Fenn, 0113 496 0004'], ['out_of_hours', '0113 496 0003'], ['history', 'Missing twice this year'], ['avoid', 'A man with a blue van']]) await worker.fill(`[name=${name}]`, value);
  await submit(worker, 'Tell them');
  return { worker, child };
}

async function convene(worker, world, child, look, { day, time, aim, named, asked }) {
  await worker.goto(`${world.base}/children/${child}`);
  await worker.click('a:has-text("Convene a meeting about the child")');
  await look(worker, 'meeting-new');
  await submit(worker, 'Convene a meeting');
  must((await text(worker)).includes('There is a problem'), 'an empty meeting is convened');
  await look(worker, 'meeting-new-errors');
  await choose(worker, 'kind', 'OOA_NETWORK');
  await fillDay(worker, 'held_at', day, time);
  for (const [name, value] of [['held_where', 'By video'], ['aim', aim], ['named_as', named]]) await worker.fill(`[name=${name}]`, value);
  await submit(worker, 'Convene a meeting');
  const convened = await text(worker);
  for (const words of [...asked, 'No answer yet']) must(convened.includes(words), `the meeting does not name ${words}: ${convened}`);
  await look(worker, 'meeting-issued');
  return worker.url().split('?')[0];
}

/** Saltby answers; the police send apologies. */
async function answerIt(world, someone, look) {
  const saltby = await someone('cove@', 'joint-planning', 375);
  await saltby.goto(`${world.base}/meetings`);
  await look(saltby, 'meetings-of-whoever-is-asked');
  await saltby.click('main a:has-text("Mia S, 15")');
  must((await text(saltby)).includes('Please answer by'), 'it is not said by when to answer');
  await look(saltby, 'invitation');
  await saltby.click('main a:has-text("Answer the invitation")');
  await choose(saltby, 'coming', 'apologies');
  await submit(saltby, 'Answer the invitation');
  must((await text(saltby)).includes('Say why nobody comes'), 'apologies need no reason');
  await look(saltby, 'invitation-answer-errors');
  await choose(saltby, 'coming', 'comes');
  await saltby.fill('[name=who]', 'Team manager');
  await saltby.fill('[name=report]', 'She is safer when somebody fetches her from school');
  await submit(saltby, 'Answer the invitation');
  return saltby;
}

/** Everybody came but the police of Tarnside, who sent no apologies. */
async function openIt(worker, look) {
  await worker.click('main a:has-text("Open the meeting")');
  await look(worker, 'meeting-open');
  await submit(worker, 'Open the meeting');
  must((await text(worker)).includes('There is a problem'), 'a meeting opens without saying who came');
  await look(worker, 'meeting-open-errors');
  for (const name of await worker.$$eval('input[type=radio][value=came]', (all) => all.map((one) => one.name))) await choose(worker, name, 'came');
  const rows = await worker.$$eval('fieldset', (all) => all.filter((one) => one.textContent.includes('Tarnside Police')).map((one) => one.querySelector('input').name));
  await choose(worker, rows[0], 'absent');
  await choose(worker, 'confidentiality_read', 'yes');
  await submit(worker, 'Open the meeting');
  must((await text(worker)).includes('Absent without apologies'), 'it is not recorded who was absent');
  await look(worker, 'meeting-in-session');
}

async function holdIt(worker, meeting, look) {
  await worker.goto(meeting);
  must((await text(worker)).includes('She is safer when somebody fetches her'), 'the report does not stand in the meeting');
  await openIt(worker, look);
  await worker.click('main a:has-text("Decide whether something is shared")');
  await look(worker, 'meeting-share');
  await submit(worker, 'Decide whether something is shared');
  must((await text(worker)).includes('Say what the child wishes'), 'something is shared without the child');
  await worker.selectOption('[name=items-held_by]', { label: 'Westmoor County' });
  await worker.selectOption('[name=items-share_with]', { label: 'Saltby Council' });
  await choose(worker, 'items-decision', 'partly');
  for (const [name, value] of [['line', 'Her friend told of a blue van'], ['shared_words', 'A blue van was seen'], ['basis', 'Children Act 2004 s.10'], ['necessity', 'They fetch her from school'], ['proportionality', 'Not who told it'], ['child_view', 'Nobody has asked her yet'], ['caveat', 'Not to be told to the family']]) await worker.fill(`[name=items-${name}]`, value);
  await submit(worker, 'Decide whether something is shared');
  await worker.click('main a:has-text("Write down a decision")');
  await look(worker, 'meeting-decide');
  await worker.fill('[name=decisions-what]', 'She stays at Harbour House');
  await worker.fill('[name=decisions-because]', 'The home knows her');
  await submit(worker, 'Write down a decision');
  await worker.click('main a:has-text("End the meeting")');
  await submit(worker, 'End the meeting');
  must((await text(worker)).includes('a person who may do harm, or a place'), 'a meeting ends without an action');
  await look(worker, 'meeting-end-errors');
  await worker.goto(meeting);
  await worker.click('main a:has-text("Write down an action")');
  await look(worker, 'meeting-action-new');
  await worker.fill('[name=actions-what]', 'Somebody watches the school gate');
  await choose(worker, 'actions-about', 'place');
  await worker.selectOption('[name=actions-owner]', { label: 'Saltby Council' });
  await fillDay(worker, 'actions-due_on', ['2026', '11', '06']);
  await submit(worker, 'Write down an action');
  await worker.click('main a:has-text("End the meeting")');
  await submit(worker, 'End the meeting');
  await worker.click('main a:has-text("The minutes are agreed")');
  await submit(worker, 'The minutes are agreed');
  const agreed = await text(worker);
  for (const words of ['Somebody watches the school gate', 'She stays at Harbour House', 'Not done yet', 'A blue van was seen']) must(agreed.includes(words), `the minutes do not say ${words}`);
  await look(worker, 'meeting-agreed');
}

async function followIt(world, saltby, worker, meeting, look) {
  await saltby.goto(`${world.base}/meetings`);
  await look(saltby, 'meetings-with-an-action');
  await saltby.click('main a:has-text("Somebody watches the school gate")');
  await look(saltby, 'meeting-action');
  await saltby.click('main a:has-text("It is done")');
  await saltby.fill('[name=outcome]', 'The gate is watched from Monday on');
  await submit(saltby, 'It is done');
  await worker.goto(meeting);
  must((await text(worker)).includes('The gate is watched from Monday on'), 'what came of it does not stand in the meeting');
  await worker.goto(`${world.base}/meetings`);
  await look(worker, 'meetings-of-whoever-leads');
}

/** Scenario 5, at its end: three forces and two authorities are asked by what is on record, the home (in this world a team of Saltby) with its
 * authority; that Tarnside is absent is recorded. */
export async function theNetworkMeets({ world, worker, child, clock, look }) {
  const meeting = await convene(worker, world, child, look, {
    day: ['2026', '5', '20'], time: '09:30', aim: 'What keeps him safe in Saltby', named: 'Lee S, 16',
    asked: ['Northmere Police', 'Eastvale Constabulary', 'Tarnside Police', 'Harbourne Borough', 'Saltby Council'],
  });
  await clock.until('2026-05-20T08:30:00Z');
  await worker.goto(meeting);
  await openIt(worker, look);
}

export async function playMeetings(browser, binary, scripts) {
  codesUsed.clear();
  const world = await startWorld(binary, 60, undefined, '2026-10-28T02:00:00Z');
  try {
    const look = async (page, name) => { if (scripts) await inspect(page, name); };
    const someone = async (who, purpose, width = 1280) => signIn(await browser.newContext({ javaScriptEnabled: scripts, viewport: { width, height: 900 } }), world, who, purpose, false);
    const { worker, child } = await placeTheChild(world, someone);
    const meeting = await convene(worker, world, child, look, {
      day: ['2026', '10', '28'], time: '02:30', aim: 'What keeps her safe in Saltby', named: 'Mia S, 15',
      asked: ['Westmoor County', 'Saltby Council', 'Eastvale Constabulary', 'Tarnside Police'],
    });
    const saltby = await answerIt(world, someone, look);
    must((await saltby.goto(meeting)).status() === 404, 'whoever is asked reads the whole meeting');
    await holdIt(worker, meeting, look);
    await saltby.goto(`${world.base}/meetings`);
    await followIt(world, saltby, worker, meeting, look);
  } finally {
    await world.stop();
  }
}
