// Found far from home, through the pages: an officer records an encounter, children's services say what comes next, a youth
// justice worker offers support, and the officer closes it.
import { playConcerns } from './flags_around.mjs';
import { signIn, submit, text } from './gestures.mjs';
import { must } from './world.mjs';

async function choose(page, name, value) {
  if (await page.$(`select[name=${name}]`)) await page.selectOption(`select[name=${name}]`, value);
  else await page.check(`input[name=${name}][value=${value}]`);
}

async function someone(browser, world, scripts, name, purpose, width = 1280) {
  const context = await browser.newContext({ javaScriptEnabled: scripts, viewport: { width, height: width < 600 ? 667 : 900 } });
  return signIn(context, world, name, purpose, false);
}

export async function playEncounters(browser, world, scripts, look) {
  const officer = await someone(browser, world, scripts, 'vale@', 'missing-response', 375);
  await officer.click('a:has-text("Record that the police met a child")');
  await look(officer, 'encounter-new');
  await submit(officer, "Save, and tell children's services");
  must((await text(officer)).includes('Enter: Where?'), 'an encounter without a place is not refused');
  await look(officer, 'encounter-new-errors');
  const child = scripts ? 'Wil Sample' : 'Tal Sample';
  await officer.fill('[name=name_given]', child);
  await choose(officer, 'met_precision', 'exact');
  await choose(officer, 'kind', 'found');
  await officer.fill('[name=place]', '9 Quay Row, Saltby');
  await choose(officer, 'distance', 'over_50');
  await choose(officer, 'company', 'with_others');
  await officer.fill('[name=companions-who]', 'A man, black cap');
  await choose(officer, 'companions-age', 'adult');
  await choose(officer, 'companions-relation', 'unrelated');
  await officer.click('summary:has-text("A second person was there")');
  await officer.fill('[name=companions-2-who]', 'A boy in a school shirt');
  await choose(officer, 'companions-2-age', 'child');
  for (const sign of ['drugs', 'phones', 'cash']) await officer.check(`input[name=signs][value=${sign}]`);
  await officer.fill('[name=seen-words]', '42 wraps, three phones, £610');
  await choose(officer, 'where_now', 'with_officers');
  await submit(officer, "Save, and tell children's services");
  // Each is described whole: what is missing of the second is said at their own box.
  must((await text(officer)).includes('Say what they are to the child'), 'a second companion is taken by half');
  await look(officer, 'encounter-new-second-companion');
  await choose(officer, 'companions-2-relation', 'friend');
  await submit(officer, "Save, and tell children's services");
  must((await text(officer)).includes('Choose the local authority where the child lives'), 'nobody is asked which authority is told');
  await officer.selectOption('select[name=authority]', { label: 'Harbourne Borough' });
  await submit(officer, "Save, and tell children's services");
  if ((await text(officer)).includes('Is this one of these children?')) {
    await officer.check('input[name=child][value=none]');
    await submit(officer, "Save, and tell children's services");
  }
  const saved = await text(officer);
  must(saved.includes('A man, black cap') && saved.includes('A boy in a school shirt'), 'one of two companions is not on record');
  for (const words of ['Found with an adult who is not related', 'More than 50 km from home', 'Worried about criminal exploitation', 'being checked'])
    must(saved.includes(words), `the encounter does not say: ${words}`);
  await look(officer, 'encounter');
  const id = new URL(officer.url()).pathname.split('/')[2];
  await officer.goto(`${world.base}/encounters/prompts`);
  await look(officer, 'encounter-prompts');
  await officer.goto(`${world.base}/cases/encounter/${id}/add`);
  await look(officer, 'encounter-add');
  await officer.fill('[name=child_said-words]', "they'll say I owe for it");
  await officer.fill('[name=child_said-setting]', 'In the police car');
  await officer.fill('[name=child_said-language]', 'English');
  await officer.check('input[name=signs][value=debt]');
  await submit(officer, 'Add what is new');
  must((await text(officer)).includes('May owe, or be told they owe'), 'a debt proposes no flag');

  await playConcerns(browser, world, scripts, look, officer, `${world.base}/encounters/${id}`);
  const desk = await someone(browser, world, scripts, 'marsh@', 'safeguarding-response');
  await desk.goto(`${world.base}/queue`);
  must(/Children whom the police met: [1-9]\d* open/.test(await text(desk)), 'the queue does not count the encounters that wait for the desk');
  must(/Children who are offered support: [1-9]\d* open/.test(await text(desk)), 'the queue does not count the offers that wait for the desk');
  await look(desk, 'queue-desk-counts');
  await desk.goto(`${world.base}/encounters`);
  await look(desk, 'encounters');
  await desk.goto(`${world.base}/encounters/${id}`);
  await desk.click('a:has-text("This is not our child")');
  await look(desk, 'encounter-not-ours');
  await desk.goto(`${world.base}/cases/encounter/${id}/answer`);
  await look(desk, 'encounter-answer');
  await desk.fill('[name=next_step]', 'A bed with a carer tonight; Ellis drives');
  await desk.fill('[name=next_step_by-day]', '28');
  await desk.fill('[name=next_step_by-month]', '10');
  await desk.fill('[name=next_step_by-year]', '2026');
  await desk.fill('[name=next_step_by-time]', '06:00');
  await submit(desk, "Say what children's services do next");
  must((await text(desk)).includes('A bed with a carer tonight'), 'what comes next is not shown');
  await desk.goto(`${world.base}/offers`);
  await look(desk, 'offers');
  await desk.click(`a:has-text("${child}")`);
  const offer = desk.url().split('?')[0];
  await desk.click('a:has-text("Pass it to whoever goes to the child")');
  await desk.fill('[name=staff_name]', 'reed@harbourne.example');
  await submit(desk, 'Pass it to whoever goes to the child');

  const worker = await someone(browser, world, scripts, 'reed@', 'safeguarding-response', 375);
  await worker.goto(offer);
  await look(worker, 'offer');
  await worker.click('a:has-text("Record that support was offered")');
  await look(worker, 'offer-made');
  await submit(worker, 'Record that support was offered');
  await look(worker, 'offer-made-errors');
  for (const [part, value] of [['day', '25'], ['month', '10'], ['year', '2026'], ['time', '00:15']]) await worker.fill(`[name=made-made_at-${part}]`, value);
  await choose(worker, 'made-by', 'justice');
  await worker.fill('[name=made-who]', "Sol, Harbourne young people's team");
  await choose(worker, 'made-way', 'in_person');
  await worker.fill('[name=made-what]', 'Somebody to talk to each week');
  await choose(worker, 'made-answer', 'yes');
  await submit(worker, 'Record that support was offered');
  must((await text(worker)).includes('Support for a child, accepted'), 'support that was accepted is not shown so');
  await look(worker, 'offer-accepted');

  await officer.goto(`${world.base}/cases/encounter/${id}/consider`);
  await look(officer, 'encounter-consider');
  await choose(officer, 'considered', 'referred');
  await officer.fill('[name=considered_because]', 'Driven from town to town by others');
  await submit(officer, 'Decide whether to refer the child');
  await officer.goto(`${world.base}/cases/encounter/${id}/close`);
  await officer.check('input[name=results][value=nrm_referred]');
  await officer.fill('[name=close_words]', 'Sol Reed');
  await submit(officer, 'Close the encounter');
  must((await text(officer)).includes('A referral brings the child nobody'), 'a referral alone closes an encounter');
  must((await text(officer)).includes('The child is said to owe. Add first what is done about that'), 'an encounter closes without a line on the debt');
  await look(officer, 'encounter-close-errors');
  // What the child said stands as it was said; with the debt, the support and the referral on record it closes.
  await officer.goto(`${world.base}/cases/encounter/${id}/add`);
  await officer.fill('[name=debt_plan]', 'Nobody asks the child for it; the family is rung tonight');
  await submit(officer, 'Add what is new');
  const whole = await text(officer);
  for (const words of ["they'll say I owe for it", 'Nobody asks the child for it', 'Driven from town to town by others', 'A bed with a carer tonight'])
    must(whole.includes(words), `the encounter does not say: ${words}`);
  await officer.goto(`${world.base}/cases/encounter/${id}/close`);
  for (const result of ['nrm_referred', 'support_accepted']) await officer.check(`input[name=results][value=${result}]`);
  await officer.fill('[name=close_words]', 'Sol Reed');
  await submit(officer, 'Close the encounter');
  must((await text(officer)).includes('That is recorded'), 'an encounter that came to something does not close, or its end is not said');
  await officer.goto(`${world.base}/encounters`);
  must(!(await text(officer)).includes(child), 'a closed encounter stays on the list');
}
