// The night the clocks change, played through the pages (S2), with scripts on and with scripts off; and every page looked at
// by axe at two widths, for console errors, for sideways scrolling and for its printed form.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { codesUsed, faults, inspect, moveClock, screens, signIn, submit, text, watch } from './gestures.mjs';
import { playEncounters } from './encounters.mjs';
import { playFlags } from './flags.mjs';
import { playTheRelease } from './release.mjs';
import { playShiftChange, printHandover } from './shift.mjs';
import { startWorld, must } from './world.mjs';

/** The newest link in the mail that is not one of those known already. */
async function mailedLink(page, world, known) {
  for (let i = 0; i < 80; i += 1) {
    await page.goto(world.base + '/demo/outbox' + (world.onlyOf ?? ''));
    const links = await page.$$eval('a', (all) => all.filter((one) => one.textContent === 'Open this link').map((one) => one.href));
    if (links.length > 0 && !known.has(links[0])) { known.add(links[0]); return links[0]; }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('no link came by mail');
}

/** The links in the mail as it stands, looked at in a page of its own. */
async function linksNow(world, context) {
  const page = await context.newPage();
  await page.goto(world.base + '/demo/outbox' + (world.onlyOf ?? ''));
  const links = await page.$$eval('a', (all) => all.filter((one) => one.textContent === 'Open this link').map((one) => one.href));
  await page.close();
  return links;
}

async function mailedCode(page, world, earlier) {
  for (let i = 0; i < 80; i += 1) {
    await page.goto(world.base + '/demo/outbox');
    const codes = [...(await text(page)).matchAll(/Your code is (\d{6})/g)].map((match) => match[1]);
    const fresh = codes.filter((code) => !earlier.has(code));
    if (fresh.length > 0) { earlier.add(fresh[0]); return fresh[0]; }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('no code came by mail');
}

async function answer(page, number, state, words) {
  await page.check(`input[name=answers-${number}-state][value=${state}]`);
  if (words) await page.fill(`#answers-${number}-words`, words);
}

/** The whole night, in a world of its own. */
export async function playTheNight(browser, binary, scripts) {
  codesUsed.clear();
  const world = await startWorld(binary, 200);
  try {
    const context = await browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 1280, height: 900 } });
    const look = async (page, name) => { if (scripts) await inspect(page, name); };
    const custody = await signIn(context, world, 'hale@', 'custody-safeguarding', scripts);
    await look(custody, 'queue');
    await custody.goto(world.base + '/custody');
    await look(custody, 'custody');

    // 00:18 BST: Mia is booked in; the service offers the record that is known already.
    await moveClock(custody, world, 3);
    await custody.goto(world.base + '/custody/new');
    await look(custody, 'custody-new');
    await submit(custody, 'Book in');
    must((await text(custody)).includes('There is a problem'), 'an empty booking is not refused');
    await look(custody, 'custody-new-errors');
    await custody.fill('#name_given', 'Mia Sample');
    await custody.fill('[name=born_given-day]', '4');
    await custody.fill('[name=born_given-month]', '3');
    await custody.fill('[name=born_given-year]', '2011');
    await custody.fill('#custody_number', 'NM-2026-1');
    await custody.fill('[name=authorised_at-time]', '00:18');
    await submit(custody, 'Book in');
    must((await text(custody)).includes('Is this one of these children?'), 'the known child is not offered');
    await look(custody, 'custody-new-candidates');
    await custody.check('label:has-text("Mia Sample")');
    await submit(custody, 'Book in');
    const id = custody.url().match(/custody\/([0-9a-f]{32})/)[1];
    world.onlyOf = '?reference=' + id.slice(0, 8);

    // 00:30 BST: the request goes to Westmoor; due 01:30 GMT, not 02:30.
    await moveClock(custody, world, 12);
    await custody.goto(`${world.base}/custody/${id}/request`);
    await look(custody, 'custody-request');
    must((await custody.inputValue('#authority')) !== '', 'no authority was found');
    must((await text(custody)).includes('Westmoor'), 'Westmoor was not found');
    await custody.fill('#offence', 'Carrying a knife');
    await custody.fill('#worry', 'She will not say where she was going');
    const known = new Set(await linksNow(world, context));
    await submit(custody, 'Send the request');
    must((await text(custody)).includes('01:30 GMT (after clocks go back)'), 'the clock is not due at 01:30 GMT');
    must((await text(custody)).includes('the request is with children\'s services'), 'the page does not say that the request was sent');
    await look(custody, 'request');
    await custody.goto(`${world.base}/custody/${id}/request`);
    must((await text(custody)).includes('She will not say where she was going'), 'what was sent cannot be read afterwards');
    await look(custody, 'request-told');
    await custody.goto(`${world.base}/cases/custody/${id}/ask_adult`);
    must((await custody.inputValue('[name=adult_requested_at-time]')) === '', 'an adult whom nobody asked stands as asked');
    await look(custody, 'ask-adult');
    await custody.goto(`${world.base}/cases/custody/${id}/adult_here`);
    must((await custody.inputValue('[name=adult_arrived_at-time]')) === '', 'an adult who is not here yet stands as present');
    await look(custody, 'adult-here');
    await custody.goto(`${world.base}/custody/${id}/bed`);
    await look(custody, 'bed-ask');
    await submit(custody, 'Record that bail was refused, and ask for a bed');
    must((await text(custody)).includes('Enter: When was bail refused?'), 'a bed is asked for without saying since when');
    await look(custody, 'bed-ask-errors');
    await custody.goto(`${world.base}/cases/custody/${id}/ask_child_again?topic=Q12`);
    await look(custody, 'ask-child-again');
    await custody.goto(`${world.base}/cases/custody/${id}/record_departure`);
    await look(custody, 'record-departure');

    // A mail scanner opens the link: nothing happens. Then a person presses the button.
    const codes = new Set();
    const link = await mailedLink(custody, world, known);
    await look(custody, 'demo-outbox');
    for (let i = 0; i < 3; i += 1) await fetch(link);
    const edt = await browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 1280, height: 900 } });
    const desk = await edt.newPage();
    watch(desk);
    await moveClock(custody, world, 100); // 01:10 GMT; nudges came at 01:30 BST and 01:00 GMT
    await desk.goto(link);
    must((await text(desk)).includes('Send the code'), 'the link does not wait for a person after a scanner opened it');
    await look(desk, 'link');
    await submit(desk, 'Send the code');
    await look(desk, 'link-code');
    await desk.fill('#code', '000000');
    await submit(desk, 'Open the request');
    must((await text(desk)).includes('There is a problem'), 'a wrong code is not refused');
    await look(desk, 'link-code-errors');
    await desk.fill('#code', await mailedCode(custody, world, codes));
    await submit(desk, 'Open the request');
    await look(desk, 'link-open');
    await submit(desk, 'Open the request');
    await look(desk, 'link-answer');
    await desk.getByLabel('Autism', { exact: true }).check();
    await desk.click('summary:has-text("Name people one by one (Q14)")');
    await desk.fill('#answers-Q14-people-1-name', 'Mrs Ward');
    await desk.fill('#answers-Q14-people-1-relation', 'foster carer');
    await desk.fill('#answers-Q14-people-1-telephone', '01632 960001');
    await desk.check('input[name=answers-Q14-state][value=given]');
    await look(desk, 'link-answer-people');
    await answer(desk, 'Q08', 'given', 'One instruction at a time');
    await answer(desk, 'Q09', 'given', 'A quiet room. Say before you touch');
    await answer(desk, 'Q11', 'yes', 'Inhaler at midnight');
    await answer(desk, 'Q15', 'given', 'Her sister’s partner must not collect her');
    await submit(desk, 'Send answers');
    await look(desk, 'link-sent');

    // What was answered stands in custody at once; what was not says so.
    await custody.goto(`${world.base}/custody/${id}`);
    let brief = await text(custody);
    must(brief.includes('Her sister’s partner must not collect her'), 'a part answer is not in the brief');
    must(brief.includes('Mrs Ward, foster carer, 01632 960001'), 'who is named by themselves is not in the brief');
    must(brief.includes('Asked, no answer yet'), 'what is not answered does not say so');
    must(!brief.includes('Not asked yet'), 'what was asked reads as not asked');
    must(!/no concerns/i.test(brief), 'something reads as no concerns');
    await look(custody, 'brief-part');
    await custody.goto(`${world.base}/custody/${id}/conversation`);
    await look(custody, 'conversation');
    await custody.goto(`${world.base}/custody/${id}/sheet`);
    await look(custody, 'sheet');
    await custody.goto(`${world.base}/custody/${id}/what-helps`);
    const helps = await text(custody);
    must(helps.includes('A quiet room. Say before you touch'), 'the child is not shown what helps');
    must(!helps.includes('partner must not collect'), 'the child is shown more than what helps');
    await look(custody, 'what-helps');

    // A fact is set right in two steps; without a reason it is not.
    await custody.goto(`${world.base}/custody/${id}/correct`);
    await look(custody, 'correct');
    await custody.goto(`${world.base}/custody/${id}/correct?field=arrest_place`);
    await custody.fill('#value', 'Harbour Road');
    await submit(custody, 'Correct it');
    must((await text(custody)).includes('Enter the reason for the correction'), 'a correction without a reason is taken');
    await look(custody, 'correct-field');
    await custody.fill('#reason', 'Heard wrongly');
    await submit(custody, 'Correct it');
    must((await text(custody)).includes('arrest_place: Heard wrongly'), 'the correction is not in the history');

    // 01:30 GMT passes: late, and it stays late.
    await moveClock(custody, world, 25);
    await mailedLink(custody, world, known); // the nudge that the time is up brings a link of its own
    await custody.goto(`${world.base}/requests/${id}`);
    must((await text(custody)).includes('late'), 'the clock is not late after 01:30 GMT');
    await look(custody, 'request-late');
    await submit(custody, 'Chase');
    await moveClock(custody, world, 30); // 02:05 GMT
    const next = await mailedLink(custody, world, known);
    await desk.goto(link);
    must(!(await text(desk)).includes('Send the code'), 'a link that another has replaced opens');
    await look(desk, 'link-replaced');
    await desk.goto(link + '/expired');
    await look(desk, 'link-expired');
    await desk.goto(next);
    await submit(desk, 'Send the code');
    await desk.fill('#code', await mailedCode(custody, world, codes));
    await submit(desk, 'Open the request');
    const form = desk.url();
    await desk.click('a:has-text("This is not our child")');
    await look(desk, 'link-not-ours');
    await desk.goto(`${next}/passed-on`);
    await look(desk, 'link-passed-on');
    await desk.goto(form);
    for (const [number, state, words] of [['Q01', 'yes', 'Open'], ['Q02', 'given', 'Care order, Westmoor'], ['Q03', 'yes', 'Care plan'], ['Q04', 'given', 'Foster home in Westmoor'], ['Q05', 'no'], ['Q06', 'yes', 'Older males outside school'], ['Q07', 'unknown'], ['Q10', 'given', 'English'], ['Q12', 'no'], ['Q13', 'not_recorded'], ['Q14', 'given', 'Foster carer'], ['Q16', 'yes', 'A debt was mentioned'], ['Q17', 'no'], ['Q19', 'no'], ['Q22', 'given', 'Social worker rings at 09:00']])
      await answer(desk, number, state, words);
    await submit(desk, 'Send answers');
    must((await text(desk)).includes('All questions are answered'), 'the answers are not complete');

    // 02:12 GMT: the sergeant reads the brief and says so.
    await moveClock(custody, world, 7);
    await custody.goto(`${world.base}/custody/${id}`);
    brief = await text(custody);
    must(brief.includes('Late: took 2 hours 35 minutes'), 'late does not stay late, or not as 2 hours 35 minutes');
    must(!/no concerns/i.test(brief), 'something reads as no concerns');
    await look(custody, 'brief');
    if (scripts) await printBrief(custody, 'brief');
    await submit(custody, 'Record that I have read');
    const read = await text(custody);
    must(!read.includes('Record that I have read'), 'the brief does not count as read');
    must(read.includes('you have read 19 lines'), 'the page does not say what was recorded');
    must(read.includes('25 October 2026 at 02:12 GMT'), 'it is not recorded as read at 02:12 GMT');
    await look(custody, 'brief-read');
    await custody.goto(`${world.base}/cases/custody/${id}/add_fact`);
    await look(custody, 'add-fact');
    await custody.goto(`${world.base}/cases/custody/${id}`);
    await look(custody, 'record');
    await custody.goto(`${world.base}/custody/${id}/answer`);
    await look(custody, 'answer-by-phone');
    await custody.goto(`${world.base}/demo/clock`);
    await look(custody, 'demo-clock');

    await playShiftChange(browser, world, scripts, look, id, custody);
    await playFlags(browser, custody, world, scripts, look, id);
    await playEncounters(browser, world, scripts, look);
    await others(browser, world, scripts, look, id, custody);
    if (scripts) await printLongestBrief(custody, world);
    if (scripts) await printHandover(custody, world);
    const duty = await signIn(await browser.newContext({ javaScriptEnabled: scripts }), world, 'ashby@', 'safeguarding-response', false);
    await playTheRelease(custody, duty, world, look, id, async () => {
      const page = await (await browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 1280, height: 900 } })).newPage();
      await page.goto(await mailedLink(custody, world, known));
      await submit(page, 'Send the code');
      await page.fill('#code', await mailedCode(custody, world, codes));
      await submit(page, 'Open the request');
      return page;
    });
  } finally {
    await world.stop();
  }
}

