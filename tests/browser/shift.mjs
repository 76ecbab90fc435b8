// A shift ends (S3): the sergeant who goes opens the handover, who comes accepts each line with a press of its own, and until
// the last the child stays with who goes.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { faults, screens, signIn, submit, text } from './gestures.mjs';
import { must } from './world.mjs';

/** Presses what there is to accept, one line after the other. */
export async function acceptEachLine(page, first) {
  let pressed = 0;
  while (await page.locator('button:has-text("Accept")').count() > 0) {
    await page.locator('button:has-text("Accept")').first().click();
    pressed += 1;
    if (pressed === 1 && first) await first();
    must(pressed < 30, 'accepting comes to no end');
  }
  return pressed;
}

export async function playShiftChange(browser, world, scripts, look, id, outgoing) {
  const handover = `${world.base}/custody/${id}/handover`;
  await outgoing.goto(handover);
  await look(outgoing, 'handover-none');
  await outgoing.goto(world.base + '/handover');
  await submit(outgoing, 'Open the handover');
  must((await text(outgoing)).includes('There is a problem'), 'a handover opens without saying who takes over');
  await look(outgoing, 'handover-errors');
  await outgoing.check('label:has-text("Yes")');
  await submit(outgoing, 'Open the handover');
  must((await text(outgoing)).includes('A handover is open'), 'the handover did not open');

  const rowe = await signIn(await browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 1280, height: 900 } }), world, 'rowe@', 'custody-safeguarding', false);
  await rowe.goto(world.base + '/handover');
  await look(rowe, 'handover-suite');
  await rowe.goto(handover);
  const lines = await acceptEachLine(rowe, () => look(rowe, 'handover-one-accepted'));
  must(lines >= 8, `only ${lines} lines were accepted`);
  must((await text(rowe)).includes('In charge of the child: Sgt Hale'), 'the child changed hands before the detention officer accepted');

  const dunn = await signIn(await browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 1280, height: 900 } }), world, 'dunn@', 'custody-safeguarding', false);
  await dunn.goto(handover);
  await look(dunn, 'handover-detention-officer');
  must(await acceptEachLine(dunn) === lines, 'the detention officer accepts other lines than the sergeant');
  await rowe.goto(handover);
  must((await text(rowe)).includes('In charge of the child: Sgt Hale'), 'the child changed hands by somebody else\'s press');
  await look(rowe, 'handover-ready');
  await submit(rowe, 'Take the child over');
  must((await text(rowe)).includes('In charge of the child: Sgt Rowe'), 'the child did not change hands');
  await look(rowe, 'handover-taken-over');
}

/** On paper each child takes no more than a third of a sheet, whatever was said of them. */
export async function printHandover(page, world) {
  await page.goto(world.base + '/handover');
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: Math.round((186 / 25.4) * 96), height: 1000 });
  const heights = await page.$$eval('.app-handover', (all) => all.map((one) => one.getBoundingClientRect().height));
  must(heights.length > 1, 'no handover to print');
  const third = ((277 / 3) / 25.4) * 96;
  if (Math.max(...heights) > third) faults.push(`a child takes ${Math.round(Math.max(...heights))} px of the printed handover, a third of a sheet is ${Math.round(third)}`);
  await page.emulateMedia({ media: null });
  await page.setViewportSize({ width: 1280, height: 900 });
  const file = `${screens}/handover.pdf`;
  writeFileSync(file, await page.pdf({ format: 'A4', printBackground: false }));
  execFileSync('pdftoppm', ['-r', '70', '-png', file, `${screens}/handover-print`]);
}
