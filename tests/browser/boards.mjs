// Counts and boards of missing children, through the pages: the board of all forces, a quarter's measures, the handover of the board
// of one force, a placement out of the area with both who are told of it, and a missing child on paper.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { codesUsed, faults, inspect, screens, signIn, submit, text } from './gestures.mjs';
import { search } from './protection.mjs';
import { startWorld, must } from './world.mjs';

async function fillTime(page, name, [year, month, day], time) {
  for (const [part, value] of [['day', day], ['month', month], ['year', year], ['time', time]])
    if (await page.$(`[name="${name}-${part}"]`)) await page.fill(`[name="${name}-${part}"]`, value);
}

async function choose(page, name, value) {
  if (await page.$(`select[name="${name}"]`)) await page.selectOption(`select[name="${name}"]`, value);
  else await page.check(`input[name="${name}"][value="${value}"]`);
}

/** The sheet that the page prints: its words, and how many sheets there are. */
export async function onPaper(page, name) {
  const file = `${screens}/${name}.pdf`;
  writeFileSync(file, await page.pdf({ format: 'A4', printBackground: false }));
  execFileSync('pdftoppm', ['-r', '70', '-png', file, `${screens}/${name}-print`]);
  const words = execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' }).replace(/\s+/g, ' ');
  if (words.includes('/missing/') || words.includes('/children/')) faults.push(`${name} on paper holds the address of a record`);
  return { words, sheets: Number(execFileSync('pdfinfo', [file], { encoding: 'utf8' }).match(/Pages:\s+(\d+)/)[1]) };
}

/** Missing now, and a quarter: for a coordinator, and not for whoever takes a call. */
async function playCounts(world, coordinator, call, look) {
  await coordinator.goto(`${world.base}/missing/national`);
  const now = await text(coordinator);
  for (const words of ['Northmere Police', 'Missing now by police force', 'held back']) must(now.includes(words), `the board of all forces does not say ${words}`);
  must(!now.includes('Lee Sample'), 'the board of all forces names a child');
  must(await coordinator.$('svg.app-tiles .app-tile--held'), 'a force with one missing child is not held back on the map');
  must((await coordinator.$$('svg.app-tiles .app-tile')).length >= 44, 'a force has no tile');
  must((await coordinator.getAttribute('main', 'data-live')) === '/live/counts', 'the board of all forces is not watched');
  const mark = await coordinator.getAttribute('main', 'data-mark');
  must((await (await coordinator.request.get(`${world.base}/live/counts`)).text()) === mark, 'the mark of the board of all forces is not what it was made from');
  await look(coordinator, 'missing-national');
  must((await call.goto(`${world.base}/missing/national`)).status() === 404, 'a call handler reads counts of all forces');
  must((await call.request.get(`${world.base}/live/counts`)).status() === 404, 'whoever may not read counts is told when they change');
  await coordinator.goto(`${world.base}/missing/measures`);
  const measures = await text(coordinator);
  for (const words of ['Working figures', 'How high the risk was', 'Return home interviews by age', 'What is not recorded', 'This quarter is not over yet']) must(measures.includes(words), `the measures do not say ${words}`);
  await look(coordinator, 'missing-measures');
  await coordinator.selectOption('#force', { label: 'Northmere Police' });
  await coordinator.click('main button:has-text("Show")');
  must((await text(coordinator)).includes('Northmere Police, October to December 2026'), 'one force cannot be chosen');
  const file = await coordinator.request.get(`${world.base}/missing/measures.csv?quarter=2026-Q4&force=X23000001`);
  const table = await file.text();
  must(file.headers()['content-type'].startsWith('text/csv') && table.startsWith('measure,definition,force,quarter,group,value,count,percent'), 'the file is no table');
  must(!table.includes('Lee'), 'the file names a child');
  must((await coordinator.goto(`${world.base}/missing/measures?quarter=2026-W41`)).status() === 404, 'a period between the quarters is counted');
}

/** The duty of the board: read and accepted child by child, and taken over then. */
async function playHandover(world, coordinator, call, look) {
  await call.goto(`${world.base}/missing/handover`);
  must((await text(call)).includes('On duty at the board: nobody on record'), 'it is not said that nobody has the duty');
  await call.fill('[name=words]', 'The search team is back at six');
  await submit(call, 'Hand the board over');
  await coordinator.goto(`${world.base}/missing/handover`);
  const before = await text(coordinator);
  for (const words of ['Lee Sample', 'The search team is back at six', 'Look at the cameras of the station']) must(before.includes(words), `whoever takes over does not read: ${words}`);
  must(!(await coordinator.$('button:has-text("Take the board over")')), 'the board is taken over unread');
  await look(coordinator, 'missing-handover');
  const paper = look.isOn ? await onPaper(coordinator, 'missing-handover') : null;
  if (paper) must(paper.words.includes('Lee Sample') && !paper.words.includes('Take the board'), `the handover on paper: ${paper.words}`);
  for (let pressed = 0; pressed < 10 && (await coordinator.$('main button:has-text("Accept:")')); ++pressed) await coordinator.click('main button:has-text("Accept:")');
  must((await text(coordinator)).includes('Accepted by Noor Hart'), 'it is not said who accepted');
  await submit(coordinator, 'Take the board over');
  must((await text(coordinator)).includes('On duty at the board: Noor Hart, since'), 'the duty has not moved');
}

