// Two records of one child: found by the service, decided by one person and parted by two, played through the pages.
import { codesUsed, inspect, signIn, submit, text } from './gestures.mjs';
import { startWorld, must } from './world.mjs';

/** Mia, with the day and month of her birth the wrong way round: nobody at the desk takes her for the one on record. */
async function bookInAgain(page, world) {
  await page.goto(world.base + '/custody/new');
  await page.fill('#name_given', 'Mia Sample');
  for (const [part, value] of [['day', '3'], ['month', '4'], ['year', '2011']]) await page.fill(`[name=born_given-${part}]`, value);
  await page.fill('#custody_number', 'NM-2026-7');
  await page.fill('[name=authorised_at-time]', '00:10');
  await submit(page, 'Book in');
  must((await text(page)).includes('Is this one of these children?'), `the known child is not offered: ${await text(page)}`);
  await page.check('label:has-text("None of these")');
  await submit(page, 'Book in');
}

/** The job asks once a second. */
async function waitForQuestion(page, world) {
  for (let i = 0; i < 60; i += 1) {
    await page.goto(world.base + '/same-person');
    const link = await page.$('a:has-text("Compare")');
    if (link) return link.getAttribute('href');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('the service finds no pair');
}

export async function playMatching(browser, binary, scripts) {
  codesUsed.clear();
  const world = await startWorld(binary, 60);
  try {
    const open = () => browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 1280, height: 900 } });
    const look = async (page, name) => { if (scripts) await inspect(page, name); };
    const hale = await signIn(await open(), world, 'hale@', 'custody-safeguarding', false);
    await hale.goto(world.base + '/same-person');
    await look(hale, 'same-person-empty');
    await bookInAgain(hale, world);
    const pair = await waitForQuestion(hale, world);
    await look(hale, 'same-person-queue');

    // The authority that holds the other record decides; nothing typed is lost when it is refused.
    const ashby = await signIn(await open(), world, 'ashby@', 'safeguarding-response', false);
    await ashby.goto(world.base + pair);
    const words = await text(ashby);
    for (const one of ['day and month of birth exchanged', 'Differs', '4 March 2011', '3 April 2011']) must(words.includes(one), `the comparison does not say: ${one}`);
    await look(ashby, 'same-person-compare');
    await ashby.fill('#reason', 'Rang her mother, who gave both dates');
    await submit(ashby, 'Save the decision');
    must((await text(ashby)).includes('Choose what you decide'), 'a decision without a choice is not refused');
    must(await ashby.inputValue('#reason') === 'Rang her mother, who gave both dates', 'what was typed is lost');
    await look(ashby, 'same-person-errors');
    await ashby.check('input[name=decision][value=same]');
    await submit(ashby, 'Save the decision');
    must((await text(ashby)).includes('one child'), `the decision is not saved: ${await text(ashby)}`);
    await look(ashby, 'same-person-decided');

    // It was wrong: one proposes, another confirms.
    await hale.goto(world.base + pair);
    await hale.click('main a:has-text("Propose to undo this")');
    await look(hale, 'same-person-undo');
    await hale.fill('#undo_reason', 'The photographs show two girls');
    await submit(hale, 'Propose to undo this');
    must((await text(hale)).includes('undoing proposed'), `the undoing is not proposed: ${await text(hale)}`);
    must((await text(hale)).includes('Somebody else confirms it'), 'nobody says who goes on');
    must(await hale.locator('main a:has-text("Confirm that it was wrong")').count() === 0, 'one person is offered both halves');
    await hale.goto(`${world.base}/cases${pair}/confirm_undo`);
    await submit(hale, 'Confirm that it was wrong');
    must((await text(hale)).includes('Somebody else decides this'), 'one person undoes alone');
    await ashby.goto(world.base + pair);
    await ashby.click('main a:has-text("Confirm that it was wrong")');
    await submit(ashby, 'Confirm that it was wrong');
    must((await text(ashby)).includes('parted'), `it is not undone: ${await text(ashby)}`);
    await look(ashby, 'same-person-parted');

    await hale.goto(`${world.base}/same-person/new`);
    await look(hale, 'same-person-new');
    await submit(hale, 'Ask whether they are one child');
    must((await text(hale)).includes('There is a problem'), 'an empty question is not refused');
    await look(hale, 'same-person-new-errors');
    const mills = await signIn(await open(), world, 'mills@', 'custody-safeguarding', false);
    must((await mills.goto(world.base + pair)).status() === 404, 'another force sees the question');
  } finally {
    await world.stop();
  }
}
