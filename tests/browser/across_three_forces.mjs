// A child in care, placed out of the area, missing with another child across three forces (scenario 5). One timeline of each child,
// one force that leads at every moment, two interviews of two authorities, and the meeting of the network of the placement. The review of
// the placement reads where he was found and with whom on the episode.
import { comesBack, grade, report } from './episodes.mjs';
import { act, enter, idIn, inASmallWorld, says, saysNot } from './forms.mjs';
import { submit, text } from './gestures.mjs';
import { addItem, holdInterview, interviewOf, offerInterview, passInterview, shareItems } from './interviews.mjs';
import { theNetworkMeets } from './meetings.mjs';
import { must } from './world.mjs';

const begins = '2026-05-11T11:30:00Z'; // Monday, 12:30 BST
const episodeOf = (id, action) => `missing/${id}/${action}`;
const prompts = ['in_care', 'exploitation'];

/** Before: the last absence was graded HIGH, with the same that is so of him. */
async function theLastTime(world, someone) {
  const coordinator = await someone('hart@', 'missing-response');
  const episode = await report(coordinator, `${world.base}/missing/report`, 'Lee', { last_seen_at: '2026-05-11 08:00', worried: 'He did not come to school', authority: 'Harbourne Borough' });
  const child = (await coordinator.getAttribute('main a[href^="/children/"]', 'href')).split('/')[2];
  await grade(coordinator, world, idIn(episode), 'high', 'A man waits for him at the station', prompts);
  await comesBack(coordinator, world, idIn(episode), { returned_at: '2026-05-11 12:00', found_where: 'Harbourne station', found_distance: 'under_5', safe_to_tell: 'yes', considered: 'not_referred' });
  return { coordinator, child };
}

/** Monday: placed in Saltby in an emergency. The authority and the police of the area are told, each acknowledges for itself, and
 * the home keeps a profile. */
async function placed(world, child, someone, clock, look) {
  const manager = await someone('teal@', 'safeguarding-response');
  await manager.goto(`${world.base}/allocations/new`);
  await enter(manager, { child, staff_name: 'ames@harbourne.example' });
  await submit(manager, 'Allocate the child');
  const worker = await someone('ames@', 'safeguarding-response');
  await worker.goto(`${world.base}/children/${child}`);
  await worker.click('a:has-text("Tell of a placement out of the area")');
  await enter(worker, {
    kind: 'emergency', starts_at: '2026-05-11 13:00', home: 'childrens_home', host_authority: 'Saltby Council', where: 'Saltby Harbour House, Quay Street', worker: 'Lou Ames, 01632 960008',
    out_of_hours: 'Harbourne emergency duty team, 01632 960007', history: 'Missing four times since January, twice found at Tarn Junction', avoid: 'Adult C, who drives a blue van',
  });
  await submit(worker, 'Tell them');
  await says(worker, ['Host police not confirmed', '18 May 2026'], 'the notice does not say by when it is acknowledged');
  await look(worker, 'three-forces-placement');
  await worker.goto(`${world.base}/profiles/new`);
  await enter(worker, {
    child, name_given: 'Lee Sample', given_by: 'social_worker', is_in_care: 'yes', home: 'Saltby Harbour House', contact: '01632 960018', looks: 'Tall, a black jacket and a red cap', look_first: 'Tarn Junction station', health: 'none',
    staff_name: 'orme@saltby.example', told: 'agrees', child_view: 'text me first', child_view_language: 'English',
  });
  await submit(worker, 'Open the profile');
  await says(worker, 'text me first', 'the profile is not opened');
  await clock.until('2026-05-12T09:00:00Z');
  const police = await someone('rook@', 'missing-response');
  await police.goto(`${world.base}/placements`);
  await police.click('main a:has-text("Lee")');
  await police.click('main a:has-text("Acknowledge it")');
  await enter(police, { 'acknowledged-action': 'Officers of Saltby know the home' });
  await submit(police, 'Acknowledge it');
  return { manager, worker, police };
}

/** Tuesday, 20:05: the home reports him, and his profile goes with it. MEDIUM needs to say what is different from the last time;
 * his social worker objects; HIGH. */
