// Every browser story, with scripts on and with scripts off; closes with the figure of what was looked at.
import { axe, faults, seen } from './gestures.mjs';
import { playAcrossThreeForces } from './across_three_forces.mjs';
import { playBoards } from './boards.mjs';
import { playCalls } from './calls.mjs';
import { playEnrolment } from './enrolment.mjs';
import { playFarFromHome } from './far_from_home.mjs';
import { playInWelsh } from './in_welsh.mjs';
import { playMatching } from './matching.mjs';
import { playMeetings } from './meetings.mjs';
import { playMissing } from './missing.mjs';
import { playObservations } from './observations.mjs';
import { playPatterns } from './patterns.mjs';
import { playProtection } from './protection.mjs';
import { playSearch } from './search.mjs';
import { playTheNight } from './story.mjs';
import { playToldOnce } from './told_once.mjs';
import { startBrowser } from './world.mjs';

const binary = process.argv[2];
const stories = { playTheNight, playToldOnce, playEnrolment, playProtection, playSearch, playMatching, playObservations, playMissing, playPatterns, playBoards, playCalls, playFarFromHome, playAcrossThreeForces, playInWelsh, playMeetings };
const named = process.argv.slice(3); // none: all of them
const browser = await startBrowser();
try {
  for (const play of named.length ? named.map((name) => stories[name]) : Object.values(stories))
    for (const scripts of [true, false]) await play(browser, binary, scripts);
} catch (error) {
  faults.push(error.stack);
} finally {
  await browser.close();
}
for (const fault of faults) console.log(fault);
console.log(`figure: ${seen.size} pages, ${axe.runs} axe runs, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
