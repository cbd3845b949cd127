// Looks again every other second how far the job is; when it is done, follows where the page leads.
(() => {
  const look = async () => {
    const region = document.querySelector("[data-progress][data-busy]");
    if (!region) return;
    const response = await fetch(window.location.href, { credentials: "same-origin" });
    if (response.redirected) {
      window.location.assign(response.url);
      return;
    }
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("[data-progress]");
    if (fresh) region.replaceWith(fresh);
    window.setTimeout(look, 1500);
  };
  window.setTimeout(look, 1000);
})();
