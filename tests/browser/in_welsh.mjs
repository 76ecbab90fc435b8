// An interview in Welsh over the weekend on which the clocks change (scenario 6): an authority of Wales, a child of twelve who says
// no and then yes to somebody whom he trusts, his words as he said them with what they mean beside them, and "do not tell his
// mother" on every view and on paper.
import { onPaper } from './boards.mjs';
import { comesBack, place, report } from './episodes.mjs';
import { enter, idIn, inASmallWorld, says, saysNot } from './forms.mjs';
import { submit } from './gestures.mjs';
import { acknowledgeItems, addItem, holdInterview, interviewOf, offerInterview, passInterview, shareItems } from './interviews.mjs';
import { must } from './world.mjs';

const begins = '2026-03-27T17:00:00Z'; // Friday, 17:00 GMT
const hisWords = "Maen nhw'n cadw'r beics yn yr hen garej";
const marker = 'Do not tell: mother';

/** Away from four o'clock, back at 18:10. Whoever reported him has a receipt in Welsh. */
async function awayAndBack(world, coordinator, clock, look) {
  const episode = await report(coordinator, `${world.base}/missing/report`, 'Zed', { last_seen_at: '2026-03-27 16:00', worried: 'He did not come home from school', reporter: 'parent', tell_language: 'welsh', authority: 'Cwm Arian' });
  const receipt = await coordinator.$eval('[lang=cy]', (element) => element.textContent);
  must(receipt.includes('mae eich adroddiad') && !receipt.includes('Zed') && !/\b(your report|They ring you)\b/.test(receipt), `the receipt is not in Welsh: ${receipt}`);
  await look(coordinator, 'in-welsh-receipt');
  await clock.until('2026-03-27T18:30:00Z');
  await comesBack(coordinator, world, idIn(episode), { returned_at: '2026-03-27 18:10', found_where: 'The old garage', found_by: 'came_back', found_distance: 'under_5', return_type: 'own_will', considered: 'no_signs', considered_because: 'Nothing was seen', safe_to_tell: 'yes' });
  return episode;
}

/** What the child reads is in Welsh from its title to its foot. */
async function readsInWelsh(world, worker, interview, look) {
  await worker.goto(`${world.base}/interviews/${interview}/words`);
  await worker.click('main a[href$="/words?in=cy"]');
  must(await worker.getAttribute('html', 'lang') === 'cy', 'the page does not say that it is in Welsh');
  must((await worker.title()).includes('Wyt ti eisiau siarad?'), `the title is not in Welsh: ${await worker.title()}`);
  const all = (await worker.textContent('body')).replace(/\s+/g, ' ');
  for (const words of ['Rydym yn falch', "Neidio i'r prif gynnwys", 'Yn ôl', 'Hygyrchedd', 'Preifatrwydd']) must(all.includes(words), `the page for the child is without: ${words}`);
  for (const words of ['Skip to', 'Back', 'Print', 'Privacy', 'DEMONSTRATION', 'Nia', 'Zed']) must(!(await worker.textContent('.govuk-width-container:has(main)')).includes(words), `the page for the child says: ${words}`);
  await look(worker, 'in-welsh-words-for-the-child');
}

/** Saturday: he says no; the same person does not ask again in the same way; his coach does, and he says yes. */
async function twoOffers(world, worker, interview) {
  await offerInterview(world, worker, interview, { offered_at: '2026-03-28 10:00', by: 'Nia Wyn', language: 'Cymraeg', answer: 'no', child_words: 'dim diolch' });
  await says(worker, ['dim diolch', '30 March 2026 at 19:10 BST'], 'one no ends the clock');
  await worker.goto(`${world.base}/cases/return-interview/${interview}/offer`);
  await enter(worker, { 'offers-offered_at': '2026-03-28 11:00', 'offers-by': 'Nia Wyn', 'offers-way': 'in_person', 'offers-language': 'Cymraeg', 'offers-answer': 'no' });
  await submit(worker, 'Write down an offer');
  await says(worker, 'Somebody else offers it, or in another way');
  await offerInterview(world, worker, interview, { offered_at: '2026-03-28 12:00', by: 'Huw, football coach', way: 'through_somebody', language: 'Cymraeg', answer: 'yes', chosen_person: 'Huw', chosen_place: 'The football ground' });
}

