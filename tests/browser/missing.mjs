// A child is missing, through the pages: a call handler sends the report after the third question; a coordinator sees it on the
// board and says how high the risk is; another force takes the lead; the child is back; children's services pass the interview to
// somebody who holds it, and each receiver reads what is shared with them. A home reports a child too.
import { codesUsed, inspect, moveClock, signIn, submit, text } from './gestures.mjs';
import { startWorld, must } from './world.mjs';

async function choose(page, name, value) {
  if (await page.$(`select[name="${name}"]`)) await page.selectOption(`select[name="${name}"]`, value);
  else await page.check(`input[name="${name}"][value="${value}"]`);
}

async function fillTime(page, name, [year, month, day], time) {
  for (const [part, value] of [['day', day], ['month', month], ['year', year], ['time', time]])
    if (await page.$(`[name="${name}-${part}"]`)) await page.fill(`[name="${name}-${part}"]`, value);
}

/** The interview that is due for the child who was met far from home: passed on, offered, held, and shared item by item. */
async function playInterview(world, someone, look) {
  const desk = await someone('marsh@', 'safeguarding-response');
  await desk.goto(`${world.base}/interviews`);
  await look(desk, 'interviews-of-the-desk');
  await desk.click('main a:has-text("Ash")');
  const interview = desk.url().split('?')[0];
  const id = new URL(interview).pathname.split('/')[2];
  const act = (action) => `${world.base}/cases/return-interview/${id}/${action}`;
  must((await text(desk)).includes('An interview is offered to the child'), 'it is not said what is due');
  await look(desk, 'interview-due');
  await desk.goto(act('pass'));
  await desk.fill('[name=staff_name]', 'quinn@harbourne.example');
  await submit(desk, 'Pass it to whoever goes to the child');
  const worker = await someone('quinn@', 'missing-response', 375);
  await worker.goto(`${interview}/words`);
  must((await text(worker)).includes('Rydym yn falch'), 'the words in Welsh are missing');
  await look(worker, 'interview-words');
  await worker.goto(act('offer'));
  await look(worker, 'interview-offer');
  await submit(worker, "Write down an offer");
  must((await text(worker)).includes('There is a problem'), 'an offer without an answer is taken');
  await fillTime(worker, 'offers-offered_at', ['2026', '10', '28'], '02:20');
  for (const [name, value] of [['by', 'Quinn Dale, young people’s team'], ['language', 'English'], ['child_words', 'ok but not at the station']]) await worker.fill(`[name="offers-${name}"]`, value);
  await choose(worker, 'offers-way', 'in_person');
  await choose(worker, 'offers-answer', 'yes');
  await submit(worker, 'Write down an offer');
  await worker.goto(act('hold'));
  await look(worker, 'interview-hold');
  await fillTime(worker, 'held_at', ['2026', '10', '28'], '02:25');
  await worker.fill('[name=held_where]', 'In the car park of the café');
  await worker.fill('[name=held_by]', 'Quinn Dale, young people’s team');
  for (const [name, value] of [['independence', 'trusted'], ['seen_alone', 'yes'], ['crime_told', 'no']]) await choose(worker, name, value);
  await worker.fill('[name=child_said-words]', 'he drives a blue van and waits at the gate');
  await worker.fill('[name=child_said-language]', 'English');
  await worker.fill('[name=do_not_tell]', 'mother');
  await submit(worker, 'Write down the interview');
  const held = await text(worker);
  must(held.includes('Do not tell: mother') && held.includes('he drives a blue van'), `the interview is not on record: ${held}`);
  await worker.goto(act('add_item'));
  await look(worker, 'interview-item');
  await worker.fill('[name=items-words]', 'The van at the gate of the home');
  for (const [name, value] of [['category', 'method'], ['decision', 'police'], ['child_view', 'agrees']]) await choose(worker, `items-${name}`, value);
  await submit(worker, 'Write down one thing');
  must((await text(worker)).includes('Write down in which words it is shared'), 'an item is shared in the words of the child');
  await look(worker, 'interview-item-errors');
  await worker.fill('[name=items-sanitised]', 'A blue van may wait near the home');
  await submit(worker, 'Write down one thing');
  await worker.goto(act('share'));
  await submit(worker, 'Share what is to be shared');
  await look(worker, 'interview-shared');
  // The force that met the child reads its item, the marker, and not a word of the child.
  const coordinator = await someone('rook@', 'missing-response');
  await coordinator.goto(interview);
  const read = await text(coordinator);
  must(read.includes('A blue van may wait near the home') && read.includes('Do not tell: mother'), `the police do not read what is shared: ${read}`);
  for (const words of ['he drives', 'not at the station', 'café']) must(!read.includes(words), `the police read what the child said: ${words}`);
  await look(coordinator, 'interview-as-the-police-read-it');
  await coordinator.goto(act('acknowledge'));
  await coordinator.fill('[name=acknowledged-action]', 'A patrol passes the home at four');
  await submit(coordinator, 'Say that you read it');
  must((await text(coordinator)).includes('That is recorded') || (await text(coordinator)).includes('A patrol passes the home at four'), 'what is done about it is not on record');
}

