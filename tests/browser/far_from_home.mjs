// Found far from home (scenario 1), from the form of the officer who meets the child to the interview. The numbers are those of the
// scenario's steps. Left out, because it belongs to capabilities that are not built: the referral itself and its decision (6, 8), the
// list of gaps and the agenda of a meeting (8), lines of disruption against the man and the telephone line (9). What is decided
// about a referral, and that a referral alone is no result, is here.
import { act, enter, idIn, inASmallWorld, says, saysNot } from './forms.mjs';
import { submit, text } from './gestures.mjs';
import { addItem, holdInterview, interviewOf, offerInterview, passInterview, shareItems } from './interviews.mjs';
import { must } from './world.mjs';

const begins = '2026-01-10T23:40:00Z'; // a Saturday, twenty to midnight

/** 1, 2: the form asks for place, company and distance; the page says what stands out, and grades nobody. */
async function meetJay(world, officer, look) {
  await officer.goto(`${world.base}/encounters/new`);
  await submit(officer, "Save, and tell children's services");
  await says(officer, ['Enter: Where?', 'Enter: How far from home?', 'Enter: Was somebody with the child?'], 'the form does not demand');
  await look(officer, 'far-from-home-empty');
  await enter(officer, {
    name_given: 'Jay Sample', born_given: '2011-09-19', met_precision: 'exact', kind: 'found', place: '9 Quay Row, Saltby', distance: 'over_50', lives_in: 'Harbourne', lives_elsewhere: 'yes',
    company: 'with_others', 'companions-who': 'Adult A, 27, tall, grey coat', 'companions-age': 'adult', 'companions-relation': 'unrelated', signs: ['drugs', 'phones', 'cash'],
    'seen-words': '42 wraps, three phones, £610', where_now: 'with_officers', authority: 'Harbourne Borough',
  });
  await submit(officer, "Save, and tell children's services");
  await says(officer, 'Is this one of these children?');
  await officer.check('main label:has-text("Jay Sample")');
  await submit(officer, "Save, and tell children's services");
  await says(officer, ['Found with an adult who is not related', 'More than 50 km from home', 'In the area of another force than home', 'Drugs, several phones, cash or weapons']);
  await saysNot(officer, ['high risk', 'High risk', 'medium risk', 'Medium risk', 'low risk', 'Low risk'], 'the encounter grades the child');
  // 2, 3: proposed, and decided by a person.
  await says(officer, ['Worried about criminal exploitation', 'Signs of modern slavery', 'Person of concern to children: Adult A', 'Used for exploitation: 9 Quay Row, Saltby', 'being checked']);
  await look(officer, 'far-from-home-encounter');
  return idIn(officer.url());
}

/** 3: 23:52; the home authority and the force of the child's home are told, each by a notice that leads there. */
async function whoIsTold(world, someone, look) {
  const desk = await someone('marsh@', 'safeguarding-response');
  await desk.goto(`${world.base}/notices`);
  await says(desk, ['Police met a child for whom your authority answers', 'A child can be reached now', 'A return home interview is due'], 'the duty desk of the home authority is not told');
  await look(desk, 'far-from-home-notices-of-the-desk');
  const home = await someone('hart@', 'missing-response');
  await home.goto(`${world.base}/notices`);
  await says(home, 'An absence of a child that nobody had reported', 'the force of the child\'s home is not told');
  await look(home, 'far-from-home-notices-of-the-home-force');
  // 2: the absence that nobody reported, in the hands of the force that found him, and open to both.
  const finder = await someone('rook@', 'missing-response');
  await finder.goto(`${world.base}/missing`);
  await finder.click('main a:has-text("Jay")');
  await says(finder, ['9 Quay Row, Saltby', 'Eastvale Constabulary'], 'the absence does not say');
  const episode = finder.url().split('?')[0];
  must((await home.goto(episode)).status() === 200, 'the force of the child\'s home does not see the absence');
  await look(home, 'far-from-home-absence');
  return { desk, home, finder, episode };
}

