/** Nothing unsaved is lost by leaving the page. */

/** The browser asks its user first, as long as `isUnsaved()`; older ones want to be told by the event's value. */
export function askBeforeLeaving(isUnsaved) {
  window.addEventListener("beforeunload", (event) => {
    if (!isUnsaved()) return;
    event.preventDefault();
    event.returnValue = true;
  });
}
