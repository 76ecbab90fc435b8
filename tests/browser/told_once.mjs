// A shift ends in the morning, and the child is told once (S3), played through the pages in a world of its own: Kit Sample is
// detained since 03:20. Who comes cannot accept in bulk; what Kit has said is not asked again without a reason; a line that
// changes is read again, alone; and on the way out a card asks whether Kit had to repeat it.
import { codesUsed, inspect, moveClock, signIn, submit, text } from './gestures.mjs';
import { acceptEachLine } from './shift.mjs';
import { startWorld, must } from './world.mjs';

/** One press for many lines: no button does it, so the form is sent as somebody would who changed the page. */
async function acceptInBulk(page, handover) {
  const sent = await page.$$eval('form[action$="/handover/accept"]', (all) => ({
    token: all[0].querySelector('[name=form_token]').value,
    mark: all[0].querySelector('[name=mark]').value,
    lines: all.map((one) => one.querySelector('[name=line]').value),
  }));
  must(sent.lines.length >= 5, 'there are not five lines to accept');
  const body = new URLSearchParams([['form_token', sent.token], ['mark', sent.mark], ...sent.lines.map((line) => ['line', line])]);
  const response = await page.request.post(`${handover}/accept`, { data: body.toString(), maxRedirects: 0, headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: new URL(handover).origin } });
  const answer = (await response.text()).replace(/\s+/g, ' ');
  must(answer.includes('Accept each line by itself, when you have read it'), `lines are accepted in bulk: ${response.status()}`);
  await page.goto(handover);
  must(await page.locator('button:has-text("Accept")').count() === sent.lines.length, 'some line was accepted in bulk');
  must(!(await text(page)).includes('Accepted by'), 'a line stands as accepted that nobody read');
  return sent.lines.length;
}

/** The row of the page of answers on that topic. */
async function rowOf(page, custody, topic) {
  await page.goto(`${custody}/conversation`);
  return (await page.locator(`.govuk-summary-list__row:has-text("${topic}")`).first().textContent()).replace(/\s+/g, ' ');
}

/** R-D-02: an answered topic opens with who answered it and when, and asking the child takes a reason. */
async function askAgain(page, custody, topic, look, name) {
  await page.goto(`${custody}/conversation`);
  await page.click(`a:has-text("Ask again"):has-text("${topic}")`);
  const form = await text(page);
  must(form.includes('Answered already') && form.includes('Harbourne') && form.includes('2 November 2026 at 04:05 GMT'), `whoever asks about ${topic} is not shown what was answered, by whom and when`);
  await look(page, name);
  await submit(page, 'Ask the child again');
  const refused = await text(page);
  must(refused.includes('Choose why the child has to be asked again') && refused.includes('Answered already'), `${topic} is asked again without a reason, or the answer is taken away`);
  await look(page, `${name}-errors`);
}

