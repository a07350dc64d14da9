// What the agent can do. Each sends a command and tells a refusal; the page changes when the server says so.
import { announce } from '../announcer.js';
import { tellRefusal, toast } from '../toasts.js';
import { confirmed } from '../dialog.js';
import { loadDirectory, loadLists } from '../directory.js';
import { openDeviceCheck } from './device-check.js';
import { focusUnlessBusy } from './attention.js';
import { dropDrafts, emptyRow, keepDraft, readDraft } from './drafts.js';
import { contactInHand } from './model.js';
import { mostInquiries } from './wrap-up-view.js';

const emptyTransfer = () => ({ to: 'queue', mode: 'warm', queue: '', agent: '', number: '', error: '' });

/// @param app the page: `desk`, `ui`, `line`, `phone`, `directory`, `draw()`, `leave()`
export function actions(app) {
  const { ui } = app;
  const current = () => contactInHand(app.desk);

  async function command(type, fields, after) {
    ui.busy = true;
    app.draw();
    try {
      await app.line.command(type, fields);
      after?.();
      return true;
    } catch (refusal) {
      tellRefusal(refusal);
      return false;
    } finally {
      ui.busy = false;
      app.draw();
    }
  }

  const onContact = (type, fields = {}) => {
    const contact = current();
    return contact ? command(type, { contactId: contact.contactId, ...fields }) : false;
  };

  const isBusy = () => ['reserved', 'on-contact', 'wrap-up'].includes(app.desk.state?.state);

  return {
    async ready() {
      const later = isBusy();
      if (await command('set-state', { state: 'ready' })) ui.wish = later ? 'ready' : '';
      app.draw();
    },
    async notReady(event) {
      event.preventDefault();
      const reason = event.target.elements.reason.value;
      const later = isBusy();
      if (await command('set-state', { state: 'not-ready', reason })) ui.wish = later ? `not ready (${reason})` : '';
      app.draw();
    },
    accept: offer => answer('accept-offer', offer),
    reject: offer => answer('reject-offer', offer),
    hold: () => onContact('hold'),
    unhold: () => onContact('unhold'),
    hangUp: () => onContact('hang-up'),
    markVerified: () => onContact('mark-verified'),
    mute() {
      const muted = !app.phone.call?.muted;
      app.phone.setMuted(muted);
      announce(muted ? 'Muted' : 'Not muted');
    },
    keypad() {
      ui.keypad = !ui.keypad;
      ui.sentDigits = '';
      app.draw();
    },
    digit(digit) {
      app.phone.sendDigit(digit);
      ui.sentDigits = (ui.sentDigits + digit).slice(-40);
      app.draw();
    },
    async transferPanel() {
      ui.transfer = ui.transfer ? null : emptyTransfer();
      app.draw();
      if (!ui.transfer) {
        document.getElementById('transfer')?.focus();
        return;
      }
      requestAnimationFrame(() => document.querySelector('#transfer-panel input[name="to"]:checked')?.focus());
      app.directory = await loadDirectory(app.directory);
      app.draw();
    },
    async transferField(change) {
      Object.assign(ui.transfer, change, { error: '' });
      app.draw();
      if (change.to !== 'agent') return;
      // Who is there changes by the minute.
      app.directory = await loadDirectory(app.directory);
      app.draw();
    },
    async transfer(event) {
      event.preventDefault();
      const { to, mode } = ui.transfer;
      const target = ui.transfer[to].trim();
      if (!target) {
        ui.transfer.error = { queue: 'Choose a queue.', agent: 'Choose a colleague.', number: 'Type a number.' }[to];
        app.draw();
        document.getElementById(`target-${to}`)?.focus();
        return;
      }
      const contact = current();
      if (!contact) return;
      ui.busy = true;
      app.draw();
      try {
        await app.line.command('transfer', { contactId: contact.contactId, to: { [to]: target }, mode: to === 'number' ? 'cold' : mode });
        ui.transfer = null;
        if (mode === 'cold' || to === 'number') announce('Transferred.');
      } catch (refusal) {
        if (ui.transfer) ui.transfer.error = refusal.message;
        else tellRefusal(refusal);
        announce(refusal.message);
      } finally {
        ui.busy = false;
        app.draw();
      }
      if (ui.transfer) document.getElementById(`target-${to}`)?.focus();
    },
    completeTransfer: () => onContact('complete-transfer'),
    async cancelTransfer() {
      if (await onContact('cancel-transfer')) focusUnlessBusy('call-title');
    },
    inquiryField(key, change) {
      ui.draft = ui.draft.map(row => (row.key === key ? { ...row, ...change } : row));
      if (change.inquiry) ui.wrapUpErrors = ui.wrapUpErrors.filter(error => error.field !== `inquiry-${key}-what`);
      keepDraft(ui.draftOf, ui.draft);
      app.draw();
    },
    addInquiry() {
      if (ui.draft.length >= mostInquiries) return;
      const row = emptyRow();
      ui.draft = [...ui.draft, row];
      keepDraft(ui.draftOf, ui.draft);
      app.draw();
      requestAnimationFrame(() => document.getElementById(`inquiry-${row.key}-what`)?.focus());
    },
    removeInquiry(key) {
      ui.draft = ui.draft.filter(row => row.key !== key);
      keepDraft(ui.draftOf, ui.draft);
      app.draw();
      announce('Removed.');
      requestAnimationFrame(() => document.getElementById('add-inquiry')?.focus());
    },
    async completeWrapUp(event) {
      event.preventDefault();
      const contact = current();
      if (!contact) return;
      const { errors, inquiries } = readDraft(ui.draft);
      ui.wrapUpErrors = errors;
      app.draw();
      if (errors.length) {
        document.getElementById('wrap-up-errors')?.focus();
        return;
      }
      await command('complete-wrap-up', { contactId: contact.contactId, inquiries });
    },
    async loadLists() {
      app.lists = await loadLists();
      app.draw();
    },
    checkDevices: () => openDeviceCheck(app.phone),
    takePhone: () => app.phone.takeOver(),
    async signOut() {
      if (current()) {
        toast('A contact is still yours. End it and complete its wrap-up, then sign out.');
        return;
      }
      const yes = await confirmed({ title: 'Sign out?', text: 'You are signed out in all tabs. Today’s list and unsent text are gone then.', yes: 'Sign out' });
      if (!yes) return;
      if (app.line.state !== 'open' || (await command('sign-out', {}))) {
        dropDrafts();
        app.leave('You are signed out.');
      }
    },
  };

  async function answer(type, offer) {
    if (ui.answering.has(offer.offerId)) return;
    ui.answering.add(offer.offerId);
    app.draw();
    try {
      await app.line.command(type, { offerId: offer.offerId });
    } catch (refusal) {
      ui.answering.delete(offer.offerId);
      tellRefusal(refusal);
      app.draw();
    }
  }
}