/** Monday, 17:00 BST. His words stay as he said them, in Welsh, and what they mean stands beside them. */
async function whatHeSays(world, worker, interview, look, scripts) {
  await holdInterview(world, worker, interview, { held_at: '2026-03-30 17:00', held_where: 'The football ground', held_by: 'Nia Wyn, with Huw', words: hisWords, language: 'Cymraeg', translation: 'They keep the bikes in the old garage', do_not_tell: 'mother' });
  must(await worker.$eval('blockquote[lang=cy]', (element) => element.textContent.trim()) === hisWords, 'the words are not as he said them, or not said to be in Welsh');
  await says(worker, 'What it means in English: They keep the bikes in the old garage');
  await addItem(world, worker, interview, { words: 'Bikes in the old garage', category: 'place', decision: 'police', sanitised: 'Bicycles may be stored at the old garage' });
  await addItem(world, worker, interview, { words: 'Afraid of his cousin', category: 'person', decision: 'childrens_services', sanitised: 'Fear of a relative' });
  await shareItems(world, worker, interview);
  await look(worker, 'in-welsh-interview');
  if (!scripts) return;
  await worker.goto(`${world.base}/interviews/${interview}`);
  const { words } = await onPaper(worker, 'in-welsh-interview');
  must(words.includes(marker), `the marker is not on paper: ${words}`);
}

/** The marker, wherever the interview is read. */
async function markedEverywhere(page, world, interview, who) {
  // The fourth version is of before he said so; it is read today.
  for (const address of [`/interviews/${interview}`, `/cases/return-interview/${interview}?version=4`, `/cases/return-interview/${interview}`]) {
    await page.goto(world.base + address);
    await says(page, marker, `${who} does not read at ${address}`);
  }
}

export async function playInWelsh(browser, binary, scripts) {
  await inASmallWorld(browser, binary, scripts, begins, ['byte@', 'missing-response'], async ({ world, someone, look, clock }) => {
    const coordinator = await someone('hart@', 'missing-response');
    const episode = await awayAndBack(world, coordinator, clock, look);
    const desk = await someone('morgan@', 'safeguarding-response');
    const interview = await interviewOf(world, desk, 'Zed');
    await says(desk, ['Wales', '30 March 2026 at 19:10 BST'], 'the interview does not say by which rules and by when');
    await passInterview(world, desk, interview, 'wyn@cwm-arian.example');
    const worker = await someone('wyn@', 'missing-response', 375);
    await readsInWelsh(world, worker, interview, look);
    await clock.until('2026-03-28T12:30:00Z');
    await twoOffers(world, worker, interview);
    await clock.until('2026-03-30T16:30:00Z');
    await whatHeSays(world, worker, interview, look, scripts);

    // Each reads their own; the police read the place, and nothing by which he is known to have said it.
    await markedEverywhere(worker, world, interview, 'whoever held it');
    await markedEverywhere(desk, world, interview, 'the desk of the authority');
    await says(desk, 'Fear of a relative');
    await saysNot(desk, ['beics', 'cousin', 'dim diolch'], 'the desk reads what he said');
    await markedEverywhere(coordinator, world, interview, 'the force');
    await says(coordinator, 'Bicycles may be stored at the old garage');
    await saysNot(coordinator, ['beics', 'They keep', 'cousin', 'relative', 'dim diolch', 'football ground'], 'the police read the source');
    await look(coordinator, 'in-welsh-as-the-police-read-it');
    await coordinator.goto(episode);
    await coordinator.goto(`${world.base}/children/${(await coordinator.getAttribute('main a[href^="/children/"]', 'href')).split('/')[2]}/timeline`);
    await says(coordinator, ['A return home interview was held', marker], 'the timeline that somebody prints does not say');
    await look(coordinator, 'in-welsh-timeline');
    await coordinator.goto(`${world.base}/cases/return-interview/${interview}/acknowledge`);
    await says(coordinator, marker, 'the form of the police does not say');

    // Tuesday: read, with what is done; and no place is named of two children.
    await clock.until('2026-03-31T09:00:00Z');
    await acknowledgeItems(world, coordinator, interview, 'Review whether the old garage is a hotspot');
    await acknowledgeItems(world, desk, interview, 'His worker sees him on Wednesday');
    await place(coordinator, world, idIn(episode), ['found', 'other', 'The old garage']);
    const second = await report(coordinator, `${world.base}/missing/report`, 'Rae', { last_seen_at: '2026-03-31 08:00', worried: 'She did not come to school', authority: 'Harbourne Borough' });
    await place(coordinator, world, idIn(second), ['seen', 'other', 'The old garage']);
    await coordinator.goto(`${world.base}/patterns/places`);
    await saysNot(coordinator, 'old garage', 'a place is named of two children');
  });
}
