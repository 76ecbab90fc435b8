// Asking whether a child is known, and what other systems sent, played through the pages.
import { readFileSync } from 'node:fs';
import { codesUsed, inspect, signIn, submit, text } from './gestures.mjs';
import { startWorld, must } from './world.mjs';

export async function playSearch(browser, binary, scripts) {
  codesUsed.clear();
  const world = await startWorld(binary, 200);
  try {
    const open = () => browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 1280, height: 900 } });
    const look = async (page, name) => { if (scripts) await inspect(page, name); };

    const hale = await signIn(await open(), world, 'hale@', 'custody-safeguarding', false);
    await hale.click('a:has-text("Ask whether a child is known")');
    await look(hale, 'search');
    await hale.fill('#name', 'sample mia');
    await submit(hale, 'Search');
    must((await text(hale)).includes('Say in a few words why you look for this child'), 'a search without a reason is taken');
    must((await hale.inputValue('#name')) === 'sample mia', 'what was typed is lost');
    await look(hale, 'search-errors');
    await hale.fill('#reason', 'Found asleep at the bus station, gives this name');
    await submit(hale, 'Search');
    const found = await text(hale);
    must(found.includes('Mia Sample') && found.includes('same name'), `the child is not found: ${found}`);
    must(found.includes('What speaks for it') && found.includes('would settle it'), 'the result does not say why');
    must(!hale.url().includes('sample'), 'a name stands in an address');
    await look(hale, 'search-found');
    await submit(hale, 'Book in with this child');
    must((await hale.inputValue('#name_given')) === 'sample mia', 'the booking does not begin with what was typed');
    must(await hale.isChecked('input[name=child]'), 'the child that was found is not chosen');
    await look(hale, 'search-book-in');
    await hale.goto(`${world.base}/search`);
    await hale.fill('#name', 'Nobody Whomsoever');
    await hale.fill('#reason', 'Gives no other name than this one');
    await submit(hale, 'Search');
    must((await text(hale)).includes('If a child may be in danger, ring now'), 'nobody is named to ring');
    await look(hale, 'search-nobody');

    const voss = await signIn(await open(), world, 'voss@', 'information-governance', false);
    must((await text(voss)).includes('Found asleep at the bus station'), 'the reason does not stand in the log');

    const birch = await signIn(await open(), world, 'birch@', 'administration', false);
    await birch.click('a:has-text("What other systems sent")');
    await look(birch, 'imports-none');
    const sent = await fetch(`${world.base}/api/v1/feeds/northmere-records?mapping=northmere-people`, {
      method: 'POST', body: readFileSync('data/identity/examples/northmere-people.csv'),
      headers: { authorization: `Bearer ${world.feedToken}`, purpose: 'administration', 'content-type': 'text/csv' },
    });
    must(sent.status === 200, `the feed is not taken: ${await sent.text()}`);
    await birch.goto(`${world.base}/admin/imports`);
    must((await text(birch)).includes('8 rows to mend'), `the import is not listed: ${await text(birch)}`);
    await look(birch, 'imports');
    await birch.click('a:has-text("1 of northmere-records")');
    must((await text(birch)).includes('has no reference'), 'the import does not say why rows were set aside');
    await look(birch, 'import');
    await submit(birch, 'Delete the rows set aside');
    must((await text(birch)).includes('No row is kept that was set aside'), 'the rows are still there');
    await look(birch, 'import-mended');
    await sendEpisodes(birch, world, look);
    await sendLocalCodes(birch, voss, world, look);
    await registerASystem(birch, world, look);
    await enterANumber(birch, world, look);
  } finally {
    await world.stop();
  }
}

/** The force's own system sends its missing episodes: the administrator sees which rows could not be taken, and no child. */
async function sendEpisodes(birch, world, look) {
  const sent = await fetch(`${world.base}/api/v1/feeds/northmere-missing?mapping=northmere-episodes`, {
    method: 'POST', body: readFileSync('data/missing/examples/northmere-episodes.csv'),
    headers: { authorization: `Bearer ${world.feedToken}`, purpose: 'administration', 'content-type': 'text/csv' },
  });
  const report = await sent.json();
  must(sent.status === 200 && report.new === 9, `the episodes are not taken: ${JSON.stringify(report)}`);
  await birch.goto(`${world.base}/admin/imports`);
  await look(birch, 'imports-of-episodes');
  await birch.click('a:has-text("2 of northmere-missing")');
  const page = await text(birch);
  must(page.includes('no absence counts twice'), 'the import of episodes does not say why rows were set aside');
  must(!page.includes('Meadow'), 'a child stands on the page of an import');
  await look(birch, 'import-of-episodes');
}

