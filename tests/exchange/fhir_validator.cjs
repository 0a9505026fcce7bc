// Reads bundles, one path a line on standard input, and answers each with its faults as one line of JSON.
"use strict";

const fs = require("node:fs");
const readline = require("node:readline");
const { Fhir } = require("fhir");

const OPTIONS = { errorOnUnexpected: true };
const judge = new Fhir();

function faults(path) {
  let bundle;
  try {
    bundle = JSON.parse(fs.readFileSync(path, "utf8"));
  } catch (fault) {
    return [`it is no JSON: ${fault.message}`];
  }
  return judge
    .validate(bundle, OPTIONS)
    .messages.filter((said) => said.severity === "error" || said.severity === "fatal")
    .map((said) => `${said.location}: ${said.message}`);
}

readline.createInterface({ input: process.stdin }).on("line", (path) => {
  process.stdout.write(`${JSON.stringify(faults(path))}\n`);
});