/** The pages of other roles, and those that anybody may open. */
async function others(browser, world, scripts, look, id, custody) {
  const child = (await custody.goto(`${world.base}/custody/${id}`).then(() => custody.getAttribute('a:has-text("Who has seen this")', 'href')));
  const governance = await signIn(await browser.newContext({ javaScriptEnabled: scripts }), world, 'voss@', 'information-governance', false);
  for (const [path, name] of [['/audit', 'audit'], ['/audit/verify', 'audit-verify'], [child, 'access'], [child.replace('/access', '/known'), 'known']]) {
    await governance.goto(world.base + path);
    await look(governance, name);
  }
  await governance.goto(world.base + '/audit/verify');
  await governance.click('button:has-text("Check every entry now")');
  must((await text(governance)).includes('The log is whole'), 'the log is not whole');
  await governance.goto(world.base + child);
  must((await text(governance)).includes('Northmere Police'), 'the child’s accesses are not told');
  const duty = await signIn(await browser.newContext({ javaScriptEnabled: scripts }), world, 'ashby@', 'safeguarding-response', false);
  await look(duty, 'queue-duty-desk');
  const inspector = await signIn(await browser.newContext({ javaScriptEnabled: scripts }), world, 'croft@', 'custody-safeguarding', false);
  await inspector.goto(world.base + '/custody');
  must((await text(inspector)).includes('NM-2026-1'), 'the inspector of the force does not see the suite');
  await look(inspector, 'custody-inspector');
  await toldOfTheBreach(inspector, world, id, 'the inspector');
  await correctATime(custody, inspector, world, look, id);
  const stranger = await signIn(await browser.newContext({ javaScriptEnabled: scripts }), world, 'mills@', 'custody-safeguarding', false);
  const refused = await stranger.goto(`${world.base}/custody/${id}`);
  must(refused.status() === 404, 'another force sees the brief');
  await look(stranger, 'no-such-page');
  const manager = await signIn(await browser.newContext({ javaScriptEnabled: scripts }), world, 'pike@', 'safeguarding-response', false);
  await toldOfTheBreach(manager, world, id, 'the on-call manager of the authority');
  await manager.goto(`${world.base}/openings/new?about=${id}`);
  await look(manager, 'opening-new');
  await submit(manager, 'Open');
  must((await text(manager)).includes('There is a problem'), 'a case is opened without a word why');
  await look(manager, 'opening-new-errors');
  for (const path of ['/', '/problems/out-of-order', '/who-can-see-what', '/accessibility', '/privacy', '/no-access', '/signed-out', '/guidance/answer-a-request', '/dev/components', '/demo/codes']) {
    await stranger.goto(world.base + path);
    await look(stranger, 'open' + path.replaceAll('/', '-'));
  }
}

