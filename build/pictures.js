// Takes the pictures of docs/images; build/pictures.sh runs it.
'use strict';
const fs = require('node:fs');
const path = require('node:path');

const [playwright, executablePath, work, images] = process.argv.slice(2);
const { chromium } = require(playwright);

// name, report, width, height, colour scheme, element to begin at
const pages = [
  ['report', 'failed', 1000, 2600, 'light', ''],
  ['report-passed', 'passed', 1000, 1500, 'light', ''],
  ['report-dark', 'passed', 1000, 1300, 'dark', ''],
  ['report-files', 'files', 1000, 1500, 'light', '#gates'],
  ['report-phone', 'failed', 390, 1700, 'light', ''],
];

const colours = { 31: '#ff6b68', 32: '#7ee787', 33: '#e3b341', 90: '#8b949e', 91: '#ff6b68', 92: '#7ee787', 93: '#e3b341' };
const indexed = { 1: colours[31], 2: colours[32], 3: colours[33], 8: colours[90], 9: colours[91], 10: colours[92], 11: colours[93] };
const escape = text => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

// What a terminal makes of the colours that the tool writes.
function terminal(text) {
  let bold = false;
  let colour = '';
  let html = '';
  for (const part of text.replace(/\r/g, '').split(/(\u001b\[[0-9;]*[A-Za-z])/)) {
    const code = /^\u001b\[([0-9;]*)m$/.exec(part);
    if (code) {
      const numbers = code[1].split(';').map(Number);
      for (let i = 0; i < numbers.length; i++) {
        const n = numbers[i];
        if (n === 0) [bold, colour] = [false, ''];
        else if (n === 1) bold = true;
        else if (n === 39) colour = '';
        else if (n === 38 && numbers[i + 1] === 5) [colour, i] = [indexed[numbers[i + 2]] ?? '', i + 2];
        else if (colours[n]) colour = colours[n];
      }
    } else if (!part.startsWith('\u001b')) {
      html += `<span style="${bold ? 'font-weight:700;' : ''}${colour ? `color:${colour}` : ''}">${escape(part)}</span>`;
    }
  }
  return html;
}

(async () => {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  for (const [name, report, width, height, colorScheme, from] of pages) {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    await page.goto('file://' + path.join(work, report + '.html'));
    const whole = await page.evaluate(() => document.documentElement.scrollHeight);
    const y = from ? await page.evaluate(f => document.querySelector(f).getBoundingClientRect().top - 16, from) : 0;
    await page.screenshot({ path: path.join(images, name + '.png'), fullPage: true, clip: { x: 0, y, width, height: Math.min(height, whole - y) } });
    await page.close();
  }

  const page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
  const printed = fs.readFileSync(path.join(work, 'check.txt'), 'utf8').trimEnd();
  await page.setContent(`<body style="margin:0;background:#16181d"><pre style="display:inline-block;margin:0;padding:24px 28px;color:#d6dae0;font:15px/1.45 'DejaVu Sans Mono',monospace"><span style="color:#7ee787">$</span> modelgate check samples/lexi\n${terminal(printed)}</pre>`);
  await page.locator('pre').screenshot({ path: path.join(images, 'check.png') });
  await browser.close();
})();
