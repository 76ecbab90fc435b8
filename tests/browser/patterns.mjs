// What repeats, through the pages: a coordinator reports the companion of a missing child from that child's episode, so that both are
// linked; says which places it is about; reads the pairs as a table and a picture; and reads that a place is named from the third
// different child on, and not before.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { codesUsed, faults, inspect, screens, signIn, submit, text } from './gestures.mjs';
import { startWorld, must } from './world.mjs';

async function choose(page, name, value) {
  if (await page.$(`select[name="${name}"]`)) await page.selectOption(`select[name="${name}"]`, value);
  else await page.check(`input[name="${name}"][value="${value}"]`);
}

async function fillTime(page, name, [year, month, day], time) {
  for (const [part, value] of [['day', day], ['month', month], ['year', year], ['time', time]])
    if (await page.$(`[name="${name}-${part}"]`)) await page.fill(`[name="${name}-${part}"]`, value);
}

/** On paper: who printed it stands there, and no address of a record. */
async function print(page, name) {
  const file = `${screens}/${name}.pdf`;
  writeFileSync(file, await page.pdf({ format: 'A4', printBackground: false }));
  const words = execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' });
  if (!words.includes('Printed')) faults.push(`${name}: it is not said on paper who printed it`);
  if (words.includes('/children/') || words.includes('/missing/')) faults.push(`${name}: the address of a record is on paper`);
  execFileSync('pdftoppm', ['-r', '60', '-png', file, `${screens}/${name}-print`]);
}

/** Sends the report of a child, as a new record; gives the address of the episode. */
async function report(page, address, name) {
  await page.goto(address);
  await page.fill('[name=name_given]', name);
  await fillTime(page, 'last_seen_at', ['2026', '10', '27'], '23:30');
  await page.fill('[name=worried]', 'Nobody knows where they are');
  if (await page.$('[name="linked-sure"]')) await choose(page, 'linked-sure', 'seen');
  await submit(page, 'Send the report now');
  if ((await text(page)).includes('Is it one of these children?')) {
    await page.check('input[name=child][value=none]');
    await submit(page, 'Send the report now');
  }
  must(page.url().includes('/missing/') && !page.url().includes('report'), `the report is not sent: ${await text(page)}`);
  return page.url().split('?')[0];
}

const idOf = (address) => new URL(address).pathname.split('/')[2];

async function place(page, world, episode, [role, kind, name, point]) {
  await page.goto(`${world.base}/cases/missing/${idOf(episode)}/place`);
  await choose(page, 'places-role', role);
  await choose(page, 'places-kind', kind);
  await page.fill('[name=places-name]', name);
  if (point) await page.fill('[name=places-point]', point);
  await submit(page, 'Save this place');
  must((await text(page)).includes(name), `the place is not on the page of the episode: ${await text(page)}`);
}

