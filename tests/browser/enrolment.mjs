// Somebody who lost their telephone is given a link on the machine, and chooses a password and an authenticator of their own.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect, submit, text, watch } from './gestures.mjs';
import { oneTimeCode, startWorld, must } from './world.mjs';

const words = 'copper kettle on the hill';

/** While the service is stopped, its own command gives a sergeant a link. */
function giveLink(binary, folder) {
  const settings = join(folder, 'settings.conf');
  writeFileSync(settings, `database = sqlite:${join(folder, 'reachable.db')}\nsigning_key = ${join(folder, 'signing.key')}\ncheckpoint_file = ${join(folder, 'checkpoints.txt')}\nlog_origin = demo.reachable.example/log\ndemonstration = yes\n`);
  const said = execFileSync(binary, ['worker', 'enrol', '--settings', settings, '--sign-in-name', 'hale@northmere-police.example'], { encoding: 'utf8' });
  return said.match(/\/enrol\/\S+/)[0];
}

export async function playEnrolment(browser, binary, scripts) {
  let path;
  const world = await startWorld(binary, 20, (folder) => { path = giveLink(binary, folder); });
  try {
    const context = await browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 1280, height: 900 } });
    const look = async (page, name) => { if (scripts) await inspect(page, name); };
    const page = await context.newPage();
    watch(page);
    await page.goto(world.base + path);
    await look(page, 'enrol');
    await submit(page, 'Continue');
    must((await text(page)).includes('There is a problem'), 'no password is taken for one');
    await look(page, 'enrol-errors');
    await page.fill('#password', words);
    await submit(page, 'Continue');
    await look(page, 'enrol-code');
    const secret = (await text(page)).match(/(?:[A-Z2-7]{4} ?){4,}/)[0].replaceAll(' ', '');
    await page.fill('#code', '000000');
    await submit(page, 'Finish');
    must((await text(page)).includes('There is a problem'), 'a wrong code is taken');
    await look(page, 'enrol-code-errors');
    await page.fill('#code', oneTimeCode(secret, Date.now() / 1000));
    await submit(page, 'Finish');
    must(page.url().endsWith('/enrolled'), `not enrolled: ${await text(page)}`);
    await look(page, 'enrolled');
    await page.goto(world.base + path);
    await look(page, 'enrol-used');
    await page.goto(`${world.base}/sign-in`);
    await page.fill('#name', 'hale@northmere-police.example');
    await page.fill('#password', words);
    await page.fill('#code', oneTimeCode(secret, Date.now() / 1000 + 30));
    await page.click('main button[type=submit]');
    must(page.url().includes('/purpose'), `the new password does not open the door: ${await text(page)}`);
  } finally {
    await world.stop();
  }
}