export async function playToldOnce(browser, binary, scripts) {
  codesUsed.clear();
  const world = await startWorld(binary, 60, undefined, '2026-11-02T06:20:00Z');
  try {
    const look = async (page, name) => { if (scripts) await inspect(page, name); };
    const someone = async (who, purpose) => signIn(await browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 1280, height: 900 } }), world, who, purpose, false);

    // 06:40: the brief says what Kit needs; an aunt is asked to come.
    const hale = await someone('hale@', 'custody-safeguarding');
    await moveClock(hale, world, 20);
    await hale.goto(`${world.base}/custody`);
    await hale.click('main a:has-text("Kit Sample"), main a:has-text("Kit")');
    const custody = `${world.base}/custody/${hale.url().match(/custody\/([0-9a-f]{32})/)[1]}`;
    await hale.goto(custody);
    const brief = await text(hale);
    for (const words of ['One instruction at a time', 'No touching without warning', 'inhaler', 'no cell nearby'])
      must(brief.includes(words), `the brief does not say: ${words}`);
    await hale.goto(`${custody.replace('/custody/', '/cases/custody/')}/ask_adult`);
    await hale.fill('[name=adult_who]', 'Kit’s aunt');
    await hale.fill('[name=adult_requested_at-time]', '06:30');
    await submit(hale, 'appropriate adult');
    await hale.goto(custody);
    await submit(hale, 'Record that I have read');

    // 06:45: Sgt Hale opens the handover; Sgt Rowe accepts line by line, Officer Dunn too, and only then the child changes hands.
    await moveClock(hale, world, 5);
    const handover = `${custody}/handover`;
    await hale.goto(handover);
    await hale.check('label:has-text("Yes")');
    await submit(hale, 'Open the handover');
    must((await text(hale)).includes('A handover is open'), 'the handover did not open');
    const rowe = await someone('rowe@', 'custody-safeguarding');
    await rowe.goto(handover);
    const critical = await acceptInBulk(rowe, handover);
    must((await text(rowe)).includes('In charge of the child: Sgt Hale'), 'a bulk press moved the child');
    await moveClock(hale, world, 13);
    await rowe.goto(handover);
    must(await acceptEachLine(rowe) === critical, 'not every critical line was accepted by a press of its own');
    must((await text(rowe)).includes('In charge of the child: Sgt Hale'), 'the child changed hands before the detention officer accepted');
    must(/Accepted by Sgt Rowe at 0\d:\d\d/.test(await text(rowe)), `it is not said who accepted a line, and when: ${(await text(rowe)).match(/Accepted.{0,60}/)}`);
    await moveClock(hale, world, 3);
    const dunn = await someone('dunn@', 'custody-safeguarding');
    await dunn.goto(handover);
    must(await acceptEachLine(dunn) === critical, 'the detention officer accepts other lines');
    await rowe.goto(handover);
    must((await text(rowe)).includes('In charge of the child: Sgt Hale'), 'the child changed hands before the press');
    await submit(rowe, 'Take the child over');
    must((await text(rowe)).includes('In charge of the child: Sgt Rowe'), 'the child did not change hands');
    await rowe.goto(custody);
    must(!(await text(rowe)).includes('Record that I have read'), 'what was accepted line by line is to be read once more');

    // 07:10: Dunn asks about self-harm once more, with a reason: counted. Rowe, without one, is shown the answer and no more.
    await moveClock(hale, world, 9);
    await askAgain(dunn, custody, 'Mental health and self-harm', look, 'ask-again-answered');
    await dunn.selectOption('select[name=asked_again-reason]', 'clinical').catch(() => dunn.check('input[name=asked_again-reason][value=clinical]'));
    await dunn.fill('[name=asked_again-note]', 'A visible change: pale and shaking');
    await submit(dunn, 'Ask the child again');
    const counted = await rowOf(dunn, custody, 'Mental health and self-harm');
    must(counted.includes('Asked again once') && /07:(09|10) GMT/.test(counted) && counted.includes('detention officer: A clinical reason') && counted.includes('pale and shaking'), `asking again is not counted once, with who, when and why: ${counted}`);
    await askAgain(rowe, custody, 'Safe adults and the best appropriate adult', look, 'ask-again-family');
    must(!(await rowOf(rowe, custody, 'Safe adults')).includes('Asked again'), 'a question without a reason is counted');
    must(((await text(rowe)).match(/Asked again (once|\d)/g) ?? []).length === 1, 'the child was asked again once, and the page counts otherwise');

    // 07:20: the line about the inhaler changes, and that line alone is to be read again.
    await moveClock(hale, world, 10);
    const duty = await someone('marsh@', 'safeguarding-response');
    await duty.goto(`${custody}/answer`);
    await duty.fill('#answers-Q11-words', 'Asthma: the inhaler is empty, the nurse has a spare');
    await submit(duty, 'Send answers');
    await rowe.goto(custody);
    must((await text(rowe)).includes('the nurse has a spare'), 'what changed does not stand in the brief');
    await look(rowe, 'brief-one-line-changed');
    await submit(rowe, 'Record that I have read');
    must((await text(rowe)).includes('you have read 1 line: Q11'), 'more than the line that changed is to be read again');

    // On the way out: "Did you have to tell the same thing again and again?"
    await rowe.goto(`${custody}/card`);
    await rowe.click('a:has-text("Open the card")');
    const card = await rowe.textContent('main');
    must(card.includes('Did you have to tell the same thing again and again?') && !card.includes('Kit'), 'the card does not ask, or says whose it is');
    await rowe.goto(`${custody}/card`);
    await submit(rowe, 'Record that the child was given the card');
    must((await text(rowe)).includes('The child was given the card on'), 'it is not recorded that the card was given');
  } finally {
    await world.stop();
  }
}
