// Words that blame a child: said beside the box where scripts run, and once on the page that follows; saved as written either way.
import { text } from './gestures.mjs';
import { must } from './world.mjs';

const phrase = 'He keeps choosing to go missing';

/** Milliseconds from the last key to the advice (R-N-02: within 300). */
const typed = (page, words) => page.evaluate((value) => new Promise((resolve) => {
  const box = document.querySelector('[name=plain_words]');
  const start = performance.now();
  new MutationObserver(() => resolve(performance.now() - start)).observe(box.nextElementSibling.querySelector('ul'), { attributes: true, childList: true });
  box.focus();
  box.value = value;
  box.dispatchEvent(new Event('input', { bubbles: true }));
}), words);

async function writeBesideTheBox(custody, look) {
  const box = custody.locator('[name=plain_words]');
  await custody.waitForSelector('[name=plain_words] + .app-wording', { state: 'attached' });
  must(!(await custody.$('[name="child_said-words"] + .app-wording')), 'the box of a child\'s own words is looked through');
  const took = await typed(custody, phrase);
  must(took < 300, `advice came after ${took} ms`);
  must(await custody.evaluate(() => document.activeElement.name === 'plain_words'), 'advice took the focus');
  must((await custody.textContent('.app-wording__list')).includes('Would you decide the same'), 'nobody is asked whether they would decide the same');
  await look(custody, 'wording-beside-the-box');
  await custody.click('.app-wording button:has-text("Write “went missing")');
  must(await box.inputValue() === 'He keeps went missing; we do not yet know why', 'the better words do not stand in the box');
  must(await custody.isHidden('.app-wording__list'), 'advice stays when it was taken');
  await typed(custody, `${phrase}, his youth club says. He absconded`);
  await custody.click('.app-wording li:has-text("absconded") button:has-text("Keep mine")');
  must(!(await custody.textContent('.app-wording__list')).includes('absconded'), 'what was kept is said again');
}

/** `propose` fills and sends the form of a flag. */
export async function playWording(custody, world, scripts, look, flags, propose) {
  await custody.goto(`${flags}/new`);
  if (scripts) await writeBesideTheBox(custody, look);
  await propose(custody, 'CTY_LINE', phrase);
  const page = await text(custody);
  must(page.includes('Saved as you wrote it. One phrase may be read against a child') && page.includes('better “went missing; we do not yet know why”'), 'the next page says nothing of the phrase');
  await look(custody, 'wording-after-the-post');
  await custody.click('a:has-text("Keep mine")');
  must(!(await text(custody)).includes('Saved as you wrote it'), 'the next page says it again');
  await custody.goto(`${world.base}/flags/mine`);
  must((await text(custody)).includes(phrase), 'what was written is not saved as it was written');
  await custody.goto(`${world.base}/words-about-children`);
  must((await text(custody)).includes('putting herself or himself at risk'), 'the list is not shown');
  await look(custody, 'words-about-children');
}