/** A social worker tells of a placement; the authority and the police of the area acknowledge it. */
async function playPlacement(world, someone, look) {
  const byte = await someone('byte@', 'missing-response');
  await search(byte, world, 'Mia Sample');
  const record = (await byte.getAttribute('a:has-text("Mia Sample")', 'href')).split('?')[0];
  const child = record.split('/').pop();
  const manager = await someone('pike@', 'safeguarding-response');
  await manager.goto(`${world.base}/allocations`);
  await manager.click('a:has-text("Allocate the child")');
  await manager.fill('#child', child);
  await manager.fill('#staff_name', 'fenn@westmoor.example');
  await submit(manager, 'Allocate the child');
  const worker = await someone('fenn@', 'safeguarding-response');
  await worker.goto(`${world.base}/children/${child}`);
  await worker.click('a:has-text("Tell of a placement out of the area")');
  await look(worker, 'placement-new');
  await submit(worker, 'Tell them');
  must((await text(worker)).includes('There is a problem'), 'an empty notice is told');
  await look(worker, 'placement-new-errors');
  await choose(worker, 'kind', 'emergency');
  await fillTime(worker, 'starts_at', ['2026', '10', '27'], '18:00');
  await choose(worker, 'home', 'childrens_home');
  await worker.selectOption('select[name=host_authority]', { label: 'Saltby Council' });
  for (const [name, value] of [['where', 'Saltby Harbour House, Quay Street'], ['worker', 'Jo Fenn, 0113 496 0004'], ['out_of_hours', 'Westmoor emergency duty team, 0113 496 0003'], ['history', 'Missing twice this year, found at Tarn Junction'], ['avoid', 'A man with a blue van']]) await worker.fill(`[name=${name}]`, value);
  await submit(worker, 'Tell them');
  const told = await text(worker);
  must(told.includes('Host police not confirmed'), `the home authority does not read that the police have not confirmed it: ${told}`);
  await look(worker, 'placement-told');
  const saltby = await someone('drew@', 'safeguarding-response', 375);
  must((await text(saltby)).includes('Children placed in your area: 1 open'), 'the queue of the host does not count it');
  await saltby.goto(`${world.base}/placements`);
  await look(saltby, 'placements-of-the-host');
  await saltby.click('main a:has-text("Mia")');
  must(!(await saltby.$('a:has-text("The placement ends")')), 'the host may end what it did not tell');
  await saltby.click('main a:has-text("Acknowledge it")');
  await saltby.fill('[name=acknowledged-action]', 'A worker of Saltby rings the home today');
  await submit(saltby, 'Acknowledge it');
  must((await text(saltby)).includes('A worker of Saltby rings the home today'), 'what the host does is not on record');
  const police = await someone('rook@', 'missing-response');
  await police.goto(`${world.base}/placements`);
  await police.click('main a:has-text("Mia")');
  must((await text(police)).includes('A man with a blue van'), 'the police do not read whom the child is kept from');
  await look(police, 'placement-as-the-police-read-it');
  await police.click('main a:has-text("Acknowledge it")');
  await police.fill('[name=acknowledged-action]', 'Officers of Saltby know the home');
  await submit(police, 'Acknowledge it');
  await worker.goto(`${world.base}/placements`);
  const list = await text(worker);
  must(!list.includes('Host police not confirmed') && list.includes('Acknowledged on'), `it is not said that the police confirmed it: ${list}`);
  await look(worker, 'placements-of-the-home');
}

export async function playBoards(browser, binary, scripts) {
  codesUsed.clear();
  const world = await startWorld(binary, 60, undefined, '2026-10-28T02:00:00Z');
  try {
    const look = async (page, name) => { if (scripts) await inspect(page, name); };
    look.isOn = scripts;
    const someone = async (who, purpose, width = 1280) => signIn(await browser.newContext({ javaScriptEnabled: scripts, viewport: { width, height: 900 } }), world, who, purpose, false);
    const coordinator = await someone('hart@', 'missing-response');
    const call = await someone('lind@', 'missing-response', 375);
    await playCounts(world, coordinator, call, look);
    await playHandover(world, coordinator, call, look);
    await coordinator.goto(`${world.base}/missing`);
    await coordinator.click('main a:has-text("Lee")');
    if (scripts) {
      const { words, sheets } = await onPaper(coordinator, 'missing-episode');
      for (const part of ['Safety summary', 'Lee', 'Who leads', 'The report', 'Printed 28 October 2026']) must(words.includes(part), `a missing child on paper is without: ${part}: ${words}`);
      must(sheets <= 2, `a missing child takes ${sheets} sheets`);
    }
    await playPlacement(world, someone, look);
  } finally {
    await world.stop();
  }
}
