// Passkeys: a form is sent with what the browser has made or signed for this site. Without this script, or in a browser
// that has none, the buttons stay hidden, and there is the passphrase.
"use strict";

{
  const decode = (text) => Uint8Array.from(
    atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  const encode = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

  const ask = {
    create: (options) => navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: decode(options.challenge),
        user: { ...options.user, id: decode(options.user.id) },
        excludeCredentials: (options.excludeCredentials ?? []).map((each) => ({ ...each, id: decode(each.id) })),
      },
    }),
    get: (options) => navigator.credentials.get({ publicKey: { ...options, challenge: decode(options.challenge) } }),
  };

  const written = ({ id, type, response }) => {
    const members = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
      if (response[name]) members[name] = encode(response[name]);
    return JSON.stringify({ id, rawId: id, type, response: members });
  };

  for (const part of document.querySelectorAll("[data-passkey]")) {
    if (!window.PublicKeyCredential) break;
    const form = part.closest("form");
    const problem = part.querySelector("[role=alert]");
    const { passphrase, passkey } = form.elements;
    let busy = false;
    part.hidden = false;
    if (!form.querySelector("button:not([type=button])")) // Enter in a field does what the only button does
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        part.querySelector("button").click();
      });
    part.querySelector("button").addEventListener("click", async () => {
      if (busy) return;
      busy = true;
      problem.hidden = true;
      if (passphrase) passphrase.disabled = true; // it is neither asked for nor sent
      try {
        if (!form.reportValidity()) return;
        const body = new URLSearchParams(new FormData(form));
        const answer = await fetch(part.dataset.options, { method: "POST", body, redirect: "manual" });
        // what is wrong with the form, or the visitor, is told by the page that it leads to
        if (answer.ok) passkey.value = written(await ask[part.dataset.passkey]((await answer.json()).publicKey));
        form.submit();
      } catch {
        problem.hidden = false;
      } finally {
        passkey.value = "";
        if (passphrase) passphrase.disabled = false;
        busy = false;
      }
    });
  }
}
