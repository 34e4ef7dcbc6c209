/** The button "Test the connection" in the form of a PBX: asks with what stands in the form and lists what was found. */

function finding({ is_good, text }) {
  const item = document.createElement("li");
  item.dataset.good = String(is_good);
  item.textContent = `${is_good ? "✓" : "✗"} ${text}`;
  return item;
}

async function test(button) {
  const list = button.parentElement.querySelector(".connection-findings");
  button.disabled = true;
  list.replaceChildren(finding({ is_good: true, text: "Asking the PBX …" }));
  try {
    const answer = await fetch(button.dataset.connectionTest, { method: "POST", body: new FormData(button.form) });
    if (!answer.ok) throw new Error(`The server answered with status ${answer.status}.`);
    list.replaceChildren(...(await answer.json()).findings.map(finding));
  } catch (error) {
    list.replaceChildren(finding({ is_good: false, text: error.message }));
  } finally {
    button.disabled = false;
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-connection-test]");
  if (button) test(button);
});
