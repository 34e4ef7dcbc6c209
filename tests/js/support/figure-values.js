/** Reads cases as JSON from standard input and writes the values of their figures, for the test that compares with Python. */

import { readFileSync } from "node:fs";
import { figureValue } from "../../../static/js/metrics.js";

const cases = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(cases.map(({ key, parts, window, now }) => figureValue(key, parts, { window, now }))));
