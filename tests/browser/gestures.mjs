// The gestures that the browser stories share: looking a page over, signing in, moving the clock.
import { mkdirSync, readFileSync } from 'node:fs';
import { oneTimeCode, must } from './world.mjs';

export const screens = 'build/screens';
mkdirSync(screens, { recursive: true });
const axeSource = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
export const faults = [];
export const seen = new Set();
export const axe = { runs: 0 };

/** axe, sideways scrolling, typeface and a screenshot, at both widths; and a picture of the page on paper. Only where scripts run. */
export async function inspect(page, name) {
  if (seen.has(name)) return;
  seen.add(name);
  for (const [width, height] of [[1280, 900], [375, 667], [320, 600]]) {
    await page.setViewportSize({ width, height });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (overflow > 0) faults.push(`${name} at ${width}: ${overflow} px wider than the screen`);
    if (width === 320) continue;
    if (process.env.REACHABLE_SCREENS !== 'none') await page.screenshot({ path: `${screens}/${name}-${width}.png`, fullPage: true });
    if (width === 1280) await page.evaluate(axeSource); // stays on the page
    // What holds is neither described nor sent here: most of the time would go into it.
    const violations = await page.evaluate(async (tags) => {
      const { violations } = await window.axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
      return violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.slice(0, 2).map((node) => node.target.join(' ')) }));
    }, axeTags);
    axe.runs += 1;
    for (const { id, help, nodes } of violations) faults.push(`${name} at ${width}: axe ${id}: ${help} (${nodes.join('; ')})`);
  }
  if (process.env.REACHABLE_SCREENS !== 'none') { // as paper shows it: A4 at 96 dots an inch
    await page.setViewportSize({ width: 794, height: 1123 });
    await page.emulateMedia({ media: 'print' });
    await page.screenshot({ path: `${screens}/${name}-print.png`, fullPage: true });
    await page.emulateMedia({ media: null });
  }
  const fonts = await page.evaluate(() => [...new Set([...document.querySelectorAll('main *')].map((element) => getComputedStyle(element).fontFamily))]);
  for (const font of fonts) if (!font.includes('Helvetica') && !font.includes('Arial') && !font.includes('monospace')) faults.push(`${name}: another typeface: ${font}`);
  await page.setViewportSize({ width: 1280, height: 900 });
}

export function watch(page) {
  page.on('console', (message) => { if (message.type() === 'error' && !/status of 4\d\d|ERR_CONNECTION_REFUSED/.test(message.text())) // a watched page asks on when its world has ended
    faults.push(`console on ${page.url()}: ${message.text()}`); });
  page.on('pageerror', (error) => faults.push(`script on ${page.url()}: ${error.message}`));
}

/** A code works once, so the next of one person is the one of the next half minute at the earliest. */
export const codesUsed = new Map();
export function freshCode(person, who) {
  const used = codesUsed.get(who);
  const now = Date.now() / 1000;
  const seconds = used === undefined ? now : Math.max(now, (used + 1) * 30);
  codesUsed.set(who, Math.floor(seconds / 30));
  return oneTimeCode(person.code_secret, seconds);
}

/** Sends the form of that address with what is entered and what it holds itself, without drawing it: most of the time would go into
 * that. Gives the address to which the answer leads. */
export async function send(page, world, address, values) {
  const form = (await (await page.request.get(world.base + address)).text()).split('<main')[1].split('<form').find((one) => one.includes(`action="${address.split('?')[0]}"`));
  must(form, `${address} has no form`);
  const own = Object.fromEntries([...form.split('</form>')[0].matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name, value]) => [name, value]));
  const answer = await page.request.post(world.base + address.split('?')[0], { form: { ...own, ...values }, headers: { 'Sec-Fetch-Site': 'same-origin' }, maxRedirects: 0 });
  return answer.headers().location ?? '';
}

/** Signs in and chooses a purpose. The forms are drawn for the first of a world, and where they are looked over; for others they are
 * sent. */
export async function signIn(context, world, who, purpose, look) {
  const person = world.signIns.find((one) => one.sign_in_name.startsWith(who));
  must(person, `nobody signs in as ${who}`);
  const page = await context.newPage();
  watch(page);
  const isFirst = codesUsed.size === 0;
  const said = { name: person.sign_in_name, password: person.password, code: freshCode(person, who) };
  if (!look && !isFirst) {
    must((await send(page, world, '/sign-in?next=/queue', said)).startsWith('/purpose'), `${who} could not sign in`);
    await send(page, world, '/purpose?next=/queue', { purpose });
    await page.goto(`${world.base}/queue`);
    must(new URL(page.url()).pathname === '/queue' || !page.url().includes('/purpose'), `${who} could not choose a purpose`);
    return page;
  }
  await page.goto(world.base + '/sign-in?next=/queue');
  if (look) {
    await inspect(page, 'sign-in');
    await page.click('main button[type=submit]');
    must((await text(page)).includes('There is a problem'), 'an empty sign-in is not refused');
    await inspect(page, 'sign-in-errors');
  }
  for (const [box, words] of Object.entries(said)) await page.fill(`#${box}`, words);
  await page.click('main button[type=submit]');
  must(page.url().includes('/purpose'), `${who} could not sign in: ${await page.textContent('main')}`);
  if (look) await inspect(page, 'purpose');
  await page.check(`input[name=purpose][value=${purpose}]`);
  await page.click('main button[type=submit]');
  return page;
}

/** Moves the clock of the demonstration; every warning on the way rings at its own moment. */
export async function moveClock(page, world, minutes) {
  for (const step of [1440, 60, 15, 5, 1])
    for (; minutes >= step; minutes -= step)
      must((await send(page, world, '/demo/clock', { minutes: String(step) })) === '/demo/clock', 'the clock does not move');
}

export async function submit(page, words) {
  await page.click(`main button[type=submit]:has-text("${words}")`);
}

export async function text(page) { return (await page.textContent('body')).replace(/\s+/g, ' '); }
