// Draws the agent's attention to what happened: title, notification, focus, words for screen readers. Never sound alone.
import { announce, announceNow } from '../announcer.js';
import { agentStates, language, named, reason, span, stateOf } from '../words.js';
import { contactInHand, pendingOffer } from './model.js';

const calm = matchMedia('(prefers-reduced-motion: reduce)');
let notification = null;

/// Asked once, by the device check: browsers want a person's click for it.
export async function allowNotifications() {
  if (!('Notification' in window)) return 'denied';
  return Notification.permission === 'default' ? Notification.requestPermission() : Notification.permission;
}

export function tell(happened, { desk, answered }) {
  for (const one of happened) {
    if (one.what === 'offer') tellOffer(one, desk);
    else if (one.what === 'offer-ended') tellOfferEnd(one, answered);
    else if (one.what === 'state') tellState(one);
    else if (one.what === 'contact') tellContact(one);
    else if (one.what === 'device' && !one.device.reachable) announceNow(`Your phone cannot be reached: ${one.device.why ?? 'the switch does not say why'}.`);
  }
}

function tellOffer({ offer, contact }) {
  const what = `${language(contact.language)}, ${named('queue', contact.need ?? contact.queue)}`;
  announceNow(`Offer: ${what}. Waited ${span(contact.waitedMs)}. You have ${span(offer.lastsMs)} to answer.`);
  focusUnlessBusy('offer-title');
  if (document.visibilityState === 'visible' && document.hasFocus()) return;
  if ('Notification' in window && Notification.permission === 'granted') {
    // No number and no need: notifications are seen by who stands by, and kept by the system.
    notification = new Notification('A contact is offered to you', { body: language(contact.language), tag: 'helpline-offer', requireInteraction: true });
    notification.addEventListener('click', () => {
      window.focus();
      notification?.close();
    });
  }
}

function tellOfferEnd({ outcome, offer }, answered) {
  notification?.close();
  notification = null;
  const words = {
    accepted: answered.has(offer.offerId) ? 'Accepted.' : 'Accepted in another tab.',
    rejected: answered.has(offer.offerId) ? 'Rejected.' : 'Rejected in another tab.',
    'timed-out': 'The offer was not answered in time and went on.',
    rescinded: 'The offer was taken back: the caller hung up, or the connection was lost.',
  };
  announceNow(words[outcome] ?? 'The offer is over.');
  // What had the focus is gone with the offer.
  setTimeout(() => document.activeElement === document.body && document.getElementById('main')?.focus());
}

function tellState({ state, reason: why, before }) {
  if (!before || state === 'reserved') return;
  announce(`You are now ${stateOf(agentStates, state).word.toLowerCase()}${why ? ` because ${reason(why)}` : ''}.`);
}

function tellContact({ contact, before }) {
  if (contact.transfer && contact.transfer.outcome !== before?.transfer?.outcome) announce(transferWords(contact.transfer));
  if (contact.consult?.state === 'talking' && before?.consult && before.consult.state !== 'talking') announce('Your colleague is on the line.');
  if (before?.state === contact.state && Boolean(before?.consult) === Boolean(contact.consult)) return;
  if (contact.consult && !before?.consult) {
    announce('The colleague is being called. The caller is on hold.');
    focusUnlessBusy('consult-title');
    return;
  }
  const words = {
    connecting: 'Connecting.',
    talking: contact.consultOf ? 'You talk with a colleague.' : 'You talk with the caller.',
    held: 'The caller is on hold.',
    'wrap-up': 'The call is over. Say what it was about.',
    ended: 'The contact is over.',
  };
  announce(words[contact.state] ?? '');
  if (contact.state === 'talking' && before?.state !== 'held') focusUnlessBusy('call-title');
  if (contact.state === 'wrap-up') focusUnlessBusy('wrap-up-title');
}

/// What became of the last try to hand the contact on.
export function transferWords({ outcome }) {
  const words = {
    transferred: 'The caller was handed on.',
    completed: 'The transfer is complete.',
    cancelled: 'You took the caller back.',
    'turned-cold': 'You left before your colleague answered: the caller goes on without you.',
    refused: 'Your colleague did not take it. The caller is still yours.',
    'device-failed': 'Your colleague’s phone could not be reached. The caller is still yours.',
    'agent-lost': 'Your colleague’s connection was lost. The caller is still yours.',
    unanswered: 'Your colleague did not answer. The caller is still yours.',
    left: 'Your colleague left. The caller is still yours.',
    'caller-left': 'The caller hung up.',
  };
  return words[outcome] ?? `The transfer ended: ${outcome.replaceAll('-', ' ')}.`;
}

/// Moves the focus to a heading, but takes nobody out of a field, a list or a dialog.
export function focusUnlessBusy(id) {
  requestAnimationFrame(() => {
    const there = document.activeElement;
    if (there?.closest?.('dialog, input, select, textarea')) return;
    document.getElementById(id)?.focus();
  });
}

/// The title says the state; during an offer it changes once a second, unless motion is unwelcome.
export function title(desk, line, now) {
  const lost = line && line.state === 'lost' ? 'Connection lost – ' : '';
  const offer = pendingOffer(desk);
  if (offer) {
    const seconds = Math.ceil(Math.max(0, offer.endsAt - now) / 1000);
    const flash = !calm.matches && seconds % 2 === 0;
    const language_ = language(desk.contacts.get(offer.contactId)?.language ?? '');
    return flash ? `🔔 ${language_} – ${seconds} s to answer` : `Offer: ${language_} – Helpline desk`;
  }
  const contact = contactInHand(desk);
  const words = { connecting: 'Connecting', talking: 'Talking', held: 'On hold', 'wrap-up': 'Wrap-up' };
  if (contact) return `${lost}${words[contact.state] ?? 'Contact'} – Helpline desk`;
  return `${lost}${desk.state ? stateOf(agentStates, desk.state.state).word : 'Sign in'} – Helpline desk`;
}
