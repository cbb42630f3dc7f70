/* Leads on from an earlier address with the part behind #, which a refresh loses. */
(() => {
  const to = document.currentScript.dataset.to;
  location.replace(to + location.search + location.hash);
})();
