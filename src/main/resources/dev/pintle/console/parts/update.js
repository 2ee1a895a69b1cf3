/** Renders the console again after its state changed. */
let renderAll = () => {};
let waits = false;

/** Sets the function that renders the whole console. */
export function onUpdate(render) {
  renderAll = render;
}

/** Renders once before the next frame, however often it is called. */
export function update() {
  if (!waits) {
    waits = true;
    requestAnimationFrame(() => {
      waits = false;
      renderAll();
    });
  }
}
