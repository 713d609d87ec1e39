// Prints the syntax tree of each Bicep file named, one JSON object a line: {path, faults: [{line, text}], tree}.
// A node is {type, field, line, text, children}; only named nodes count.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Language, Parser } from 'web-tree-sitter';

await Parser.init();
const require = createRequire(import.meta.url);
const parser = new Parser();
parser.setLanguage(await Language.load(require.resolve('tree-sitter-bicep/tree-sitter-bicep.wasm')));

// The grammar knows "param name type", not the "param name = value" of a parameter file, which reads like a variable.
const readable = (path, text) => path.endsWith('.bicepparam') ? text.replace(/^param (\w+) =/gm, 'var $1 =') : text;

function describe(node, field, faults) {
  if (node.isError || node.isMissing) faults.push({ line: node.startPosition.row + 1, text: node.isMissing ? `missing ${node.type}` : node.text });
  const children = [];
  for (let i = 0; i < node.childCount; i++) {
    const child = node.child(i);
    if (child.isNamed || child.isMissing) children.push(describe(child, node.fieldNameForChild(i), faults));
  }
  return { type: node.type, field, line: node.startPosition.row + 1, text: node.text, children };
}

for (const path of process.argv.slice(2)) {
  const faults = [];
  const tree = describe(parser.parse(readable(path, readFileSync(path, 'utf8'))).rootNode, null, faults);
  console.log(JSON.stringify({ path, faults, tree }));
}
