// What can be named at a place in the text: behaviours, moments, endings, states, criteria and the keys of the format.

const KEYS = {
  "": ["format", "id", "title", "language", "level", "minutes", "rubric", "assesses", "objectives", "topics",
    "content_note", "equal_alternative", "authors", "review", "sources", "unverified", "brief", "facilitator",
    "client", "start", "nodes", "endings", "debrief"],
  client: ["name", "pronouns", "age", "about", "state", "reactions", "leaves"],
  state: ["start", "min", "max", "label", "visible"],
  node: ["client", "choices", "goto", "otherwise", "discloses", "weight", "scored", "was"],
  choice: ["say", "does", "shows", "mistimed", "effects", "why", "reply", "when", "repeatable", "scored", "goto", "was"],
  line: ["when", "says", "manner", "thought"],
  ending: ["outcome", "early", "client", "summary", "was"],
};
const FIXED = {
  level: ["foundation", "intermediate", "advanced"],
  outcome: ["alliance", "progress", "stalled", "rupture", "referral"],
  early: ["true", "false"], visible: ["true", "false"], repeatable: ["true", "false"], scored: ["true", "false"],
};

export function completing(context, known) {
  if (!known) return null;
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  if (/(^|\s)#/.test(before)) return null;
  const word = context.matchBefore(/[\w-]*/);
  const path = above(context.state.doc, line);
  const here = /^\s*(?:- )?([\w-]+):\s/.exec(before);
  const options = here ? values(here[1], path, known) : item(before, path, known) ?? keys(before, path, known);
  if (!options || (!context.explicit && word.from === word.to && !here && !/^\s*- $/.test(before))) return null;
  return { from: word.from, options, validFor: /^[\w-]*$/ };
}

// The keys that a line stands under, from the outermost.
function above(doc, line) {
  const found = [];
  let indent = /^\s*(?:- )?/.exec(line.text)[0].length;
  if (line.text.trim() === "") indent = line.text.length || 1;
  for (let number = line.number - 1; number > 0 && indent > 0; number -= 1) {
    const match = /^(\s*(?:- )?)([\w-]+):/.exec(doc.line(number).text);
    if (match && match[1].length < indent) {
      found.unshift(match[2]);
      indent = match[1].length;
    }
  }
  return found;
}

const told = (type) => ([label, detail, info]) => ({ label, type, detail, info });
const plain = (type) => (label) => ({ label, type });

function values(key, path, known) {
  if (key === "shows" || key === "mistimed") return known.behaviours.map(told("constant"));
  if (key === "goto" || key === "to" || key === "otherwise") return places(known);
  if (key === "start" && path.length === 0) return known.nodes.map(told("variable"));
  if (key === "when") return conditions(known);
  if (key === "assesses" || key === "about") return path[0] === "client" ? null : known.criteria.map(plain("enum"));
  if (key === "effects") return known.states.map(plain("property"));
  return FIXED[key]?.map(plain("enum")) ?? null;
}

function item(before, path, known) {
  if (!/^\s*- [\w-]*$/.test(before)) return null;
  const under = path.at(-1);
  if (under === "shows" || under === "mistimed") return known.behaviours.map(told("constant"));
  if (under === "assesses") return known.criteria.map(plain("enum"));
  if (under === "goto" || under === "otherwise" || under === "leaves") return ["when", "to"].map(asKey);
  if (under === "client" || under === "reply") return KEYS.line.map(asKey);
  return null;
}

const asKey = (label) => ({ label, type: "keyword", apply: `${label}: ` });

function keys(before, path, known) {
  if (!/^\s*[\w-]*$/.test(before)) return null;
  if (path.length === 0) return KEYS[""].map(asKey);
  if (path[0] === "client") {
    if (path.length === 1) return KEYS.client.map(asKey);
    if (path[1] === "reactions") {
      return path.length === 2 ? known.behaviours.map(told("constant")) : known.states.map(asKey);
    }
    if (path[1] === "state") return path.length === 3 ? KEYS.state.map(asKey) : null;
  }
  if (path.at(-1) === "effects") return known.states.map(asKey);
  if (path.at(-1) === "reply" || (path.at(-1) === "client" && path.length > 1)) return KEYS.line.map(asKey);
  if (path[0] === "nodes" && path.length === 2) return KEYS.node.map(asKey);
  if (path[0] === "nodes" && path.length === 4 && path[2] === "choices") return KEYS.choice.map(asKey);
  if (path[0] === "endings" && path.length === 2) return KEYS.ending.map(asKey);
  return null;
}

function places(known) {
  return [...known.nodes.map(told("variable")), ...known.endings.map((label) => ({ label, type: "class" }))];
}

function conditions(known) {
  return [
    ...known.states.map(plain("property")),
    ...["visited()", "chose()", "showed()", "visits()", "count()", "and", "or", "not"].map(plain("function")),
    ...known.nodes.map(told("variable")),
    ...known.behaviours.map(told("constant")),
  ];
}
