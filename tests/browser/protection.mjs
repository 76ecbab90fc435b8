// Curiosity, protection, an emergency and an immigration request (S12 a to d), played through the pages.
import { codesUsed, freshCode, inspect, signIn, submit, text } from './gestures.mjs';
import { startWorld, must } from './world.mjs';

/** One of a list, however the page offers it. */
const choose = (page, name, value) => page.selectOption(`#${name}`, value).catch(() => page.check(`input[name=${name}][value=${value}]`));

/** A search in an emergency: the page that answers it. */
export async function search(page, world, name) {
  await page.goto(`${world.base}/emergency-access`);
  await page.fill('#name', name);
  await choose(page, 'reason_code', 'find_the_child');
  await submit(page, 'Search');
  return text(page);
}

/** The page without what differs from answer to answer by chance or by what was typed. */
const plain = (words, name) => words.replaceAll(name, 'NAME');

/** Of how many tries a page tells. */
const tries = (words) => words.split('Somebody tried to open a restricted record').length - 1;

export async function playProtection(browser, binary, scripts) {
  codesUsed.clear();
  const world = await startWorld(binary, 200);
  try {
    const open = (options = {}) => browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 1280, height: 900 }, ...options });
    const look = async (page, name) => { if (scripts) await inspect(page, name); };
    const byte = await signIn(await open(), world, 'byte@', 'immediate-protection', false);
    await look(byte, 'queue-response');

    // (a) An officer looks for a child of their own family: no record, and standards are told.
    must((await search(byte, world, 'Kit Sample')).includes('Kit Sample'), 'the officer does not find the child');
    const nephew = await byte.getAttribute('a:has-text("Kit Sample")', 'href');
    const arden = await signIn(await open(), world, 'arden@', 'information-governance', false);
    await arden.goto(`${world.base}/restrictions/new?child=${encodeURIComponent(world.base + nephew)}`);
    await arden.check('input[name=kind][value=STAFF_FAMILY]').catch(() => arden.selectOption('#kind', 'STAFF_FAMILY'));
    await arden.fill('#why', 'He told us that the boy is his nephew');
    await submit(arden, 'Restrict the record');
    must((await text(arden)).includes('There is a problem'), 'whose family the child is need not be said');
    await look(arden, 'restriction-new-errors');
    await arden.fill('#staff_name', 'byte@northmere-police.example');
    const reference = await arden.inputValue('#child');
    await arden.fill('#child', nephew.split('/').pop().slice(0, 8));
    await submit(arden, 'Restrict the record');
    must((await text(arden)).includes('That is the beginning of a reference'), `eight digits are not told apart: ${await text(arden)}`);
    await arden.fill('#child', reference);
    await submit(arden, 'Restrict the record');
    must((await text(arden)).includes('Saved on'), `nothing says that the record is restricted: ${await text(arden)}`);
    await arden.goto(`${world.base}/queue`);
    must(tries(await text(arden)) === 0, 'standards are told of a try that nobody made');
    must(plain(await search(byte, world, 'Kit Sample'), 'Kit Sample') === plain(await search(byte, world, 'Zebedee Nobody'), 'Zebedee Nobody'), 'a child of the family is not like no record');
    await arden.goto(`${world.base}/queue`);
    must(tries(await text(arden)) === 1, `standards are not told of the try: ${await text(arden)}`);

    // (c) 02:00: an address for a child in danger.
    must((await search(byte, world, 'Mia Sample')).includes('Mia Sample'), 'the response officer does not find the child');
    await look(byte, 'emergency-search');
    const link = await byte.getAttribute('a:has-text("Mia Sample")', 'href');
    must(link.endsWith('?reason_code=find_the_child'), 'why the officer searched is asked once more');
    const record = link.split('?')[0];
    const child = record.split('/').pop();
    await byte.goto(world.base + record);
    must(!(await text(byte)).includes('Mia Sample'), 'the card names the child before the glass is broken');
    await look(byte, 'emergency-card');
    await submit(byte, 'Open the record');
    must((await text(byte)).includes('There is a problem'), 'an empty reason is not refused');
    await look(byte, 'emergency-card-errors');
    await byte.selectOption('#reason_code', 'find_the_child').catch(() => byte.check('input[name=reason_code][value=find_the_child]'));
    await byte.fill('#reason', 'She rang from his car and cannot say where they are');
    await byte.fill('#code', freshCode(world.signIns.find((one) => one.sign_in_name.startsWith('byte@')), 'byte@'));
    await submit(byte, 'Open the record');
    must(/Open to you until/.test(await text(byte)), `the record does not open: ${await text(byte)}`);
    must((await text(byte)).includes('Mia Sample'), 'the opened record does not say who the child is');
    must((await text(byte)).includes('Fern House'), 'the opened record does not say where the child lives');
    must(/Children's services\s*Westmoor[^:]*: .*0113 496 0003/.test(await text(byte)), `the opened record does not say whom to ring: ${await text(byte)}`);
    await look(byte, 'emergency-opened');
    await byte.goto(`${world.base}/emergency-access`);
    must(/Records you opened today.*Mia Sample, open to you until/.test(await text(byte)), 'there is no way back to the opened record');
    await look(byte, 'emergency-way-back');
    await byte.click('a:has-text("Mia Sample")');
    await submit(byte, 'End this now');
    must(!(await text(byte)).includes('Records you opened today'), 'what was ended is still offered');
    await byte.goto(world.base + record);
    must(!(await text(byte)).includes('Mia Sample'), 'what was ended is still open');

    // The holder is told; governance reviews.
    const manager = await signIn(await open(), world, 'pike@', 'safeguarding-response', false);
    must((await text(manager)).includes('Another organisation opened the record'), 'the holder is not told');
    await look(manager, 'queue-duty-manager');
    const voss = await signIn(await open(), world, 'voss@', 'information-governance', false);
    await voss.goto(`${world.base}/notices`);
    must((await text(voss)).includes('A record was opened in an emergency'), 'information governance is not told');
    await look(voss, 'notices');
    await voss.goto(`${world.base}/emergency-reviews`);
    must((await text(voss)).includes('Mia Sample'), 'the review does not say whose record was opened');
    await look(voss, 'emergency-reviews');
    await voss.click('a:has-text("Record the review")');
    await look(voss, 'emergency-review');
    await voss.check('input[name=finding][value=needed]').catch(() => voss.selectOption('#finding', 'needed'));
    await submit(voss, 'Record the review');
    must((await text(voss)).includes('reviewed'), 'the review is not recorded');
    must((await text(voss)).includes('Officer Byte'), 'the review does not say who opened the record');
    await look(voss, 'emergency-reviewed');

    // A duty manager puts a child of the authority on a worker's list.
    await manager.goto(`${world.base}/allocations`);
    await look(manager, 'allocations');
    await manager.click('a:has-text("Allocate the child")');
    await manager.fill('#child', child);
    await manager.fill('#staff_name', 'fenn@westmoor.example');
    await look(manager, 'allocation-new');
    await submit(manager, 'Allocate the child');
    must((await text(manager)).includes('allocated'), `the child is not allocated: ${await text(manager)}`);
    const fenn = await signIn(await open(), world, 'fenn@', 'safeguarding-response', false);
    must((await text(fenn)).includes('Mia Sample'), 'the social worker does not find the child on their list');
    await look(fenn, 'queue-social-worker');

    // The child is in custody when the record is sealed.
    const sergeant = await signIn(await open(), world, 'hale@', 'custody-safeguarding', false);
    await sergeant.goto(`${world.base}/custody/new`);
    await sergeant.fill('#name_given', 'Mia Sample');
    await sergeant.fill('[name=born_given-day]', '4');
    await sergeant.fill('[name=born_given-month]', '3');
    await sergeant.fill('[name=born_given-year]', '2011');
    await sergeant.fill('#custody_number', 'NM-2026-7');
    await submit(sergeant, 'Book in');
    await sergeant.check('label:has-text("Mia Sample")');
    await submit(sergeant, 'Book in');
    const detention = sergeant.url().match(/custody\/([0-9a-f]{32})/)[1];

    // (b) A protected child is like no record.
    await look(arden, 'queue-standards');
    await arden.goto(`${world.base}/restrictions/new?child=${encodeURIComponent(`${world.base}/emergency-access/${child}`)}`);
    await look(arden, 'restriction-new');
    await arden.check('input[name=kind][value=PROTECTED_PERSON]').catch(() => arden.selectOption('#kind', 'PROTECTED_PERSON'));
    await arden.fill('#why', 'A court has ordered that nobody learns where she is');
    await submit(arden, 'Restrict the record');
    await look(arden, 'restriction');
    const found = await search(byte, world, 'Mia Sample');
    const nobody = await search(byte, world, 'Zebedee Nobody');
    must(plain(found, 'Mia Sample') === plain(nobody, 'Zebedee Nobody'), 'a protected child is not like no record');
    await look(byte, 'emergency-nothing-found');
    const sealed = await byte.goto(world.base + record).then(() => text(byte));
    await byte.goto(`${world.base}/emergency-access/${'0'.repeat(31)}1`);
    must(sealed === await text(byte), 'the card of a protected child is not like that of no record');
    const moss = await signIn(await open(), world, 'moss@', 'information-governance', false);
    await moss.goto(`${world.base}/notices`);
    await look(moss, 'notices-governance');
    must((await text(moss)).includes('Somebody tried to open a restricted record'), 'the custodian is not told');
    await moss.goto(`${world.base}/restrictions`);
    must((await text(moss)).includes('Records you hold that another organisation restricts'), 'the custodian does not see the restriction');
    await look(moss, 'restrictions-custodian');
    await arden.goto(`${world.base}/queue`);
    must(tries(await text(arden)) === 1, 'who does not hold the record is told of tries');
    await arden.goto(`${world.base}/restrictions`);
    await look(arden, 'restrictions');

    // Whoever works with the record finds that it is there, and opens it with a reason.
    await fenn.goto(`${world.base}/queue`);
    must(!(await text(fenn)).includes('Mia Sample'), 'a sealed record names the child to a worker who did not say why');
    must((await text(fenn)).includes('A sealed record'), 'a sealed child is lost from the list of the worker');
    await look(fenn, 'queue-social-worker-sealed');
    await sergeant.goto(`${world.base}/custody`);
    must(!(await text(sergeant)).includes('Mia Sample'), 'a sealed record names the child in the suite');
    must((await text(sergeant)).includes('NM-2026-7'), 'the child in the cells is not on the list');
    await look(sergeant, 'custody-sealed-row');
    await sergeant.goto(`${world.base}/custody/${detention}`);
    must((await text(sergeant)).includes('This record is sealed'), 'the sealed record does not say what to do');
    await look(sergeant, 'sealed');
    await submit(sergeant, 'Open the record');
    must((await text(sergeant)).includes('There is a problem'), 'an empty reason is not refused');
    await look(sergeant, 'sealed-errors');
    await sergeant.goto(`${world.base}/custody/${detention}/conversation`);
    must((await text(sergeant)).includes('This record is sealed'), 'another page of a sealed record does not say so');
    await look(sergeant, 'sealed-elsewhere');
    await sergeant.goto(`${world.base}/custody/${detention}`);
    await sergeant.fill('#reason', 'She is in my suite tonight and I keep her safe');
    await submit(sergeant, 'Open the record');
    must(/Custody brief.*Mia Sample/s.test(await text(sergeant)), `the reason does not open the record: ${await text(sergeant)}`);

    // (d) A request for immigration enforcement.
    await byte.goto(`${world.base}/immigration-requests/new`);
    await look(byte, 'immigration-request');
    await byte.fill('#asked_by', 'Enforcement office North');
    await byte.check('input[name=wanted][value=address]');
    await byte.fill('[name=received_at-time]', '00:10');
    await submit(byte, 'Record and refuse');
    must(/2026 Q4\s*1\s*1/.test(await text(byte)), `the request is not counted: ${await text(byte)}`);
    await look(byte, 'immigration-requests');
    await voss.goto(`${world.base}/notices`);
    await voss.click('tr:has-text("immigration enforcement was recorded and refused") a');
    await look(voss, 'immigration-request-recorded');
    await voss.click('a:has-text("Record that the chief officer was told")');
    await voss.fill('#told_to', 'Assistant chief constable');
    await look(voss, 'immigration-request-tell');
    await submit(voss, 'Record that the chief officer was told');
    must((await text(voss)).includes('chief officer told'), `the chief officer does not count as told: ${await text(voss)}`);

    await voss.goto(`${world.base}/immigration-requests/to-tell`);
    await look(voss, 'immigration-requests-to-tell');

    // Why: the policy in force, and a form that tries it.
    await voss.goto(`${world.base}/admin/policies`);
    await look(voss, 'policy');
    await voss.click('a:has-text("Try it")');
    await voss.selectOption('#role', 'custody-sergeant');
    await voss.selectOption('#kind', 'police-force');
    await voss.selectOption('#purpose', 'immigration-enforcement');
    await voss.selectOption('#action', 'read');
    await voss.selectOption('#label', 'personal');
    await submit(voss, 'Try it');
    must(/denied/i.test(await text(voss)) && (await text(voss)).includes('F1'), 'the try does not say which rule denies');
    await look(voss, 'policy-test');

  } finally {
    await world.stop();
  }
}
