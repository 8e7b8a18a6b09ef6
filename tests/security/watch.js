// Put into every frame before its own scripts: what hostile text would call, made to be counted.
(() => {
  const fired = [];
  Object.defineProperty(window, "fired", { value: fired });
  for (const name of ["canary", "alert", "confirm", "prompt"]) {
    Object.defineProperty(window, name, { value: () => { fired.push(name); if (window.parent !== window) window.parent.canary(); } });
  }
})();
