// The steps of a missing episode, for every story in which a child is reported.
import { act, enter, says } from './forms.mjs';
import { submit, text } from './gestures.mjs';
import { must } from './world.mjs';

/** Sends the report of a child who is on record; gives the address of the episode. */
export async function report(page, address, child, values) {
  await page.goto(address);
  await enter(page, { name_given: `${child} Sample`, ...values });
  await submit(page, 'Send the report now');
  await says(page, 'Is it one of these children?');
  await page.check(`main label:has-text("${child} Sample")`);
  await submit(page, 'Send the report now');
  must(/\/missing\/[0-9a-f]{32}/.test(page.url()), `the report is not sent: ${await text(page)}`);
  return page.url().split('?')[0];
}

/** Enters a level with its reasons, and presses the button; what comes of it is for the story to say. */
export async function grade(page, world, id, level, because, considered) {
  await page.goto(`${world.base}/cases/missing/${id}/grade`);
  await enter(page, { 'grades-level': level, 'grades-considered': considered, 'grades-because': because });
  await submit(page, 'Say how high the risk is');
}

/** The child is back; what is not said otherwise is of a night in a car with an adult. */
export async function comesBack(page, world, id, values) {
  const usual = { found_where: 'Tarn Junction, in a car', found_by: 'police', found_distance: 'over_50', return_type: 'police_protection', harm: ['not_yet_known'], considered: 'referred', considered_because: 'In a car with an adult at night', safe_to_tell: 'no' };
  await act(page, world, `missing/${id}/return`, { ...usual, ...values }, 'The child is back, or safe');
}

/** A place of the episode: from, to or found. */
export async function place(page, world, id, [role, kind, name]) {
  await act(page, world, `missing/${id}/place`, { 'places-role': role, 'places-kind': kind, 'places-name': name }, 'Save this place');
  await says(page, name, 'the place is not on the page of the episode');
}
