// How a child leaves custody, through the pages: nobody goes before every topic of the plan has words, what custody learned
// goes back to children's services, and they say what they do next.
import { submit, text, watch } from './gestures.mjs';
import { must } from './world.mjs';

const debts = 'release_plan-R04-words';

/** Radios or a list: whichever the number of codes calls for. */
async function choose(page, name, value) {
  if (await page.$(`select[name=${name}]`)) await page.selectOption(`select[name=${name}]`, value);
  else await page.check(`input[name=${name}][value=${value}]`);
}

async function plan(custody, world, look, id) {
  await custody.goto(`${world.base}/custody/${id}/release`);
  await look(custody, 'release');
  for (const box of await custody.$$('main textarea'))
    if ((await box.getAttribute('name')) !== debts) await box.fill('None');
  await submit(custody, 'Save the plan');
  must((await text(custody)).includes('1 of 15 topics has nothing yet: Debt, threats and retaliation'), 'the plan does not say what is missing');
  await custody.goto(`${world.base}/cases/custody/${id}/record_departure`);
  await submit(custody, 'Record that the child has left custody');
  must((await text(custody)).includes('The release plan says nothing yet of: Debt, threats and retaliation'), 'a child leaves before the plan is whole');
  await look(custody, 'record-departure-refused');
  await custody.goto(`${world.base}/custody/${id}/release`);
  await custody.fill(`[name=${debts}]`, 'She says she owes for what was seized. Her foster carer keeps her at home');
  await submit(custody, 'Save the plan');
  must((await text(custody)).includes('The plan says something of every topic'), 'the plan is not whole');
  await look(custody, 'release-whole');
}

/** S3: the child is asked by a card whether they had to tell it again. It holds nothing of the case. */
async function giveCard(custody, world, look, id) {
  await custody.goto(`${world.base}/custody/${id}/card`);
  await look(custody, 'card-of-the-case');
  await custody.click('a:has-text("Open the card")');
  const card = await custody.textContent('main');
  must(card.includes('Did you have to tell the same thing again and again?'), 'the card does not ask');
  must(!card.includes('Mia') && !card.includes('NM-2026'), 'the card says whose it is');
  must(!custody.url().includes(id), 'the address of the card says whose it is');
  await look(custody, 'card');
  await custody.goto(`${world.base}/custody/${id}/card`);
  await submit(custody, 'Record that the child was given the card');
  must((await text(custody)).includes('The child was given the card on'), 'it is not recorded that the card was given');
  await custody.goto(`${world.base}/custody/${id}/release`);
}

async function passBack(custody, world, look, id) {
  await custody.click('a:has-text("Record that the child has left custody")');
  await submit(custody, 'Record that the child has left custody');
  await custody.goto(`${world.base}/custody/${id}`);
  must((await text(custody)).includes('Children\'s services read what custody passes back'), 'no clock runs for what is passed back');
  await look(custody, 'brief-left');
  await custody.click('a:has-text("Pass back to children")');
  await look(custody, 'pass-back');
  await submit(custody, 'they must act within the hour');
  must((await text(custody)).includes('Choose what came of the detention'), 'an empty pass-back is taken');
  await look(custody, 'pass-back-errors');
  await choose(custody, 'pass_backs-outcome', 'bail_before_charge');
  await choose(custody, 'pass_backs-considered', 'to_be_decided');
  await custody.fill('[name=pass_backs-risks]', 'She says she owes for what was seized');
  await submit(custody, 'they must act within the hour');
  must((await text(custody)).includes('Passed back by'), 'what was passed back is not shown');
  await look(custody, 'passed-back');
}

async function readIt(desk, look) {
  must((await text(desk)).includes('She says she owes for what was seized'), 'the desk is not shown what was passed back');
  await look(desk, 'link-passed-back');
  await submit(desk, 'Send what you do next');
  must((await text(desk)).includes('There is a problem'), 'no next step is taken for one');
  await look(desk, 'link-passed-back-errors');
  await desk.fill('[name=next_step]', 'Her social worker visits this morning');
  for (const [part, value] of [['day', '25'], ['month', '10'], ['year', '2026'], ['time', '09:00']])
    await desk.fill(`[name=next_step_by-${part}]`, value);
  await submit(desk, 'Send what you do next');
  must((await text(desk)).includes('Her social worker visits this morning'), 'the next step is not shown');
  await look(desk, 'link-next-step');
}

/** What must be acted on within the hour is acknowledged by somebody of the desk who has an account. */
async function acknowledge(duty, world, look) {
  await duty.goto(`${world.base}/notices`);
  must((await text(duty)).includes('Acknowledge it by'), 'nobody is asked to acknowledge what is passed back within the hour');
  await look(duty, 'notices-to-acknowledge');
  await submit(duty, 'Acknowledge');
  must((await text(duty)).includes('Acknowledged by Wren Ashby'), 'it is not said who acknowledged it');
  await look(duty, 'notices-acknowledged');
}

/** `openNewest`: opens the newest link in the mail in a page of the desk's, code and all. */
export async function playTheRelease(custody, duty, world, look, id, openNewest) {
  await plan(custody, world, look, id);
  await giveCard(custody, world, look, id);
  await passBack(custody, world, look, id);
  const desk = await openNewest();
  watch(desk);
  await readIt(desk, look);
  await custody.goto(`${world.base}/custody/${id}/pass-back`);
  must((await text(custody)).includes('Her social worker visits this morning'), 'custody is not told the next step');
  await look(custody, 'pass-back-read');
  await acknowledge(duty, world, look);
}
