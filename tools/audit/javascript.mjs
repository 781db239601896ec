// Reads JavaScript with acorn and reports all that it reaches: every global and the way from it, every
// property that is reached on anything, every import. tools/audit/javascript.py starts it and judges.
//
// Input (standard input): {acorn, powers, init, gate, files: [{file, text, module}]}. Output: a JSON list of
// {file, number, kind, text}; the kinds are those of tools/audit/findings.py.
import { readFileSync } from "node:fs";

const { acorn: place, powers, init, gate, files } = JSON.parse(readFileSync(0, "utf8"));
const { parse, getLineInfo } = await import(place);
const POWERS = new Set(powers);
const INIT = new Set(init);
const WHOLE = new Set("self window globalThis document location top parent frames opener".split(" "));
const SIMPLE = /^(Expression|Return|Throw|VariableDeclaration|Import|Export|Break|Continue)/;

class Scope {
  constructor(outer, isFunction) {
    Object.assign(this, { outer, isFunction, names: new Set() });
  }
  has(name) {
    return this.names.has(name) || (this.outer?.has(name) ?? false);
  }
  functionScope() {
    return this.isFunction ? this : this.outer.functionScope();
  }
}

function children(node) {
  const found = [];
  for (const [key, value] of Object.entries(node)) {
    if (key === "type") continue;
    for (const part of Array.isArray(value) ? value : [value]) {
      if (part && typeof part.type === "string") found.push(part);
    }
  }
  return found;
}

// The names that a pattern binds.
function bound(pattern) {
  if (!pattern) return [];
  if (pattern.type === "Identifier") return [pattern.name];
  if (pattern.type === "ObjectPattern") return pattern.properties.flatMap((p) => bound(p.value ?? p.argument));
  if (pattern.type === "ArrayPattern") return pattern.elements.flatMap(bound);
  if (pattern.type === "AssignmentPattern") return bound(pattern.left);
  if (pattern.type === "RestElement") return bound(pattern.argument);
  return [];
}

// Declares what a list of statements brings into a scope, `var` of nested blocks included.
function declare(nodes, scope) {
  for (const node of nodes) {
    if (node.type === "VariableDeclaration") {
      const names = node.declarations.flatMap((each) => bound(each.id));
      const where = node.kind === "var" ? scope.functionScope() : scope;
      names.forEach((name) => where.names.add(name));
    } else if (/^(Function|Class)Declaration$/.test(node.type) && node.id) {
      scope.names.add(node.id.name);
    } else if (node.type === "ImportDeclaration") {
      node.specifiers.forEach((each) => scope.names.add(each.local.name));
    } else if (/^Export/.test(node.type) && node.declaration) {
      declare([node.declaration], scope);
    }
  }
}

function hoistVars(node, scope) {
  if (/Function/.test(node.type)) return;
  if (node.type === "VariableDeclaration" && node.kind === "var") declare([node], scope);
  for (const child of children(node)) hoistVars(child, scope);
}

