// Flags through the pages: proposed in custody, decided by the inspector, on the brief with what to do, disputed by the child.
import { signIn, submit, text } from './gestures.mjs';
import { playWording } from './wording.mjs';
import { must } from './world.mjs';

/** Radios or a list: whichever the number of codes calls for. */
async function choose(page, name, value) {
  if (await page.$(`select[name=${name}]`)) await page.selectOption(`select[name=${name}]`, value);
  else await page.check(`input[name=${name}][value=${value}]`);
}

async function propose(page, code, reason) {
  await choose(page, 'code', code);
  await page.fill('[name=plain_words]', reason);
  await choose(page, 'child_told', 'yes');
  await submit(page, 'Propose a flag');
}

export async function playFlags(browser, custody, world, scripts, look, id) {
  await custody.goto(`${world.base}/custody/${id}`);
  must((await text(custody)).includes('That does not mean that there is no risk'), 'no flag reads as no risk');
  await custody.click('a:has-text("All flags of this child")');
  await look(custody, 'child-flags-none');
  const flags = custody.url();
  await custody.click('a:has-text("Propose a flag")');
  await look(custody, 'flag-propose');
  await submit(custody, 'Propose a flag');
  must((await text(custody)).includes('Enter: Which flag?'), 'an empty flag is not refused');
  await look(custody, 'flag-propose-errors');
  // A colleague has the brief open, and reads of the flag without a touch.
  const watched = scripts ? await custody.context().newPage() : undefined;
  await watched?.goto(`${world.base}/custody/${id}`);
  await propose(custody, 'CCE_CON', 'Found with a man of 30, three phones and 42 wraps');
  must((await text(custody)).includes('being checked'), 'a flag that cannot wait is not shown while it is checked');
  if (watched) {
    // It says so, and does nothing by itself; what is new stands there once somebody asks for it.
    await watched.waitForFunction(() => document.querySelector('.app-live')?.textContent.includes('has changed since'), undefined, { timeout: 5000 });
    must(!(await text(watched)).includes('Worried about criminal exploitation'), 'a page was changed under its reader');
    await look(watched, 'brief-has-changed');
    await watched.click('button:has-text("Show what is new")');
    await watched.waitForFunction(() => document.querySelector('main').innerText.includes('Worried about criminal exploitation'));
    await watched.close();
  }
  await custody.goto(`${flags}/new`);
  await propose(custody, 'COMMS', 'Give one instruction at a time and wait for the answer');
  await look(custody, 'child-flags');

  // The owner decides: the inspector, and not whoever proposed it.
  const inspector = await signIn(await browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 1280, height: 900 } }), world, 'croft@', 'custody-safeguarding', false);
  await inspector.goto(`${world.base}/flags`);
  await look(inspector, 'flags');
  await inspector.click('tr:has-text("Mia"):has-text("criminal exploitation") a');
  await look(inspector, 'flag');
  await inspector.click('main a:has-text("Accept the flag")');
  await look(inspector, 'flag-accept');
  await submit(inspector, 'Accept the flag');
  must((await text(inspector)).includes('Worried about criminal exploitation, active'), 'the flag is not accepted');

  await custody.goto(`${world.base}/custody/${id}`);
  const brief = await text(custody);
  for (const words of ['Worried about criminal exploitation', 'Treat the offence as a possible sign of exploitation, because: Found with a man of 30', 'What helps: Give one instruction', 'Suspect and possible victim'])
    must(brief.includes(words), `the brief does not say: ${words}`);
  await look(custody, 'brief-flags');
  await custody.goto(flags);
  await custody.click('a:has-text("Record that it is disputed") >> nth=0');
  await look(custody, 'flag-dispute');
  await choose(custody, 'disputed_by', 'child');
  await custody.fill('[name=dispute_words]', 'I am not stupid');
  await submit(custody, 'Record that it is disputed');
  must((await text(custody)).includes('disputed by the child'), 'the dispute is not shown');
  await look(custody, 'child-flags-disputed');
  await custody.click('a:has-text("Write down what the child knows") >> nth=0');
  await look(custody, 'flag-note-child');
  const child = flags.replace('/flags', '');
  await custody.goto(child);
  must((await text(custody)).includes('Worried about criminal exploitation') && (await text(custody)).includes('Call now:'), 'the child\'s page does not say what stands and whom to ring');
  await look(custody, 'child');
  await custody.click('a:has-text("The whole timeline")');
  must((await text(custody)).includes('Book in') && (await text(custody)).includes('Detention authorised'), 'the timeline does not say what happened');
  await look(custody, 'timeline');
  await custody.click('summary:has-text("Choose an agency")');
  await custody.selectOption('select[name=kind]', 'happened');
  await submit(custody, 'Show');
  must(!(await text(custody)).includes('Book in'), 'the timeline is not filtered by kind');
  await custody.goto(`${child}?as_of=2026-10-24T23:30`);
  must((await text(custody)).includes('History: this is what was on record') && !(await text(custody)).includes('Found with a man of 30'), 'a page of then says what came later');
  await look(custody, 'child-history');
  await custody.goto(`${child}?as_of=yesterday`);
  must((await text(custody)).includes('Enter a day and a time'), 'a moment that is none is passed over');
  await look(custody, 'child-no-such-moment');
  await custody.goto(`${world.base}/flags/mine`);
  await look(custody, 'flags-mine');
  await custody.goto(`${world.base}/flags/catalogue`);
  await look(custody, 'flag-catalogue');
  await playWording(custody, world, scripts, look, flags, propose);
}
