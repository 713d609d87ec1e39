// Prints what a Containerfile says, as one JSON object: {faults: [{line, text}], instructions: [{line, keyword, arguments}]}.
import { readFileSync } from 'node:fs';
import { DockerfileParser } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';

const text = readFileSync(process.argv[2], 'utf8');
const instructions = DockerfileParser.parse(text).getInstructions().map(one => ({
  line: one.getRange().start.line + 1,
  keyword: one.getKeyword(),
  arguments: one.getArgumentsContent() ?? '',
}));
const faults = validate(text).map(one => ({ line: one.range.start.line + 1, text: one.message }));
console.log(JSON.stringify({ faults, instructions }));