/** 5: somebody who is not of the police offers support in person; it is accepted; they meet in time. */
async function supportIsAccepted(world, desk, someone, clock, look) {
  await desk.goto(`${world.base}/offers`);
  await desk.click('main a:has-text("Jay")');
  const offer = desk.url().split('?')[0];
  await says(desk, ['11 January 2026 at 23:40 GMT', '16 January 2026'], 'the offer does not say by when');
  await act(desk, world, `offer/${idIn(offer)}/pass`, { staff_name: 'reed@harbourne.example' }, 'Pass it to whoever goes to the child');
  await clock.until('2026-01-11T09:35:00Z');
  const worker = await someone('reed@', 'safeguarding-response', 375);
  // A leaflet is no support, whatever somebody would like to count.
  await worker.goto(`${world.base}/cases/offer/${idIn(offer)}/offer`);
  const made = { 'made-made_at': '2026-01-11 09:30', 'made-by': 'outreach', 'made-who': "Sol Reed, Harbourne young people's team", 'made-what': 'Somebody to talk to each week, and a lift home', 'made-answer': 'yes' };
  await enter(worker, { ...made, 'made-way': 'leaflet' });
  await submit(worker, 'Record that support was offered');
  await says(worker, 'Nobody accepts a leaflet');
  await enter(worker, { 'made-way': 'in_person' });
  await submit(worker, 'Record that support was offered');
  await says(worker, 'Support for a child, accepted');
  await clock.until('2026-01-11T14:05:00Z');
  await act(worker, world, `offer/${idIn(offer)}/meet`, { first_contact_at: '2026-01-11 14:00', first_contact_with: 'Sol Reed' }, 'Record that they have met');
  await act(worker, world, `offer/${idIn(offer)}/engage`, { support: 'Each Tuesday after school' }, 'Record what support the child has');
  // "A 2029 reader can list each offer, gap and owner."
  await worker.goto(offer);
  await says(worker, ['A youth worker', 'Each Tuesday after school', '11 January 2026 at 14:00 GMT'], 'whoever reads it later does not learn');
  await saysNot(worker, 'overdue', 'the first contact was in time');
  await look(worker, 'far-from-home-support');
}

/** 6, without the referral itself: what is decided about it has a reason, and is never the only thing that came of it. */
async function neverAReferralAlone(world, officer, encounter, look) {
  await act(officer, world, `encounter/${encounter}/consider`, { considered: 'referred', considered_because: 'Driven from town to town by others' }, 'Decide whether to refer the child');
  await officer.goto(`${world.base}/cases/encounter/${encounter}/close`);
  await enter(officer, { results: ['nrm_referred'], close_words: 'Sol Reed' });
  await submit(officer, 'Close the encounter');
  await says(officer, ['A referral brings the child nobody', 'Add first what is done about that']);
  await look(officer, 'far-from-home-referral-alone');
  // 4: the line on the debt.
  await act(officer, world, `encounter/${encounter}/add`, { debt_plan: 'Nobody asks him for it; his carers are told whom to ring' }, 'Add what is new');
  await act(officer, world, `encounter/${encounter}/close`, { results: ['nrm_referred', 'support_accepted', 'safe_place'], close_words: 'Sol Reed' }, 'Close the encounter');
}

/** 7: due 72 hours after he was found, until somebody writes down that he reached his placement on Sunday at 16:00, from which it counts
 * then. Held on Tuesday: three things, one of them shared with nobody. */
