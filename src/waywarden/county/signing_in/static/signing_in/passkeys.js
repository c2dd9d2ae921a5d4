// Asks the browser for a passkey, or to make one, and sends its answer as a plain form.
// Without scripts, or without passkeys in the browser, the part stays hidden.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const named = (list) => (list || []).map((each) => ({...each, id: bytes(each.id)}));

function sent(credential) {
  const {response} = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const answer = Object.fromEntries(parts.filter((part) => response[part]).map((part) => [part, text(response[part])]));
  return {id: credential.id, rawId: text(credential.rawId), type: credential.type, response: answer, clientExtensionResults: credential.getClientExtensionResults()};
}

async function asked(form) {
  const token = form.elements.csrfmiddlewaretoken.value;
  const answer = await fetch(form.dataset.options, {method: "POST", headers: {"X-CSRFToken": token}});
  if (!answer.ok) throw new Error("refused");
  const {publicKey} = await answer.json();
  publicKey.challenge = bytes(publicKey.challenge);
  if (publicKey.user) publicKey.user.id = bytes(publicKey.user.id);
  return {...publicKey, allowCredentials: named(publicKey.allowCredentials), excludeCredentials: named(publicKey.excludeCredentials)};
}

async function use(form) {
  const said = form.querySelector("[data-passkey-said]");
  said.textContent = "";
  try {
    const publicKey = await asked(form);
    const made = form.dataset.passkey === "make" ? await navigator.credentials.create({publicKey}) : await navigator.credentials.get({publicKey});
    form.elements.credential.value = JSON.stringify(sent(made));
    form.submit();
  } catch {
    said.textContent = "The passkey was not used. Try again, or choose another way.";
  }
}

// A passkey belongs to a name; browsers refuse to make one for a bare number such as 127.0.0.1.
const isNamed = !/^[\d.]+$|^\[/.test(location.hostname);

if (window.PublicKeyCredential && isNamed) {
  for (const form of document.querySelectorAll("[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      use(form);
    });
  }
  for (const instead of document.querySelectorAll("[data-without-passkeys]")) instead.hidden = true;
}