export async function playMissing(browser, binary, scripts) {
  codesUsed.clear();
  const world = await startWorld(binary, 60, undefined, '2026-10-28T02:00:00Z');
  try {
    const look = async (page, name) => { if (scripts) await inspect(page, name); };
    const someone = async (who, purpose, width = 1280) => signIn(await browser.newContext({ javaScriptEnabled: scripts, viewport: { width, height: 900 } }), world, who, purpose, false);

    // The call: three answers, and it can be sent.
    const call = await someone('lind@', 'missing-response', 375);
    await call.goto(`${world.base}/missing`);
    must((await text(call)).includes('Lee Sample'), 'the board does not show who is missing');
    await look(call, 'missing-board-narrow');
    await call.click('a:has-text("Report a child missing")');
    await look(call, 'missing-report');
    await submit(call, 'Send the report now');
    must((await text(call)).includes('There is a problem'), 'an empty report is sent');
    await look(call, 'missing-report-errors');
    await call.fill('[name=name_given]', 'Sky Sample');
    await fillTime(call, 'last_seen_at', ['2026', '10', '27'], '18:00');
    await call.fill('[name=worried]', 'She is with a boy who is missing too');
    await submit(call, 'Send the report now');
    if ((await text(call)).includes('Is it one of these children?')) {
      await call.check('input[name=child][value=none]');
      await submit(call, 'Send the report now');
    }
    const sent = await text(call);
    must(sent.includes('Sky Sample') && sent.includes('Somebody says how high the risk is'), `the report is not sent: ${sent}`);
    const episode = call.url().split('?')[0];
    const id = new URL(episode).pathname.split('/')[2];
    const act = (action) => `${world.base}/cases/missing/${id}/${action}`;
    await look(call, 'missing-episode-new');

    // A person says how high the risk is, with reasons; nothing that is so sets a level.
    const coordinator = await someone('hart@', 'missing-response');
    await coordinator.goto(act('grade'));
    await look(coordinator, 'missing-grade');
    await submit(coordinator, 'Say how high the risk is');
    must((await text(coordinator)).includes('There is a problem'), 'a level without a reason is taken');
    await choose(coordinator, 'grades-level', 'high');
    await choose(coordinator, 'grades-considered', 'phone_off');
    await coordinator.fill('[name=grades-because]', 'She is 14, it is dark, and an adult drives them');
    await submit(coordinator, 'Say how high the risk is');
    must((await text(coordinator)).includes('A supervisor reviews a high risk, first'), 'no review is due');
    await coordinator.goto(act('add'));
    await coordinator.fill('[name=companions-who]', 'A man in a blue van');
    for (const [name, value] of [['age', 'adult'], ['relation', 'unrelated'], ['sure', 'seen']]) await choose(coordinator, `companions-${name}`, value);
    await submit(coordinator, 'Add what is new');
    must((await text(coordinator)).includes('With an adult who is not related'), 'what stands out is not said');
    await coordinator.goto(`${world.base}/missing/triggers`);
    await look(coordinator, 'missing-triggers');

    // Another force: it sees the episode when it is asked, and leads when it accepts.
    const other = await someone('holt@', 'missing-response');
    const before = await other.goto(episode);
    must(before.status() === 404, 'a force that does not look for the child sees the episode');
    await coordinator.goto(act('offer_to_force'));
    await look(coordinator, 'missing-offer');
    const force = await coordinator.$('select[name=offered_to]');
    must(force !== null, 'the force is not chosen from a list');
    await coordinator.selectOption('select[name=offered_to]', { label: 'Tarnside Police' });
    await coordinator.fill('[name=offer_because]', 'Both were seen at Tarn Junction');
    await submit(coordinator, 'Offer the lead to another force');
    must((await text(coordinator)).includes('until it accepts, Northmere Police leads'), 'it is not said who leads meanwhile');
    // Taken back, and offered once more: one offer waits at a time.
    await coordinator.goto(act('withdraw_offer'));
    await submit(coordinator, 'Take the offer of the lead back');
    must(!(await text(coordinator)).includes('until it accepts'), 'what was taken back waits still');
    await coordinator.goto(act('name_authority'));
    await look(coordinator, 'missing-authority');
    await coordinator.selectOption('select[name=authority]', { label: 'Saltby Council' });
    await submit(coordinator, 'Say which local authority');
    must((await text(coordinator)).includes('Saltby'), 'the authority that is named is not told');
    await coordinator.goto(act('offer_to_force'));
    await coordinator.selectOption('select[name=offered_to]', { label: 'Tarnside Police' });
    await coordinator.fill('[name=offer_because]', 'Both were seen at Tarn Junction');
    await submit(coordinator, 'Offer the lead to another force');
    await other.goto(`${world.base}/missing`);
    must((await text(other)).includes('Sky Sample'), 'the force that is asked does not see the child on its board');
    await look(other, 'missing-board-of-the-other-force');
    await other.goto(act('take_over'));
    await submit(other, 'Take the lead for our force');
    must((await text(other)).includes('From Northmere Police to Tarnside Police'), 'it is not said that the lead changed');
    await look(other, 'missing-episode-handed-over');

    // Back, and spoken with.
    await moveClock(other, world, 30);
    await other.goto(act('return'));
    await look(other, 'missing-return');
    await fillTime(other, 'returned_at', ['2026', '10', '28'], '02:10');
    await other.fill('[name=found_where]', 'Tarn Junction, in a van');
    for (const [name, value] of [['found_by', 'police'], ['found_distance', 'over_50'], ['return_type', 'police_protection'], ['harm', 'not_yet_known'], ['considered', 'referred'], ['safe_to_tell', 'no']]) await choose(other, name, value);
    await other.fill('[name=considered_because]', 'In a van with an adult at night');
    await submit(other, 'The child is back, or safe');
    const back = await text(other);
    must(back.includes('Do not tell the parent or carer where the child is'), `it is not said that nobody is told: ${back}`);
    await look(other, 'missing-episode-back');
    await playInterview(world, someone, look);
  } finally {
    await world.stop();
  }
}
