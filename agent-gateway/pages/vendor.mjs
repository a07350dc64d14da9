// node vendor.mjs FOLDER: copies what browsers load of the packages in node_modules to FOLDER (served as /vendor/).
//
// Nothing is bundled or compiled. The one thing changed in a module is the name of another package in an import
// ('lit-html'), which a browser could only follow with an import map: it becomes the address the file is served at.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

// Package, what is wanted of it (files or folders), what is not.
const wanted = [
  { name: 'lit', take: ['index.js', 'html.js', 'static-html.js', 'async-directive.js', 'directive.js',
    'directive-helpers.js', 'decorators.js', 'directives', 'decorators'] },
  { name: 'lit-element', take: ['index.js', 'lit-element.js', 'decorators.js', 'decorators'] },
  { name: 'lit-html', take: ['lit-html.js', 'is-server.js', 'static.js', 'async-directive.js', 'directive.js',
    'directive-helpers.js', 'directives'] },
  { name: '@lit/reactive-element', take: ['reactive-element.js', 'css-tag.js', 'reactive-controller.js',
    'decorators.js', 'decorators'] },
  { name: 'sip.js', take: ['lib'] },
  { name: 'uplot', take: ['dist/uPlot.esm.js', 'dist/uPlot.min.css'] },
];

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, 'node_modules');
const target = process.argv[2];
if (process.argv.length !== 3) throw new Error('one argument is needed: the folder to write');

// 'lit-html' and 'lit-html/directive.js' to the files that their packages name in "exports".
function addressOf(specifier) {
  const parts = specifier.split('/');
  const name = specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
  if (!wanted.some(entry => entry.name === name)) throw new Error(`no browser gets the package of ${specifier}`);
  const rest = specifier.slice(name.length);
  const described = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8'));
  const file = fileOf(described.exports?.[`.${rest}`]) ?? (rest ? `.${rest}` : `./${described.module ?? described.main}`);
  return `/vendor/${name}/${file.slice(2)}`;
}

// Of the conditions in "exports" the one for a browser in production.
function fileOf(conditions) {
  if (conditions === undefined || typeof conditions === 'string') return conditions;
  return fileOf(conditions.browser ?? conditions.default);
}

const imports = /((?:\bfrom|\bimport)\s*\(?\s*)(["'])(@?[a-z][\w@./-]*)\2/g;
let copied = 0;

function copy(from, to) {
  if (statSync(from).isDirectory()) {
    for (const entry of readdirSync(from)) copy(join(from, entry), join(to, entry));
    return;
  }
  if (!/\.(js|css)$/.test(from)) return;
  mkdirSync(dirname(to), { recursive: true });
  let text = readFileSync(from, 'utf8').replace(/\n?\/\/# sourceMappingURL=.*\n?$/, '\n');
  if (from.endsWith('.js')) {
    text = text.replace(imports, (_, before, quote, specifier) => `${before}${quote}${addressOf(specifier)}${quote}`);
  }
  writeFileSync(to, text);
  copied++;
}

rmSync(target, { recursive: true, force: true });
for (const { name, take } of wanted) {
  const from = join(modules, name);
  const to = join(target, ...name.split('/'));
  for (const entry of take) copy(join(from, entry), join(to, entry));
  const licence = readdirSync(from).find(file => /^licen[cs]e/i.test(file));
  if (!licence) throw new Error(`${name} has no licence file`);
  cpSync(join(from, licence), join(to, licence));
}

// An address that leads nowhere would be found by a user otherwise.
for (const file of readdirSync(target, { recursive: true }).map(entry => join(target, entry))) {
  if (!file.endsWith('.js') || statSync(file).isDirectory()) continue;
  for (const [, , , specifier] of readFileSync(file, 'utf8').matchAll(/((?:\bfrom|\bimport)\s*\(?\s*)(["'])([./][\w@./-]*)\2/g)) {
    const led = specifier.startsWith('/vendor/') ? join(target, specifier.slice('/vendor/'.length)) : join(dirname(file), specifier);
    if (!existsSync(led)) throw new Error(`${relative(target, file).split(sep).join('/')} imports ${specifier}, which was not copied`);
  }
}
console.log(`${copied} files for /vendor/`);