async function theInterview(world, desk, finder, episode, someone, clock, look) {
  const interview = await interviewOf(world, desk, 'Jay');
  await says(desk, '13 January 2026 at 23:40 GMT', 'the interview is not due 72 hours after he was found');
  await act(finder, world, `missing/${idIn(episode)}/reach`, { reached_at: '2026-01-11 16:00' }, 'The child reached the place where they live or stay');
  await look(finder, 'far-from-home-reached');
  await desk.goto(`${world.base}/interviews/${interview}`);
  await says(desk, '14 January 2026 at 16:00 GMT', 'the interview is not due 72 hours after he reached his placement');
  await look(desk, 'far-from-home-interview-due');
  await passInterview(world, desk, interview, 'quinn@harbourne.example');
  const worker = await someone('quinn@', 'missing-response', 375);
  await offerInterview(world, worker, interview, { offered_at: '2026-01-11 16:30', by: 'Quinn Dale', answer: 'yes', child_words: 'ok. not at the station' });
  await clock.until('2026-01-13T16:30:00Z');
  await holdInterview(world, worker, interview, { held_at: '2026-01-13 16:00', held_by: 'Quinn Dale', words: "they said I'd be home by ten" });
  await addItem(world, worker, interview, { words: 'The flat in Quay Row', category: 'place', decision: 'police', sanitised: 'A flat in Quay Row is used at night' });
  await addItem(world, worker, interview, { words: 'He needs a dentist', category: 'need', decision: 'childrens_services', sanitised: 'He needs a dentist' });
  // The third is shared with nobody, because he wishes so, and says why.
  await worker.goto(`${world.base}/cases/return-interview/${interview}/add_item`);
  await enter(worker, { 'items-words': 'The name of his friend', 'items-category': 'person', 'items-decision': 'nobody', 'items-child_view': 'does_not' });
  await submit(worker, 'Write down one thing');
  await says(worker, 'Say why you decide so');
  await enter(worker, { 'items-because': 'He asks that it stays here, and nobody is in danger' });
  await submit(worker, 'Write down one thing');
  await shareItems(world, worker, interview);
  await says(worker, ['The name of his friend', 'He asks that it stays here']);
  await look(worker, 'far-from-home-interview-shared');
  await finder.goto(`${world.base}/interviews/${interview}`);
  await says(finder, 'A flat in Quay Row is used at night');
  await saysNot(finder, ['dentist', 'friend', 'home by ten'], 'the police read what is not shared with them');
}

export async function playFarFromHome(browser, binary, scripts) {
  await inASmallWorld(browser, binary, scripts, begins, ['vale@', 'missing-response', 375], async ({ world, someone, look, clock }) => {
    const officer = clock.page;
    const encounter = await meetJay(world, officer, look);
    await clock.until('2026-01-10T23:52:00Z');
    const { desk, home, finder, episode } = await whoIsTold(world, someone, look);

    // 3, 4: police protection at 00:10, and he is in no cell; what he says at 00:15 stays as he said it, and a debt is proposed as a flag.
    await clock.until('2026-01-11T00:15:00Z');
    await act(officer, world, `encounter/${encounter}/add`, { where_now: 'police_protection', protected_at: '2026-01-11 00:10', signs: ['debt'], 'child_said-words': "they'll say I owe for it", 'child_said-setting': 'In the police car', 'child_said-language': 'English' }, 'Add what is new');
    await says(officer, ["they'll say I owe for it", 'May owe, or be told they owe', 'In police protection', '11 January 2026 at 00:10 GMT']);
    await look(officer, 'far-from-home-debt');
    await act(desk, world, `encounter/${encounter}/answer`, { next_step: 'A bed with a carer tonight', next_step_by: '2026-01-11 03:00' }, "Say what children's services do next");

    await supportIsAccepted(world, desk, someone, clock, look);
    await neverAReferralAlone(world, officer, encounter, look);
    await clock.until('2026-01-11T17:00:00Z');
    await theInterview(world, desk, finder, episode, someone, clock, look);

    // What a reader finds later: one absence, one interview, each with its owner.
    await finder.goto(episode);
    await says(finder, ['9 Quay Row, Saltby', 'Return home interview']);
    must((await home.goto(episode)).status() === 200, 'the force of the child\'s home loses the absence before 72 hours are over');
  });
}
