// Shows what needs a passkey only where the browser can use one, and says in words when it failed.
(() => {
  "use strict";
  if (!window.PublicKeyCredential || !window.isSecureContext) return;
  for (const element of document.querySelectorAll("[data-passkey]")) element.hidden = false;
  for (const element of document.querySelectorAll("[data-no-passkey]")) element.hidden = true;
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const notice = document.getElementById("passkey-error");
    if (!notice) return;
    notice.hidden = false;
    notice.focus();
  });
})();
