// The one place that knows where the templates come from.
export { html, svg, render, nothing } from '/vendor/lit-html/lit-html.js';
export { repeat } from '/vendor/lit-html/directives/repeat.js';
export { live } from '/vendor/lit-html/directives/live.js';
export { keyed } from '/vendor/lit-html/directives/keyed.js';
export { ref } from '/vendor/lit-html/directives/ref.js';
