// The steps of a return home interview, for every story in which one is held.
import { act, idIn } from './forms.mjs';
import { text } from './gestures.mjs';
import { must } from './world.mjs';

/** The interview of that child on the list of whoever looks; gives its id. */
export async function interviewOf(world, page, child) {
  await page.goto(`${world.base}/interviews`);
  await page.click(`main a:has-text("${child}")`);
  return idIn(page.url());
}

const form = (interview, action) => `return-interview/${interview}/${action}`;

export async function passInterview(world, desk, interview, to) {
  await act(desk, world, form(interview, 'pass'), { staff_name: to }, 'Pass it to whoever goes to the child');
}

/** One offer, with what the child says to it. */
export async function offerInterview(world, worker, interview, { offered_at, by, way = 'in_person', language = 'English', answer, child_words = '', ...more }) {
  const values = { offered_at, by, way, language, answer, child_words, ...more };
  await act(worker, world, form(interview, 'offer'), Object.fromEntries(Object.entries(values).map(([name, value]) => [`offers-${name}`, value])), 'Write down an offer');
}

export async function holdInterview(world, worker, interview, { held_at, held_where = 'A bench by the harbour', held_by, words, language = 'English', translation = '', do_not_tell = '', ...more }) {
  await act(worker, world, form(interview, 'hold'), { held_at, held_where, held_by, independence: 'trusted', seen_alone: 'yes', crime_told: 'no', 'child_said-words': words, 'child_said-language': language, 'child_said-translation': translation, do_not_tell, ...more }, 'Write down the interview');
}

export async function addItem(world, worker, interview, { words, category, decision, child_view = 'agrees', sanitised = '', because = '' }) {
  await act(worker, world, form(interview, 'add_item'), { 'items-words': words, 'items-category': category, 'items-decision': decision, 'items-child_view': child_view, 'items-sanitised': sanitised, 'items-because': because }, 'Write down one thing');
}

export async function shareItems(world, worker, interview) {
  await act(worker, world, form(interview, 'share'), {}, 'Share what is to be shared');
}

/** A receiver says what they do because of it. */
export async function acknowledgeItems(world, reader, interview, action) {
  await act(reader, world, form(interview, 'acknowledge'), { 'acknowledged-action': action }, 'Say that you read it');
  must((await text(reader)).includes(action), 'what is done because of it is not on record');
}

