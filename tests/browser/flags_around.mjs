// The man and the flat: an encounter proposes a flag of each, a disruption lead decides, and whoever meets a child reads what to ask.
// The man says that it is wrong, and information governance answers; a hotspot is proposed by hand.
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
  await playADispute(browser, world, scripts, look, officer, encounter);
  await playAHotspot(world, look, lead);
}

async function playADispute(browser, world, scripts, look, officer, encounter) {
  await officer.goto(`${world.base}/concerns`);
  await officer.click('a:has-text("A man, black cap")');
  await officer.click('a:has-text("Record that it is disputed")');
  await submit(officer, 'Record that it is disputed');
  must((await text(officer)).includes('There is a problem'), 'a dispute is taken that says nothing');
  await look(officer, 'concern-dispute-errors');
  await officer.check('input[name=disputed_by][value=adult]');
  await officer.fill('[name=dispute_words]', 'I gave the boy a lift, that is all');
  await submit(officer, 'Record that it is disputed');
  must((await text(officer)).includes('Person of concern to children, disputed'), `it is not disputed: ${await text(officer)}`);
  await look(officer, 'concern-disputed');
  await officer.goto(encounter);
  must((await text(officer)).includes('disputed by the adult whom it is about'), 'the summary of the child does not say that it is disputed');

  const context = await browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 1280, height: 900 } });
  const governance = await signIn(context, world, 'penn@', 'information-governance', false);
  await governance.click('a:has-text("Disputed flags of adults and places")');
  await look(governance, 'concerns-disputed');
  await governance.click('a:has-text("A man, black cap")');
  const disputed = await text(governance);
  must(disputed.includes('I gave the boy a lift') && !disputed.includes('Officers saw him'), 'governance does not see the dispute, or sees more than that');
  await look(governance, 'concern-for-governance');
  await governance.click('a:has-text("Keep the flag")');
  await governance.fill('[name=dispute_answer]', 'Two officers saw it, and he did not know the name of the boy');
  await submit(governance, 'Keep the flag');
  must((await text(governance)).includes('“Keep the flag” is done'), `nobody says that it is answered: ${await text(governance)}`);
  await look(governance, 'concern-answered');
  await governance.goto(`${world.base}/concerns`);
  must((await text(governance)).includes('No flag of an adult or a place is disputed'), 'what is answered is still with governance');
  await officer.goto(encounter);
  must(!(await text(officer)).includes('disputed by the adult'), 'what is answered is still disputed');
}

async function playAHotspot(world, look, lead) {
  await lead.goto(`${world.base}/concerns`);
  await lead.click('a:has-text("Propose a flag of an adult or a place")');
  await look(lead, 'concern-new');
  await submit(lead, 'Propose a flag of an adult or a place');
  must((await text(lead)).includes('There is a problem'), 'a flag of nothing is proposed');
  await look(lead, 'concern-new-errors');
  await lead.check('input[name=code][value=HOT]');
  await lead.fill('[name=subject]', 'Saltby bus station');
  await lead.fill('[name=plain_words]', 'Three children were met there by night in October');
  await submit(lead, 'Propose a flag of an adult or a place');
  must((await text(lead)).includes('Hotspot, proposed'), `it is not proposed: ${await text(lead)}`);
  await lead.click('a:has-text("Accept the flag")');
  await lead.check('input[name=grade][value=confirmed]');
  await lead.fill('[name=decision_reason]', 'Two reports say so');
  await submit(lead, 'Accept the flag');
  must((await text(lead)).includes('Somebody else decides: you proposed it yourself'), 'whoever proposes it decides on it');
  await look(lead, 'concern-own');
}
