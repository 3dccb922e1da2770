// Passkeys: a form with data-passkey="create" or "get" asks the browser, fills in what it says, and is sent.
(() => {
  const can = "PublicKeyCredential" in window && window.webauthnJSON;

  async function optionsOf(form) {
    if (form.dataset.options) return JSON.parse(form.dataset.options);
    const answer = await fetch(form.dataset.optionsFrom, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("no options");
    return (await answer.json()).request_options;
  }

  // A passkey is kept by the device and opened by finger, face or PIN; a plain security key is neither.
  function forPasskey(options, plain) {
    const wanted = options.publicKey.authenticatorSelection;
    wanted.residentKey = plain ? "discouraged" : "required";
    wanted.requireResidentKey = !plain;
    if (!plain) wanted.userVerification = "required";
    return options;
  }

  async function ask(form, plain) {
    const options = await optionsOf(form);
    if (form.dataset.passkey === "get") return window.webauthnJSON.get(options);
    return window.webauthnJSON.create(forPasskey(options, plain));
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!can) continue;
    form.hidden = false;
    const failed = form.querySelector("[data-passkey-failed]");
    const credential = form.elements.credential;
    form.addEventListener("submit", async (event) => {
      if (credential.value) return;
      event.preventDefault();
      failed.hidden = true;
      const plain = event.submitter?.name === "plain";
      try {
        credential.value = JSON.stringify(await ask(form, plain));
      } catch {
        failed.hidden = false;
        return;
      }
      if (plain) form.elements.passwordless.value = "";
      form.submit();
    });
  }
})();