/** A feed carries codes of the force's own: the administrator and information governance see which are not mapped, and no child. */
async function sendLocalCodes(birch, voss, world, look) {
  await birch.goto(`${world.base}/flags/local-codes`);
  await look(birch, 'local-codes-none');
  const sent = await fetch(`${world.base}/api/v1/feeds/northmere-marks?mapping=northmere-marks`, {
    method: 'POST', body: readFileSync('data/identity/examples/northmere-marks.csv'),
    headers: { authorization: `Bearer ${world.feedToken}`, purpose: 'administration', 'content-type': 'text/csv' },
  });
  const report = await sent.json();
  must(sent.status === 200 && report.local_flags.carried === 9 && report.local_flags.not_mapped === 2, `the marks are not taken: ${JSON.stringify(report)}`);
  await birch.goto(`${world.base}/queue`);
  await birch.click('a:has-text("Local codes of flags")');
  const shown = await text(birch);
  must(shown.includes('1 of 4 codes is not mapped'), `it is not said what is not mapped: ${shown}`);
  must(shown.includes('fewer than 5') && !shown.includes('Sample'), 'a small count is told, or a child is named');
  await look(birch, 'local-codes');
  await voss.goto(`${world.base}/flags/local-codes`);
  must((await text(voss)).includes('Q4 of Harrier'), 'governance does not see the code that is not mapped');
}

/** An administrator has a system of the force told, and is shown its secret once. */
async function registerASystem(birch, world, look) {
  await birch.goto(`${world.base}/queue`);
  await birch.click('a:has-text("Systems that are told")');
  await look(birch, 'webhooks-none');
  await birch.click('a:has-text("Register an address")');
  await look(birch, 'webhooks-new');
  await submit(birch, 'Register');
  must((await text(birch)).includes('Enter an address that begins with https://'), 'an address of nothing is registered');
  await look(birch, 'webhooks-new-errors');
  await birch.fill('[name=url]', 'https://systems.northmere-police.example/reachable');
  await birch.check('[name=events][value="flag.set_here"]');
  await submit(birch, 'Register');
  must((await text(birch)).includes('whsec_'), 'the secret is not shown');
  await look(birch, 'webhooks-secret');
  await birch.click('a:has-text("I have copied it")');
  const shown = await text(birch);
  must(shown.includes('flag.set_here') && !shown.includes('whsec_'), 'the address is not as it was registered, or its secret is shown again');
  await look(birch, 'webhooks-one');
  await birch.goto(`${world.base}/admin/webhooks`);
  await look(birch, 'webhooks');
}

/** The same administrator enters the number of the telephone that whoever is on duty in a suite carries. */
async function enterANumber(birch, world, look) {
  await birch.goto(`${world.base}/queue`);
  await birch.click('a:has-text("Who is told by text message")');
  must((await text(birch)).includes('Text messages are not set up, so nobody is told by text.'), 'nobody says that no text is sent');
  await look(birch, 'texts-none');
  await birch.click('a:has-text("Numbers of teams")');
  await birch.click('a:has-text("of Northmere Castle Street")');
  await look(birch, 'texts-number');
  await birch.fill('[name=text_number]', '07700 900100');
  await submit(birch, 'Save');
  must((await text(birch)).includes('Enter the number with + and the code of its country'), 'a number of no country is taken');
  must((await birch.inputValue('[name=text_number]')) === '07700 900100', 'what was typed is lost');
  await look(birch, 'texts-number-errors');
  await birch.fill('[name=text_number]', '+44 7700 900100');
  await submit(birch, 'Save');
  must((await text(birch)).includes('+447700900100'), 'the number is not kept');
  await look(birch, 'texts-numbers');
}