async function missing(world, { worker, police }, someone, clock, look) {
  await clock.until('2026-05-12T19:05:00Z');
  const carer = await someone('orme@', 'missing-response', 375);
  await carer.goto(`${world.base}/missing/report`);
  await says(carer, 'Your profile goes with the report');
  await carer.check('main label:has-text("Lee")');
  await enter(carer, { last_seen_at: '2026-05-12 19:30', worried: 'He had a new telephone and would not say from whom', company: 'Sky, 14, from his school', force: 'Eastvale Constabulary' });
  await submit(carer, 'Send the report now');
  await look(carer, 'three-forces-report-of-the-home');
  const officer = await someone('vale@', 'missing-response', 375);
  await officer.goto(`${world.base}/missing`);
  await officer.click('main a:has-text("Lee")');
  const lee = officer.url().split('?')[0];
  await says(officer, ['Eastvale Constabulary', 'Tall, a black jacket and a red cap', 'Confirmed at11 May 2026'], 'the profile does not open with the report');
  await grade(officer, world, idIn(lee), 'medium', 'He rang the home an hour ago', prompts);
  await says(officer, 'Say what is different now', 'a lower level with the same reasons is taken without a word');
  await look(officer, 'three-forces-what-is-different');
  await enter(officer, { 'grades-lower_because': 'He rang the home and said where he is' });
  await submit(officer, 'Say how high the risk is');
  await says(officer, 'Medium');

  await clock.until('2026-05-12T20:00:00Z');
  await act(worker, world, episodeOf(idIn(lee), 'add'), { 'news-kind': 'objection', 'news-words': 'The same was so on Monday and it was high' }, 'Add what is new');
  await officer.goto(lee);
  await says(officer, 'The same was so on Monday and it was high', 'whoever leads does not read the objection');
  await clock.until('2026-05-12T20:10:00Z');
  const inspector = await someone('doyle@', 'missing-response');
  await grade(inspector, world, idIn(lee), 'high', 'His social worker knows him, and nothing is better than on Monday', prompts);
  await says(inspector, ['High', 'A supervisor reviews a high risk, first']);
  await look(inspector, 'three-forces-high');

  // Sky, who is with him: an episode, a level and later an interview of her own.
  await officer.goto(`${world.base}/cases/${episodeOf(idIn(lee), 'link')}`);
  await officer.click('a:has-text("report them missing")');
  const sky = await report(officer, officer.url(), 'Sky', { last_seen_at: '2026-05-12 18:00', worried: 'Her mother says that she went with Lee', 'linked-sure': 'seen', authority: 'Saltby Council' });
  await grade(officer, world, idIn(sky), 'medium', 'First time, and with somebody whom she knows', ['first_time']);
  await says(officer, ['Missing with them', 'Lee', 'Medium']);
  must((await police.goto(lee)).status() === 200 && (await text(police)).includes('Sky'), 'the first episode does not show the link');
  return { officer, inspector, carer, lee, sky };
}

/** Wednesday, 01:30: at Tarn Junction. The lead is offered, and moves when it is accepted; at no moment does nobody lead, or two. */
async function acrossTheBorder(world, { officer, police, lee, sky }, someone, clock, look) {
  const tarnside = await someone('holt@', 'missing-response');
  must((await tarnside.goto(lee)).status() === 404, 'a force that does not look for the child sees the episode');
  await clock.until('2026-05-13T00:30:00Z');
  for (const episode of [lee, sky]) await act(officer, world, episodeOf(idIn(episode), 'locate'), { located_at: '2026-05-13 01:30', located_how: 'other_area', located_where: 'Tarn Junction' }, 'The child is found or heard of, and not seen yet');
  await clock.until('2026-05-13T00:35:00Z');
  for (const episode of [lee, sky]) {
    await act(officer, world, episodeOf(idIn(episode), 'offer_to_force'), { offered_to: 'Tarnside Police', offer_because: 'Both were seen at Tarn Junction' }, 'Offer the lead to another force');
    await says(officer, 'until it accepts, Eastvale Constabulary leads');
  }
  await clock.until('2026-05-13T00:50:00Z');
  for (const episode of [lee, sky]) {
    await tarnside.goto(episode);
    await says(tarnside, 'until it accepts, Eastvale Constabulary leads', 'before it is accepted');
    await act(tarnside, world, episodeOf(idIn(episode), 'take_over'), {}, 'Take the lead for our force');
    await says(tarnside, 'From Eastvale Constabulary to Tarnside Police');
    await saysNot(tarnside, 'until it accepts', 'after it is accepted');
  }
  await look(tarnside, 'three-forces-handed-over');

  // "National count: 2 episodes, 2 children, no duplicates": each once on the board of every force that looks for them; and where
  // counts of all forces are told, two children are held back, not counted twice.
  for (const page of [police, tarnside]) {
    await page.goto(`${world.base}/missing`);
    for (const child of ['Lee', 'Sky']) must((await page.$$(`main table:has(caption:has-text("Missing now")) a:has-text("${child}")`)).length === 1, `${child} stands not once on a board`);
  }
  await tarnside.goto(`${world.base}/missing/national`);
  await says(tarnside, ['Tarnside Police', 'held back']);
  await saysNot(tarnside, ['Lee', 'Sky'], 'a count names a child');
  await look(tarnside, 'three-forces-national');

  // 02:20 with Adult C in a car; 03:40 in a place of safety.
  await clock.until('2026-05-13T01:20:00Z');
  for (const episode of [lee, sky])
    await act(tarnside, world, episodeOf(idIn(episode), 'add'), { 'companions-who': 'Adult C, in a car', 'companions-age': 'adult', 'companions-relation': 'unrelated', 'companions-sure': 'seen', 'news-kind': 'sighting', 'news-words': 'Both in a car with Adult C at 02:20' }, 'Add what is new');
  await clock.until('2026-05-13T02:45:00Z');
  for (const episode of [lee, sky]) {
    await comesBack(tarnside, world, idIn(episode), { returned_at: '2026-05-13 03:40' });
    await says(tarnside, 'Do not tell the parent or carer where the child is');
  }
  await look(tarnside, 'three-forces-back');
  return tarnside;
}

