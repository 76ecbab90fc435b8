// What the long stories share: a small world at a moment, its people, forms that are filled by the names of their boxes, and a clock
// that is moved to a moment.
import { codesUsed, inspect, moveClock, signIn, submit, text } from './gestures.mjs';
import { startWorld, must } from './world.mjs';

/** Fills a form by name: words into boxes, a code or a label into lists and radios, a list of codes into checkboxes, and
 * "2026-01-11 00:15", as the wall shows it, into times; "2026-01-11" into days. */
export async function enter(page, values) {
  for (const [name, value] of Object.entries(values)) await enterOne(page, name, value);
}

async function enterOne(page, name, value) {
  const box = await page.$(`[name="${name}"]`);
  if (!box) {
    const [day, time] = value.split(' ');
    const [years, months, days] = day.split('-');
    for (const [part, digits] of [['day', days], ['month', months], ['year', years], ['time', time]])
      if (digits !== undefined) await page.fill(`[name="${name}-${part}"]`, digits);
    return;
  }
  const kind = await box.evaluate((element) => (element.tagName === 'SELECT' ? 'select' : element.type));
  if (kind === 'select') {
    const isCode = await box.evaluate((element, code) => [...element.options].some((one) => one.value === code), value);
    await box.selectOption(isCode ? { value } : { label: value });
  } else if (kind === 'radio' || kind === 'checkbox') {
    for (const code of [value].flat()) await page.check(`input[name="${name}"][value="${code}"]`);
  } else await box.fill(value);
}

/** One act of a case on its own form: "missing/<id>/grade". */
export async function act(page, world, which, values, button) {
  await page.goto(`${world.base}/cases/${which}`);
  await enter(page, values);
  await submit(page, button);
  const after = await text(page);
  must(!after.includes('There is a problem'), `${which} is refused: ${after.slice(after.indexOf('There is a problem'), after.indexOf('There is a problem') + 300)}`);
  return after;
}

/** The id in the address of a case. */
export const idIn = (address) => new URL(address).pathname.split('/')[2];

/** What stands between the head and the foot of the page. */
async function saidBy(page) {
  return (await page.textContent('.govuk-width-container:has(main)')).replace(/\s+/g, ' ');
}

/** Fails with what the page says instead. */
export async function says(page, all, otherwise) {
  const words = await saidBy(page);
  for (const one of [all].flat()) must(words.includes(one), `${otherwise ?? 'the page does not say'}: ${one}: ${words.slice(0, 3000)}`);
}

export async function saysNot(page, all, otherwise) {
  const words = await saidBy(page);
  for (const one of [all].flat()) must(!words.includes(one), `${otherwise ?? 'the page says'}: ${one}: ${words.slice(0, 3000)}`);
}

/** A clock that is moved to a moment in UTC; every warning on the way rings at its own moment. */
class Clock {
  constructor(page, world, at) { this.page = page; this.world = world; this.at = new Date(at); }
  async until(moment) {
    const until = new Date(moment);
    const minutes = Math.round((until - this.at) / 60000);
    must(minutes >= 0, `the clock goes back to ${moment}`);
    await moveClock(this.page, this.world, minutes);
    this.at = until;
  }
}

/** Plays a story in a world of people and children alone, which begins at that moment. `play` is given the world, somebody(who,
 * purpose, width), look(page, name) and a clock that `hands` moves. */
export async function inASmallWorld(browser, binary, scripts, at, hands, play) {
  codesUsed.clear();
  const world = await startWorld(binary, 20, undefined, at, true);
  try {
    const look = async (page, name) => { if (scripts) await inspect(page, name); };
    const someone = async (who, purpose, width = 1280) => signIn(await browser.newContext({ javaScriptEnabled: scripts, viewport: { width, height: width < 600 ? 667 : 900 } }), world, who, purpose, false);
    const clock = new Clock(await someone(...hands), world, at);
    await play({ world, someone, look, clock, scripts });
  } finally {
    await world.stop();
  }
}