export async function playPatterns(browser, binary, scripts) {
  codesUsed.clear();
  const world = await startWorld(binary, 60, undefined, '2026-10-28T02:00:00Z');
  try {
    const look = async (page, name) => { if (scripts) await inspect(page, name); };
    const paper = async (page, name) => { if (scripts) await print(page, name); };
    const someone = async (who, purpose, width = 1280) => signIn(await browser.newContext({ javaScriptEnabled: scripts, viewport: { width, height: 900 } }), world, who, purpose, false);
    const coordinator = await someone('hart@', 'missing-response');

    // Lee is missing already. Sky, who is with him, is reported from his episode.
    await coordinator.goto(`${world.base}/missing`);
    await coordinator.click('main a:has-text("Lee Sample")');
    const lee = coordinator.url().split('?')[0];
    await coordinator.goto(`${world.base}/cases/missing/${idOf(lee)}/link`);
    await look(coordinator, 'patterns-link-nobody-else');
    await coordinator.click('a:has-text("report them missing")');
    must((await text(coordinator)).includes('from whose episode you come'), 'it is not said that the two will be linked');
    await look(coordinator, 'patterns-report-a-companion');
    const sky = await report(coordinator, coordinator.url(), 'Sky Sample');
    must((await text(coordinator)).includes('Missing with them') && (await text(coordinator)).includes('Lee Sample'), 'the episode of the companion does not show the link');
    await look(coordinator, 'patterns-episode-linked');
    await coordinator.goto(lee);
    must((await text(coordinator)).includes('Sky Sample'), 'the first episode does not show the link');

    // A third child is reported by itself, and linked from a list.
    const ash = await report(coordinator, `${world.base}/missing/report`, 'Ola Sample');
    await coordinator.goto(`${world.base}/cases/missing/${idOf(ash)}/link`);
    await look(coordinator, 'patterns-link');
    await submit(coordinator, 'Link the two episodes');
    must((await text(coordinator)).includes('There is a problem'), 'nobody is linked with nobody');
    await look(coordinator, 'patterns-link-errors');
    await coordinator.check(`input[name="linked-episode"][value="${idOf(sky)}"]`);
    await choose(coordinator, 'linked-sure', 'likely');
    await submit(coordinator, 'Link the two episodes');
    must((await text(coordinator)).includes('Sky Sample'), 'the two are not linked');

    // Places: two children, and nothing is named; the third, and it is.
    await coordinator.goto(`${world.base}/cases/missing/${idOf(lee)}/place`);
    await look(coordinator, 'patterns-place');
    await submit(coordinator, 'Save this place');
    must((await text(coordinator)).includes('There is a problem'), 'a place without a name is taken');
    await look(coordinator, 'patterns-place-errors');
    await place(coordinator, world, lee, ['from', 'foster', 'Harbourne', '53.80110, -1.54910']);
    await place(coordinator, world, lee, ['found', 'station', 'Tarn Junction station', '53.48080, -2.24260']);
    must((await text(coordinator)).includes('about 58 km'), 'the distance is not said');
    await place(coordinator, world, sky, ['to', 'station', 'TARN JUNCTION STATION']);
    await coordinator.goto(`${world.base}/patterns/places`);
    must(!(await text(coordinator)).includes('Tarn Junction'), 'a place is named of two children');
    await look(coordinator, 'patterns-places-none');
    await place(coordinator, world, ash, ['found', 'station', 'Tarn Junction station']);
    await coordinator.goto(`${world.base}/missing`);
    await coordinator.click('a:has-text("Places that repeat")');
    const named = await text(coordinator);
    must(named.includes('Tarn Junction station') && named.includes('3 or 4'), `the place is not named: ${named}`);
    must(!named.includes('Sky') && !named.includes('Ola') && !named.includes('Harbourne'), 'a child, or a home, stands beside a place');
    await look(coordinator, 'patterns-places');
    await paper(coordinator, 'patterns-places');

    // Pairs: the table, the picture, and of one child.
    await coordinator.goto(`${world.base}/missing`);
    await coordinator.click('a:has-text("Who goes missing with whom")');
    const pairs = await text(coordinator);
    must(pairs.includes('Lee Sample') && pairs.includes('Sky Sample') && pairs.includes('Ola Sample'), `the pairs are not there: ${pairs}`);
    must((await coordinator.$$('svg.app-network a')).length === 3, 'the picture has not a circle for each child');
    await look(coordinator, 'patterns-pairs');
    await paper(coordinator, 'patterns-pairs');
    await coordinator.click('table a:has-text("Lee Sample")');
    must((await text(coordinator)).includes('1 episode in twelve months'), 'the page of episodes does not count them');
    await look(coordinator, 'patterns-episodes');
    await paper(coordinator, 'patterns-episodes');
    await coordinator.click('a:has-text("With whom the child goes missing")');
    await look(coordinator, 'patterns-network');

    // A force that looks for none of them sees none; whoever does not coordinate sees no places.
    const other = await someone('holt@', 'missing-response', 375);
    await other.goto(`${world.base}/patterns/pairs`);
    must((await text(other)).includes('No pair that is open to you'), 'another force sees pairs');
    await look(other, 'patterns-pairs-none');
    const call = await someone('lind@', 'missing-response', 375);
    const refused = await call.goto(`${world.base}/patterns/places`);
    must(refused.status() === 404, `a call handler reads the places: ${refused.status()}`);
    await call.goto(`${world.base}/patterns/pairs`);
    await look(call, 'patterns-pairs-narrow');
  } finally {
    await world.stop();
  }
}