/** "LATE; inspector and Westmoor on-call manager told": at 01:30 GMT, by a notice that leads to the case. */
async function toldOfTheBreach(page, world, id, who) {
  await page.goto(`${world.base}/notices`);
  const told = (await text(page)).includes('Children\'s services answer: the time is up.');
  const leads = await page.$$eval('main a', (all, ending) => all.some((one) => one.href.includes(ending)), id);
  must(told && leads, `${who} was not told that the time is up`);
}

/** R-X-12: one person says which time is wrong and why, another decides; what stood stays on record. */
async function correctATime(sergeant, inspector, world, look, id) {
  await sergeant.goto(`${world.base}/custody/${id}/correct`);
  await look(sergeant, 'correct-of-times');
  await sergeant.click('a[href$="/times?time=authorised_at"]');
  await submit(sergeant, 'Ask for this time to be corrected');
  must((await text(sergeant)).includes('Enter the right time'), 'a correction of no time is taken');
  await look(sergeant, 'times-ask-errors');
  await sergeant.fill('[name=time_corrections-right-time]', '00:16');
  await sergeant.fill('[name=time_corrections-reason]', 'The custody record says 00:16');
  await submit(sergeant, 'Ask for this time to be corrected');
  must((await text(sergeant)).includes('If you were wrong, take it back'), 'the sergeant is not told that another person decides');
  await look(sergeant, 'times-own');
  await inspector.goto(`${world.base}/custody/${id}`);
  await look(inspector, 'brief-time-waits');
  await inspector.click('a:has-text("Decide whether it is corrected")');
  await look(inspector, 'times-decide');
  await inspector.check('input[name=is_time_right][value=yes]');
  await submit(inspector, 'Record what you decide');
  must((await text(inspector)).includes('Decided so far'), 'the decision is not on the page of times');
  await look(inspector, 'times-decided');
  await inspector.goto(`${world.base}/cases/custody/${id}`);
  const record = await text(inspector);
  must(record.includes('25 October 2026 at 00:16 BST') && record.includes('25 October 2026 at 00:18 BST'), 'the record does not hold both times');
  await look(inspector, 'record-time-corrected');
}

