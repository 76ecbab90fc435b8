// What a partner saw and heard, through the pages: a social worker writes it down, the police say that they have it, assess it, and
// tell the observer that it helped.
import { codesUsed, inspect, signIn, submit, text } from './gestures.mjs';
import { startWorld, must } from './world.mjs';

async function choose(page, name, value) {
  if (await page.$(`select[name=${name}]`)) await page.selectOption(`select[name=${name}]`, value);
  else await page.check(`input[name=${name}][value=${value}]`);
}

export async function playObservations(browser, binary, scripts) {
  codesUsed.clear();
  const world = await startWorld(binary, 60);
  try {
    const open = (width) => browser.newContext({ javaScriptEnabled: scripts, viewport: { width, height: 900 } });
    const look = async (page, name) => { if (scripts) await inspect(page, name); };
    const observer = await signIn(await open(375), world, 'fenn@', 'safeguarding-response', false);
    await observer.click('a:has-text("Your observations")');
    await look(observer, 'observations-empty');
    await observer.click('a:has-text("Write down what you saw or heard")');
    const form = await text(observer);
    for (const words of ['ring 999', 'Do not question the child', 'may be disclosed in a case, also what does not help it']) must(form.includes(words), `the form does not say: ${words}`);
    await look(observer, 'observation-new');
    await submit(observer, 'Save, and tell the police');
    must((await text(observer)).includes('There is a problem'), 'an empty observation is not refused');
    await look(observer, 'observation-new-errors');
    if (await observer.$('input[name=child][value=none]')) await observer.check('input[name=child][value=none]');
    await observer.fill('[name=name_given]', 'Sam Sample');
    for (const [part, value] of [['day', '20'], ['month', '10'], ['year', '2026'], ['time', '15:00']]) await observer.fill(`[name=observed_at-${part}]`, value);
    await choose(observer, 'precision', 'about');
    await choose(observer, 'kind', 'people');
    await observer.fill('[name=place]', 'The gate in Hill Road');
    await observer.fill('[name=seen]', 'A man waited in a grey van and gave Sam a new telephone');
    await observer.fill('[name=quoted]', "he says I'm his");
    await choose(observer, 'how_known', 'heard');
    await observer.fill('[name=vehicle]', 'AB12 TST');
    await choose(observer, 'witness', 'ask');
    await observer.selectOption('select[name=force]', { label: 'Eastvale Constabulary' });
    await submit(observer, 'Save, and tell the police');
    must((await text(observer)).includes('An observation, submitted'), `it is not saved: ${await text(observer)}`);
    const address = observer.url().split('?')[0];
    const id = new URL(address).pathname.split('/')[2];
    await look(observer, 'observation');

    const police = await signIn(await open(1280), world, 'rook@', 'missing-response', false);
    await police.goto(`${world.base}/observations`);
    await look(police, 'observations-of-the-force');
    await police.goto(address);
    const whole = await text(police);
    for (const words of ['AB12 TST', "he says I'm his", 'social worker']) must(whole.includes(words), `the police do not see: ${words}`);
    await police.goto(`${world.base}/cases/observation/${id}/acknowledge`);
    await submit(police, 'Say that you have it');
    await police.goto(`${world.base}/cases/observation/${id}/assess`);
    await choose(police, 'assessed_as', 'evidence');
    await police.fill('[name=assessed_because]', 'The plate stands in another case');
    await look(police, 'observation-assess');
    await submit(police, 'Assess it');
    await police.goto(`${world.base}/cases/observation/${id}/feed_back`);
    await choose(police, 'helped', 'yes');
    await police.fill('[name=feedback]', 'Thank you: the plate helped');
    await submit(police, 'Tell the observer whether it helped');
    must((await text(police)).includes('An observation, used'), 'what helped is not used');
    await look(police, 'observation-used');

    await observer.goto(`${world.base}/observations`);
    must((await text(observer)).includes('Yes, it helped'), 'the observer is not told that it helped');
    await look(observer, 'observations');
    await observer.goto(address);
    const told = await text(observer);
    must(told.includes('Thank you: the plate helped'), 'the observer does not read what the police say');
    must(!told.includes('The plate stands in another case'), 'the observer reads how it was assessed');
    await observer.goto(`${world.base}/cases/observation/${id}/add`);
    await choose(observer, 'additions-is_what', 'correction');
    await observer.fill('[name=additions-words]', 'The van was white');
    await submit(observer, 'Add to it, or put something right');
    must((await text(observer)).includes('The van was white') && (await text(observer)).includes('grey van'), 'a correction takes away what stood');
    await look(observer, 'observation-added');
  } finally {
    await world.stop();
  }
}