/** Due on Saturday at 03:40: Harbourne owns Lee's, held by agreement by somebody in Saltby; Saltby owns Sky's. */
async function twoInterviews(world, someone, clock, look) {
  const provider = await someone('storey@', 'missing-response');
  const desks = [['Lee', await someone('marsh@', 'safeguarding-response')], ['Sky', await someone('drew@', 'safeguarding-response')]];
  const ids = [];
  for (const [child, desk] of desks) {
    ids.push(await interviewOf(world, desk, child));
    await says(desk, '16 May 2026 at 03:40 BST', `the interview of ${child} is not due after 72 hours`);
    await look(desk, `three-forces-interview-of-${child.toLowerCase()}`);
    await passInterview(world, desk, ids.at(-1), 'storey@saltby.example');
    await offerInterview(world, provider, ids.at(-1), { offered_at: '2026-05-13 03:45', by: 'Kim Storey', answer: 'yes' });
  }
  for (const [other, id] of [[desks[1][1], ids[0]], [desks[0][1], ids[1]]]) must((await other.goto(`${world.base}/interviews/${id}`)).status() === 404, 'an authority reads the interview of the other');
  await clock.until('2026-05-14T15:30:00Z');
  for (const id of ids) {
    await holdInterview(world, provider, id, { held_at: '2026-05-14 16:00', held_by: 'Kim Storey', words: 'he said he would drive us home' });
    await addItem(world, provider, id, { words: 'A man drives them', category: 'person', decision: 'police', sanitised: 'An adult with a car may wait at Tarn Junction' });
    await shareItems(world, provider, id);
  }
  return ids;
}

/** Host authority late: on Wednesday 20 May, two days after it was due; the manager of the home authority hears of it before. */
async function theLateOne(world, { manager, worker }, someone, clock, look) {
  await clock.until('2026-05-18T23:05:00Z');
  await manager.goto(`${world.base}/notices`);
  await says(manager, 'Whoever is told of an emergency placement acknowledges: the time is up', 'the manager of the home authority is not told');
  await look(manager, 'three-forces-late');
  await clock.until('2026-05-20T08:00:00Z');
  const host = await someone('drew@', 'safeguarding-response');
  await host.goto(`${world.base}/placements`);
  await host.click('main a:has-text("Lee")');
  await host.click('main a:has-text("Acknowledge it")');
  await enter(host, { 'acknowledged-action': 'A worker of Saltby rings the home' });
  await submit(host, 'Acknowledge it');
  await worker.goto(`${world.base}/placements`);
  await saysNot(worker, 'Host police not confirmed');
  await worker.click('main a:has-text("Lee")');
  await says(worker, '20 May 2026', 'it is not said when the host authority acknowledged');
  await look(worker, 'three-forces-acknowledged-late');
}

export async function playAcrossThreeForces(browser, binary, scripts) {
  await inASmallWorld(browser, binary, scripts, begins, ['byte@', 'missing-response'], async (told) => {
    const { world, someone, clock, look } = told;
    const { coordinator, child } = await theLastTime(world, someone);
    const home = await placed(world, child, someone, clock, look);
    const search = { ...home, ...await missing(world, home, someone, clock, look) };
    await acrossTheBorder(world, search, someone, clock, look);
    const [interview] = await twoInterviews(world, someone, clock, look);
    await search.police.goto(`${world.base}/interviews/${interview}`);

    // "Placement review receives where found, with whom": the social worker reads it on the episode, one timeline with no gap.
    await home.worker.goto(search.lee);
    await says(home.worker, ['Tarn Junction, in a car', 'Adult C, in a car', 'From Eastvale Constabulary to Tarnside Police'], 'the social worker of the placement does not read');
    await look(home.worker, 'three-forces-as-the-social-worker-reads-it');
    await coordinator.goto(search.lee);
    await says(coordinator, ['Eastvale Constabulary', 'Tarnside Police'], 'the force of the child\'s home does not read who led');
    await theLateOne(world, home, someone, clock, look);
    await theNetworkMeets({ ...told, worker: home.worker, child });
  });
}