async function printBrief(page, name) {
  const pdf = await page.pdf({ format: 'A4', printBackground: false });
  const file = `${screens}/${name}.pdf`;
  writeFileSync(file, pdf);
  const info = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
  const pages = Number(info.match(/Pages:\s+(\d+)/)[1]);
  const words = execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' });
  execFileSync('pdftoppm', ['-r', '70', '-png', file, `${screens}/${name}-print`]);
  if (pages !== 1) faults.push(`${name} prints on ${pages} pages`);
  if (words.includes('/children/')) faults.push(`${name} on paper holds the address of a record`);
  return words;
}

/** The longest brief there can be: every question answered at length, by phone, through a custody system. It still prints on one sheet. */
async function printLongestBrief(page, world) {
  let key = 0;
  const call = async (path, body, match) => {
    const response = await fetch(`${world.base}/api/v1/${path.startsWith('flag') ? path : 'custody' + path}`, { method: 'POST', body: JSON.stringify(body), headers: { Authorization: `Bearer ${world.machineToken}`, Purpose: 'custody-safeguarding', 'Content-Type': 'application/json', 'Idempotency-Key': `long-${key += 1}`, ...(match ? { 'If-Match': match } : {}) } });
    must(response.ok, `${path}: ${await response.clone().text()}`);
    return response.json();
  };
  const words = 'Speak slowly, one thing at a time, and say what happens next before it happens; wait for the answer and do not fill the silence. '.repeat(4).trim();
  const { id } = await call('', { name_given: 'Bartholomew Maximilian Fitzgerald Featherstonehaugh Sample', custody_number: 'NM-2026-LONGEST-NUMBER', authorised_at: '2026-10-24T23:10:00Z', born_given: '2011-05' });
  await call(`/${id}/send_request`, { offence: words, worry: words, child_words: words }, '"v1"');
  const answers = Array.from({ length: 22 }, (_, i) => ({ question: `Q${String(i + 1).padStart(2, '0')}`, state: i % 5 === 4 ? 'unknown' : i === 1 ? 'given' : 'yes', words }));
  for (const one of answers) if (!['Q01', 'Q03', 'Q05', 'Q06', 'Q07', 'Q11', 'Q12', 'Q16', 'Q17', 'Q19'].includes(one.question) && one.state === 'yes') one.state = 'given';
  await call(`/${id}/answer_by_phone`, { phone_worker: 'duty social worker of the out-of-hours team', was_read_back: true, answers }, '"v2"');
  await call(`/${id}/ask_adult`, { adult_who: 'Wilhelmina Constance Featherstonehaugh-Cholmondeley', adult_relation: 'volunteer of the appropriate adult scheme of the county' }, '"v3"');
  await call(`/${id}/adult_here`, {}, '"v4"');
  await call(`/${id}/ask_for_bed`, { charged_at: '2026-10-24T23:10:00Z', bail_refused_at: '2026-10-24T23:10:00Z', bed_sought: 'secure' }, '"v5"');
  await page.goto(`${world.base}/custody/${id}/bed`);
  await inspect(page, 'bed-awaited');
  const child = (await page.goto(`${world.base}/custody/${id}`).then(() => page.getAttribute('a:has-text("Who has seen this")', 'href'))).split('/')[2];
  for (const code of ['THREAT', 'MSHT_IND', 'CONCEAL', 'SELFHARM', 'DEBT', 'DA_HH'])
    await call('flag', { child, code, plain_words: words.slice(0, 200), child_told: 'yes' });
  await page.goto(`${world.base}/custody/${id}`);
  must((await text(page)).includes(words), 'the brief does not show an answer whole');
  const printed = await printBrief(page, 'brief-longest');
  const instructions = await page.$$eval('.app-brief__now li', (all) => all.map((one) => one.firstChild.textContent.trim()));
  must(printed.includes('Flags: Serious threat from others') && printed.includes('More on screen'), 'the sheet says nothing of the flags');
  must(instructions.length > 5, 'the longest brief has few instructions');
  for (const one of instructions) must(printed.replace(/\s+/g, ' ').includes(one), `the sheet drops an instruction: ${one}`);
  must(printed.includes('Being exploited') && printed.includes('National Referral Mechanism'), 'the sheet does not say how every question stands');
}
