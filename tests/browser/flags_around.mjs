// The man and the flat: an encounter proposes a flag of each, a disruption lead decides, and whoever meets a child reads what to ask.
import { signIn, submit, text } from './gestures.mjs';
import { must } from './world.mjs';

export async function playConcerns(browser, world, scripts, look, officer, encounter) {
  await officer.goto(encounter);
  const summary = await text(officer);
  for (const words of ['Person of concern to children: A man, black cap', 'Ask why this child is with them', 'Used for exploitation: 9 Quay Row, Saltby', 'Look for children'])
    must(summary.includes(words), `the encounter does not say: ${words}`);
  await look(officer, 'encounter-with-people-around');
  await officer.goto(`${world.base}/concerns`);
  const list = await text(officer);
  must(list.includes('A man, black cap') && list.includes('being checked'), 'the list of the force does not show the man');
  must(!list.includes('Sample'), 'the list names a child');
  await look(officer, 'concerns-narrow');

  const context = await browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 1280, height: 900 } });
  const lead = await signIn(context, world, 'nye@', 'disruption', false);
  await lead.click('a:has-text("People and places of concern to children")');
  await look(lead, 'concerns');
  await lead.click('a:has-text("A man, black cap")');
  must(!(await text(lead)).includes('Sample'), 'the flag names a child');
  await look(lead, 'concern');
  await lead.click('a:has-text("Accept the flag")');
  await submit(lead, 'Accept the flag');
  must((await text(lead)).includes('There is a problem'), 'a flag is accepted without a grade');
  await look(lead, 'concern-accept-errors');
  await lead.check('input[name=grade][value=seen]');
  await lead.fill('[name=decision_reason]', 'Officers saw him hand over the wraps');
  await submit(lead, 'Accept the flag');
  must((await text(lead)).includes('Person of concern to children, active'), `it is not accepted: ${await text(lead)}`);
  await look(lead, 'concern-accepted');
  const opened = await lead.goto(encounter);
  must(opened.status() === 404 || opened.status() === 403, 'the flag opens the record of the child');
  await officer.goto(encounter);
  must(!(await text(officer)).includes('black cap being checked'), 'what stands is still being checked');
}