function read({ file, text, module }) {
  const findings = [];
  const add = (node, kind, words) => {
    findings.push({ file, number: getLineInfo(text, node.start).line, kind, text: words });
  };
  let tree;
  const comments = [];
  try {
    const sourceType = module ? "module" : "script";
    const onComment = (_block, _text, start, end) => comments.push({ start, end });
    tree = parse(text, { ecmaVersion: "latest", sourceType, onComment });
  } catch (error) {
    return [{ file, number: error.loc?.line ?? 0, kind: "refused", text: `no JavaScript: ${error.message}` }];
  }

  // A node's text without comments, the blocks inside it left out.
  const shorten = (node, end = node.end, isWhole = false) => {
    const holes = comments.map((each) => ({ ...each, words: "" }));
    const look = (inner) => {
      if (inner !== node && /^(BlockStatement|ClassBody)$/.test(inner.type)) {
        holes.push({ start: inner.start, end: inner.end, words: "{}" });
      } else children(inner).forEach(look);
    };
    if (!isWhole) look(node);
    let words = "";
    let from = node.start;
    for (const hole of holes.sort((a, b) => a.start - b.start)) {
      if (hole.start < from || hole.end > end) continue;
      words += text.slice(from, hole.start) + hole.words;
      from = hole.end;
    }
    return (words + text.slice(from, end)).replace(/\s+/g, " ").trim();
  };

  const name = (node, words, statement, kind = "words") => {
    if (POWERS.has(words)) add(node, "powers", statement);
    else add(node, kind, words);
  };
  const address = (words) => {
    const compact = words.replace(/\s+/g, "").toLowerCase().replaceAll("\\", "/");
    return /^(https?|wss?|ftp|file|javascript|vbscript):/.test(compact) || /^\/\/|:\/\//.test(compact);
  };
  const folded = (node) => {
    if (node.type === "Literal" && typeof node.value === "string") return node.value;
    if (node.type === "TemplateLiteral") {
      const parts = node.expressions.map(folded);
      if (parts.includes(undefined)) return undefined;
      return node.quasis.map((each, place) => each.value.cooked + (parts[place] ?? "")).join("");
    }
    if (node.type !== "BinaryExpression" || node.operator !== "+") return undefined;
    const [left, right] = [folded(node.left), folded(node.right)];
    return left === undefined || right === undefined ? undefined : left + right;
  };
  // The way of a member expression: its base and the names, undefined where one is computed.
  const way = (node) => {
    const names = [];
    let base = node;
    while (base.type === "MemberExpression" || base.type === "ChainExpression") {
      if (base.type === "ChainExpression") base = base.expression;
      else {
        names.unshift(base.computed ? undefined : base.property.name);
        base = base.object;
      }
    }
    return { base, names };
  };

  function walk(node, scope, statement, parent) {
    let inner = scope;
    if (node.type === "Program" || node.type === "BlockStatement" || node.type === "StaticBlock") {
      inner = new Scope(scope, node.type === "Program");
      declare(node.body, inner);
      if (node.type === "Program") hoistVars(node, inner);
    } else if (/Function/.test(node.type)) {
      inner = new Scope(scope, true);
      if (node.type === "FunctionExpression" && node.id) inner.names.add(node.id.name);
      node.params.flatMap(bound).forEach((each) => inner.names.add(each));
      if (node.type !== "ArrowFunctionExpression") inner.names.add("arguments");
      if (node.body.type === "BlockStatement") hoistVars(node.body, inner);
    } else if (/^For/.test(node.type) || node.type === "SwitchStatement") {
      inner = new Scope(scope, false);
      declare([node.init, node.left].filter(Boolean), inner);
      if (node.cases) declare(node.cases.flatMap((each) => each.consequent), inner);
    } else if (node.type === "CatchClause") {
      inner = new Scope(scope, false);
      bound(node.param).forEach((each) => inner.names.add(each));
    } else if (node.type === "ClassExpression" && node.id) {
      inner = new Scope(scope, false);
      inner.names.add(node.id.name);
    }
    if (SIMPLE.test(node.type)) statement = shorten(node);
    else if (/Statement$|^CatchClause|Declaration$/.test(node.type) && node.type !== "BlockStatement") {
      const body = node.body ?? node.consequent ?? node.block ?? node.cases?.[0];
      const end = (Array.isArray(body) ? body[0] : body)?.start ?? node.end;
      statement = shorten(node, end);
    }
    visit(node, inner, statement, parent);
    for (const child of children(node)) walk(child, inner, statement, node);
  }

  function visit(node, scope, statement, parent) {
    const isKey =
      (parent?.type === "MemberExpression" && parent.property === node && !parent.computed) ||
      (/^(Property|MethodDefinition|PropertyDefinition)$/.test(parent?.type) &&
        parent.key === node && !parent.computed && !parent.shorthand) ||
      /^(Import|Export)\w*Specifier$/.test(parent?.type) || /^(Labeled|Break|Continue)/.test(parent?.type) ||
      parent?.type === "MetaProperty";
    if (node.type === "Identifier" && !isKey && !scope.has(node.name)) {
      const heads = parent?.type === "MemberExpression" && parent.object === node;
      if (!heads && WHOLE.has(node.name)) add(node, "dynamic", statement);
      if (!heads || POWERS.has(node.name)) name(node, node.name, statement, "reach");
    } else if (node.type === "MemberExpression") {
      const { base, names } = way(node);
      const isGlobal = base.type === "Identifier" && !scope.has(base.name);
      const isOuter = !(parent?.type === "MemberExpression" && parent.object === node);
      if (node.computed) {
        const key = folded(node.property);
        const number = typeof node.property.value === "number";
        if (isGlobal && !number) add(node, "refused", statement);
        else if (key !== undefined) name(node, key, statement);
        else if (!number) add(node, "dynamic", statement);
      } else if (POWERS.has(node.property.name)) add(node, "powers", statement);
      else if (!isGlobal || names.includes(undefined)) add(node, "words", node.property.name);
      if (isGlobal && isOuter && !names.includes(undefined)) {
        add(node, "reach", [base.name, ...names].join("."));
      }
    } else if (node.type === "ObjectPattern") {
      for (const { key, computed } of node.properties.filter((each) => each.key)) {
        const words = computed ? folded(key) : (key.name ?? String(key.value));
        if (words === undefined) add(node, "dynamic", statement);
        else name(node, words, statement);
      }
    } else if (node.type === "Property" && !node.computed && parent?.type === "ObjectExpression") {
      const key = node.key.name ?? node.key.value;
      if (key === "__proto__" || INIT.has(key)) add(node, "powers", statement);
    } else if (node.type === "ImportExpression") {
      const from = folded(node.source);
      if (from === undefined || node.options) add(node, "refused", statement);
      else add(node, "imports", from);
    } else if (/^(Import|Export)/.test(node.type) && node.source) {
      add(node, "imports", node.source.value);
    } else if (node.type === "MetaProperty") {
      add(node, "reach", `${node.meta.name}.${node.property.name}`);
    } else if (node.type === "WithStatement") {
      add(node, "refused", statement);
    } else if (node.type === "ThisExpression" && parent?.type !== "MemberExpression") {
      add(node, "dynamic", statement);
    } else if (node.type === "Literal" && typeof node.value === "string" && address(node.value)) {
      add(node, "addresses", node.value);
    } else if (node.type === "TemplateElement" && address(node.value.cooked ?? "")) {
      add(node, "addresses", node.value.cooked);
    }
    const hidden = node.type === "BinaryExpression" || node.type === "TemplateLiteral" ? folded(node) : undefined;
    if (hidden !== undefined && (POWERS.has(hidden) || address(hidden))) add(node, "dynamic", statement);
  }

  walk(tree, undefined, "", undefined);
  // What decides over every request has to read as it did when it was last weighed.
  for (const node of gate[file] ? tree.body : []) {
    const names = node.declarations?.flatMap((each) => bound(each.id)) ?? [];
    if (!gate[file].some((name) => names.includes(name))) add(node, "gate", shorten(node, node.end, true));
  }
  return findings;
}

process.stdout.write(JSON.stringify(files.flatMap(read)));
